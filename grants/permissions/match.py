"""Who records, reads and verifies matching funds; for others a contribution does not exist."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.gates import NOBODY_KNOWS
from accounts.queries.officers import holds_role
from accounts.rules.roles import AgencyRoleKind
from grants.models import Contribution
from grants.permissions.awards import (
    ONLY_FINANCE_OFFICERS,
    award_for,
    holds_accepted_award,
    opened_award,
    opened_staff_award,
)
from grants.rules.match.states import OPEN_TO_RECIPIENT, ContributionState
from kit.refusals import Refusal
from records.models import Document
from trail.models import Case

READ_WITH = ("award__case", "award__agency", "award__group", "pledge", "source", "recorded_by")
ATTACH_THERE = Refusal(
    "attach_at_contribution", "Evidence is attached on the page of its contribution."
)
EVIDENCE_STAYS = Refusal("evidence_stays", "Evidence stays as it is: attach another file.")


def opened_contribution(request: HttpRequest, reference: str) -> Contribution | None:
    """Return a contribution to an award that the officer may read, read once per request."""
    held: dict[str, Contribution | None] = request.__dict__.setdefault("_opened_gifts", {})
    if reference not in held:
        row = Contribution.objects.select_related(*READ_WITH).filter(reference=reference).first()
        is_open = row is not None and opened_staff_award(request, row.award.reference) is not None
        held[reference] = row if is_open else None
    return held[reference]


def contribution_for(request: HttpRequest, reference: str) -> Contribution:
    """Return what the gate has let the officer open.

    Raises:
        LookupError: the view's gate did not ask first (a programming error).
    """
    row = opened_contribution(request, reference)
    if row is None:
        raise LookupError(reference)
    return row


def own_contribution_for(request: HttpRequest, award: str, reference: str) -> Contribution:
    """Return what the gate has let the member of the group open.

    Raises:
        LookupError: the view's gate did not ask first (a programming error).
    """
    row = _own(request, award, reference)
    if row is None:
        raise LookupError(reference)
    return row


def holds_contribution(
    request: HttpRequest, award: str, contribution: str, **_route: object
) -> Refusal | None:
    """Let everybody with a seat in the group pass once the award is accepted."""
    refusal = holds_accepted_award(request, award)
    if refusal is not None:
        return refusal
    return None if _own(request, award, contribution) else NOBODY_KNOWS


def reads_contribution(request: HttpRequest, contribution: str, **_route: object) -> Refusal | None:
    """Let officers of the award's agency pass."""
    return None if opened_contribution(request, contribution) else NOBODY_KNOWS


def verifies_contribution(
    request: HttpRequest, contribution: str, **_route: object
) -> Refusal | None:
    """Let finance officers of the agency pass."""
    row = opened_contribution(request, contribution)
    if row is None:
        return NOBODY_KNOWS
    role = AgencyRoleKind.FINANCE_OFFICER
    return None if holds_role(request, role, agency=row.award.agency_id) else ONLY_FINANCE_OFFICERS


def sees_award_papers(request: HttpRequest, case: Case) -> Refusal | None:
    """Let the group pass, and officers of the agency."""
    if opened_award(request, case.reference) or opened_staff_award(request, case.reference):
        return None
    return NOBODY_KNOWS


def reads_award_paper(request: HttpRequest, document: Document) -> Refusal | None:
    """The same for one paper."""
    return sees_award_papers(request, document.case)


def adds_award_papers(
    request: HttpRequest,  # noqa: ARG001 - a door's signature
    case: Case,  # noqa: ARG001
) -> tuple[str, ...] | Refusal:
    """Evidence comes in by its contribution, so that it is tied to its paper."""
    return ATTACH_THERE


def changes_award_paper(
    request: HttpRequest,  # noqa: ARG001 - a door's signature
    document: Document,  # noqa: ARG001
) -> Refusal | None:
    """What was attached proves something: nobody changes it."""
    return EVIDENCE_STAYS


def is_open_to_group(row: Contribution) -> bool:
    """Whether the group may still withdraw it."""
    return row.status in OPEN_TO_RECIPIENT


def takes_evidence(row: Contribution) -> bool:
    """Whether files may still be attached."""
    return row.status in {
        *OPEN_TO_RECIPIENT,
        ContributionState.SUBMITTED,
        ContributionState.QUERIED,
    }


def _own(request: HttpRequest, award: str, reference: str) -> Contribution | None:
    rows = Contribution.objects.select_related(*READ_WITH)
    return rows.filter(award=award_for(request, award).award, reference=reference).first()
