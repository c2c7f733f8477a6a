"""Who may read and work on a competition as staff; for others it does not exist.

The same refusals close the gate and explain the disabled button. Whether the competition stands
where a verb is possible is asked by the action, so that a double click stays harmless.
"""

from __future__ import annotations

from django.http import HttpRequest

from accounts.gates import NOBODY_KNOWS
from accounts.queries.officers import holds_role, roles_of
from accounts.rules.roles import AgencyRoleKind
from grants.models import Competition
from grants.rules.clearance import SIGNERS
from kit.refusals import Refusal

READERS = (
    AgencyRoleKind.PROGRAMME_OFFICER,
    AgencyRoleKind.SELECTING_OFFICIAL,
    AgencyRoleKind.PUBLISHER,
    AgencyRoleKind.AUDITOR,
    AgencyRoleKind.CONFLICT_OFFICER,
    AgencyRoleKind.APPEALS_OFFICER,
    AgencyRoleKind.LEGAL_COUNSEL,
    AgencyRoleKind.BUDGET_OFFICER,
    AgencyRoleKind.PAPERWORK_OFFICER,
)
ONLY_OFFICERS = Refusal(
    "not_officer", "Only a programme officer of the agency does this. Ask a colleague."
)
ONLY_OFFICIALS = Refusal(
    "not_official", "Only a selecting official of the agency decides. Ask one of them."
)
ONLY_PUBLISHERS = Refusal(
    "not_publisher", "Only a publisher of the agency does this. Ask one of them."
)
ONLY_CONFLICT_OFFICERS = Refusal(
    "not_conflict_officer", "Only a conflict officer of the agency does this. Ask one of them."
)
ONLY_CLEARERS = Refusal(
    "not_clearer",
    "Legal counsel, the budget officer and the paperwork clearance officer sign. Ask one of them.",
)


def opened_competition(request: HttpRequest, reference: str) -> Competition | None:
    """Return a competition of an agency of the reader, read once per request."""
    held: dict[str, Competition | None] = request.__dict__.setdefault("_opened_competitions", {})
    if reference not in held:
        rows = Competition.objects.select_related("case", "agency")
        held[reference] = rows.filter(
            case__reference=reference, agency_id__in=agencies_read(request)
        ).first()
    return held[reference]


def competition_for(request: HttpRequest, reference: str) -> Competition:
    """Return what the gate has let the reader open.

    Raises:
        LookupError: the view's gate did not ask first (a programming error).
    """
    competition = opened_competition(request, reference)
    if competition is None:
        raise LookupError(reference)
    return competition


def public_competition(request: HttpRequest, reference: str) -> Competition | None:
    """Return a competition that was opened once, read once per request."""
    held: dict[str, Competition | None] = request.__dict__.setdefault("_public_competitions", {})
    if reference not in held:
        rows = Competition.objects.opened().select_related("case", "agency")
        held[reference] = rows.filter(case__reference=reference).first()
    return held[reference]


def public_competition_for(request: HttpRequest, reference: str) -> Competition:
    """Return what the gate has let the reader open.

    Raises:
        LookupError: the view's gate did not ask first (a programming error).
    """
    competition = public_competition(request, reference)
    if competition is None:
        raise LookupError(reference)
    return competition


def asks_about(request: HttpRequest, competition: str, **_route: object) -> Refusal | None:
    """Let everybody with an account pass where the competition is public."""
    return None if public_competition(request, competition) else NOBODY_KNOWS


def is_grants_staff(request: HttpRequest, **_route: object) -> Refusal | None:
    """Let officers pass who read competitions."""
    return None if holds_role(request, *READERS) else NOBODY_KNOWS


def makes_competitions(request: HttpRequest, **_route: object) -> Refusal | None:
    """Let programme officers pass; other officers learn who writes competitions."""
    if agencies_served(request):
        return None
    return ONLY_OFFICERS if holds_role(request, *READERS) else NOBODY_KNOWS


def reads_competition(request: HttpRequest, competition: str, **_route: object) -> Refusal | None:
    """Let officers of the competition's agency pass."""
    return None if opened_competition(request, competition) else NOBODY_KNOWS


def works_on_competition(
    request: HttpRequest, competition: str, **_route: object
) -> Refusal | None:
    """Let programme officers of the agency pass."""
    return _needs(request, competition, ONLY_OFFICERS, AgencyRoleKind.PROGRAMME_OFFICER)


def decides_competition(request: HttpRequest, competition: str, **_route: object) -> Refusal | None:
    """Let selecting officials of the agency pass."""
    return _needs(request, competition, ONLY_OFFICIALS, AgencyRoleKind.SELECTING_OFFICIAL)


def publishes_competition(
    request: HttpRequest, competition: str, **_route: object
) -> Refusal | None:
    """Let publishers of the agency pass."""
    return _needs(request, competition, ONLY_PUBLISHERS, AgencyRoleKind.PUBLISHER)


def looks_at_conflicts(request: HttpRequest, competition: str, **_route: object) -> Refusal | None:
    """Let conflict officers of the agency pass."""
    return _needs(request, competition, ONLY_CONFLICT_OFFICERS, AgencyRoleKind.CONFLICT_OFFICER)


def clears_competition(request: HttpRequest, competition: str, **_route: object) -> Refusal | None:
    """Let those pass who sign clearances of the agency."""
    return _needs(request, competition, ONLY_CLEARERS, *SIGNERS.values())


def agencies_read(request: HttpRequest) -> frozenset[int]:
    """The agencies whose competitions the reader may see."""
    return frozenset(agency for agency, role in roles_of(request) if role in READERS)


def agencies_served(request: HttpRequest) -> frozenset[int]:
    """The agencies for which the reader writes competitions."""
    wanted = AgencyRoleKind.PROGRAMME_OFFICER
    return frozenset(agency for agency, role in roles_of(request) if role is wanted)


def _needs(
    request: HttpRequest, reference: str, otherwise: Refusal, *roles: AgencyRoleKind
) -> Refusal | None:
    competition = opened_competition(request, reference)
    if competition is None:
        return NOBODY_KNOWS
    return None if holds_role(request, *roles, agency=competition.agency_id) else otherwise
