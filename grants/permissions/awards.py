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
from grants.models import Award
from grants.queries.taking_part import hidden_from
from grants.rules.award_states import AwardState
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
SHOWN_TO_GROUP = (AwardState.OFFERED, AwardState.ACCEPTED, AwardState.DECLINED)
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


def certifies_payments(request: HttpRequest, award: str, **_route: object) -> Refusal | None:
    """Let certifying officers of the agency pass."""
    return _needs(request, award, AgencyRoleKind.CERTIFYING_OFFICER, ONLY_CERTIFYING_OFFICERS)


def publishes_award(request: HttpRequest, award: str, **_route: object) -> Refusal | None:
    """Let publishers of the agency pass."""
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
