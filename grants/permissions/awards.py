"""Who may read and work on an award: officers of its agency, and once offered its group.

For everybody else it does not exist; nor for an officer whom an open tie binds to the proposal.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from accounts.actors import person_of
from accounts.gates import NOBODY_KNOWS
from accounts.queries.officers import holds_role, roles_of
from accounts.rules.roles import AgencyRoleKind
from certification.models import GroupSeat
from certification.rules.groups import SeatRole
from grants.models import Award, Competition, SelectedCase
from grants.queries.awards import SHOWN_TO_GROUP, awardable
from grants.queries.taking_part import hidden_from
from grants.rules.award_signing import SIGNERS
from grants.rules.award_states import AwardState, StepKind
from kit.refusals import Refusal

READERS = (
    AgencyRoleKind.PROGRAMME_OFFICER,
    AgencyRoleKind.SELECTING_OFFICIAL,
    AgencyRoleKind.FINANCE_OFFICER,
    AgencyRoleKind.GRANTS_OFFICER,
    AgencyRoleKind.CERTIFYING_OFFICER,
    AgencyRoleKind.PUBLISHER,
    AgencyRoleKind.AUDITOR,
)
READ_WITH = (
    "case",
    "agency",
    "group__case",
    "answered_by",
    "selected__pool__agency",
    "selected__proposal__case",
    "selected__proposal__competition__case",
)
ONLY_REPRESENTATIVES = Refusal(
    "not_representative",
    "Only an authorized representative of the group may do this. "
    "Ask one of them; they are listed under Team.",
)
ONLY_PROGRAMME_OFFICERS = Refusal(
    "not_officer", "Only a programme officer of the agency does this. Ask a colleague."
)
ONLY_SELECTING_OFFICIALS = Refusal(
    "not_official", "Only a selecting official of the agency does this. Ask one of them."
)
ONLY_FINANCE_OFFICERS = Refusal(
    "not_finance_officer", "Only a finance officer of the agency does this. Ask one of them."
)
ONLY_GRANTS_OFFICERS = Refusal(
    "not_grants_officer", "Only a grants officer of the agency does this. Ask one of them."
)
ONLY_CERTIFYING_OFFICERS = Refusal(
    "not_certifying_officer",
    "Only a certifying officer of the agency does this. Ask one of them.",
)
ONLY_SIGNERS = Refusal(
    "not_a_signer", "Only an office that signs this award sends it back. Ask one of them."
)
ONLY_PUBLISHERS = Refusal(
    "not_publisher", "Only a publisher of the agency does this. Ask one of them."
)


@dataclass(frozen=True, slots=True)
class OpenedAward:
    """An award and the seat that the reader holds in its group."""

    award: Award
    seat: SeatRole


def opened_award(request: HttpRequest, reference: str) -> OpenedAward | None:
    """Return an offered award for somebody with a seat in its group, read once per request."""
    held: dict[str, OpenedAward | None] = request.__dict__.setdefault("_opened_awards", {})
    if reference not in held:
        held[reference] = _open(request, reference)
    return held[reference]


def award_for(request: HttpRequest, reference: str) -> OpenedAward:
    """Return what the gate has let the member of the group open.

    Raises:
        LookupError: the view's gate did not ask first (a programming error).
    """
    opened = opened_award(request, reference)
    if opened is None:
        raise LookupError(reference)
    return opened


def holds_award(request: HttpRequest, award: str, **_route: object) -> Refusal | None:
    """Let everybody with a seat in the group pass, from the offer on."""
    return None if opened_award(request, award) else NOBODY_KNOWS


def represents_award(request: HttpRequest, award: str, **_route: object) -> Refusal | None:
    """Let authorized representatives pass; other seats learn who may."""
    opened = opened_award(request, award)
    if opened is None:
        return NOBODY_KNOWS
    is_representative = opened.seat is SeatRole.AUTHORIZED_REPRESENTATIVE
    return None if is_representative else ONLY_REPRESENTATIVES


def holds_accepted_award(request: HttpRequest, award: str, **_route: object) -> Refusal | None:
    """Let everybody with a seat in the group pass once the award is accepted."""
    opened = opened_award(request, award)
    is_accepted = opened is not None and opened.award.status is AwardState.ACCEPTED
    return None if is_accepted else NOBODY_KNOWS


def opened_staff_award(request: HttpRequest, reference: str) -> Award | None:
    """Return an award of an agency of the officer, read once per request."""
    held: dict[str, Award | None] = request.__dict__.setdefault("_opened_staff_awards", {})
    if reference not in held:
        held[reference] = _open_as_staff(request, reference)
    return held[reference]


def staff_award_for(request: HttpRequest, reference: str) -> Award:
    """Return what the gate has let the officer open.

    Raises:
        LookupError: the view's gate did not ask first (a programming error).
    """
    award = opened_staff_award(request, reference)
    if award is None:
        raise LookupError(reference)
    return award


def agencies_of_awards(request: HttpRequest) -> frozenset[int]:
    """The agencies whose awards the reader may see."""
    return frozenset(agency for agency, role in roles_of(request) if role in READERS)


def is_award_staff(request: HttpRequest, **_route: object) -> Refusal | None:
    """Let officers pass who read awards."""
    return None if agencies_of_awards(request) else NOBODY_KNOWS


def reads_award(request: HttpRequest, award: str, **_route: object) -> Refusal | None:
    """Let officers of the award's agency pass."""
    return None if opened_staff_award(request, award) else NOBODY_KNOWS


def works_on_award(request: HttpRequest, award: str, **_route: object) -> Refusal | None:
    """Let programme officers of the agency pass."""
    return _needs(request, award, AgencyRoleKind.PROGRAMME_OFFICER, ONLY_PROGRAMME_OFFICERS)


def selects_award(request: HttpRequest, award: str, **_route: object) -> Refusal | None:
    """Let selecting officials of the agency pass."""
    return _needs(request, award, AgencyRoleKind.SELECTING_OFFICIAL, ONLY_SELECTING_OFFICIALS)


def confirms_funds(request: HttpRequest, award: str, **_route: object) -> Refusal | None:
    """Let finance officers of the agency pass."""
    return _needs(request, award, AgencyRoleKind.FINANCE_OFFICER, ONLY_FINANCE_OFFICERS)


def obligates_award(request: HttpRequest, award: str, **_route: object) -> Refusal | None:
    """Let grants officers of the agency pass."""
    return _needs(request, award, AgencyRoleKind.GRANTS_OFFICER, ONLY_GRANTS_OFFICERS)


def signs_award(request: HttpRequest, award: str, kind: str, **_route: object) -> Refusal | None:
    """Let those pass whose office signs this step."""
    gates = {
        StepKind.RECOMMEND: works_on_award,
        StepKind.SELECT: selects_award,
        StepKind.CONFIRM_FUNDS: confirms_funds,
        StepKind.OBLIGATE: obligates_award,
    }
    known = {one.value: found for one, found in gates.items()}
    return known[kind](request, award) if kind in known else NOBODY_KNOWS


def changes_award(request: HttpRequest, award: str, **_route: object) -> Refusal | None:
    """Let each of the four offices that sign pass: any of them may send an award back."""
    found = opened_staff_award(request, award)
    if found is None:
        return NOBODY_KNOWS
    is_signer = holds_role(request, *SIGNERS.values(), agency=found.agency_id)
    return None if is_signer else ONLY_SIGNERS


def drafts_award(request: HttpRequest, proposal: str, **_route: object) -> Refusal | None:
    """Let programme officers pass to a selected proposal that may be awarded."""
    row = selected_case(request, proposal)
    if row is None:
        return NOBODY_KNOWS
    agency = row.proposal.competition.agency_id
    is_officer = holds_role(request, AgencyRoleKind.PROGRAMME_OFFICER, agency=agency)
    return None if is_officer else ONLY_PROGRAMME_OFFICERS


def selected_case(request: HttpRequest, proposal: str) -> SelectedCase | None:
    """Return an announced selected case of an agency of the officer."""
    rows = awardable(agencies_of_awards(request), person_of(request).pk)
    return rows.filter(proposal__case__reference=proposal).first()


def opened_pools(request: HttpRequest, reference: str) -> Competition | None:
    """Return a competition whose money the officer may read: no proposal of it is hidden."""
    rows = Competition.objects.select_related("case", "agency")
    found = rows.filter(
        case__reference=reference, agency_id__in=agencies_of_awards(request)
    ).first()
    if found is None or hidden_from(person_of(request).pk, found):
        return None
    return found


def reads_pools(request: HttpRequest, competition: str, **_route: object) -> Refusal | None:
    """Let officers of awards pass to the money of a competition of their agency."""
    return None if opened_pools(request, competition) else NOBODY_KNOWS


def certifies_payments(request: HttpRequest, award: str, **_route: object) -> Refusal | None:
    """Let certifying officers of the agency pass."""
    return _needs(request, award, AgencyRoleKind.CERTIFYING_OFFICER, ONLY_CERTIFYING_OFFICERS)


def publishes_award(request: HttpRequest, award: str, **_route: object) -> Refusal | None:
    """Let publishers of the agency pass once the award is accepted."""
    found = opened_staff_award(request, award)
    if found is None or found.status is not AwardState.ACCEPTED:
        return NOBODY_KNOWS
    return _needs(request, award, AgencyRoleKind.PUBLISHER, ONLY_PUBLISHERS)


def _needs(
    request: HttpRequest, reference: str, role: AgencyRoleKind, otherwise: Refusal
) -> Refusal | None:
    award = opened_staff_award(request, reference)
    if award is None:
        return NOBODY_KNOWS
    return None if holds_role(request, role, agency=award.agency_id) else otherwise


def _open(request: HttpRequest, reference: str) -> OpenedAward | None:
    rows = Award.objects.select_related(*READ_WITH)
    award = rows.filter(case__reference=reference, state__in=SHOWN_TO_GROUP).first()
    if award is None:
        return None
    seats = GroupSeat.objects.filter(group_id=award.group_id, user=person_of(request), until=None)
    role = seats.values_list("role", flat=True).first()
    return OpenedAward(award, SeatRole(role)) if role else None


def _open_as_staff(request: HttpRequest, reference: str) -> Award | None:
    rows = Award.objects.select_related(*READ_WITH)
    award = rows.filter(
        case__reference=reference, agency_id__in=agencies_of_awards(request)
    ).first()
    if award is None:
        return None
    proposal = award.selected.proposal
    hidden = hidden_from(person_of(request).pk, proposal.competition)
    return None if proposal.case.reference in hidden else award
