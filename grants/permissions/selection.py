"""Who reads rankings, works on a selection, decides it, and decides appeals."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.actors import actor_of, arrival_of, person_of
from accounts.gates import NOBODY_KNOWS
from accounts.queries.officers import holds_role
from accounts.rules.roles import AgencyRoleKind, decider_is_not_worker
from grants.models import Competition, PanelSeat, ResultAppeal
from grants.permissions.competitions import (
    competition_for,
    decides_competition,
    opened_competition,
    publishes_competition,
    works_on_competition,
)
from grants.permissions.panels import holds_seat, may_read, open_seat
from grants.queries.conflicts import visible_proposals
from grants.queries.ranking_figures import SEEN_FROM
from grants.queries.results import latest_publication
from grants.queries.taking_part import hidden_from, took_part
from grants.rules.judging import no_tie, took_no_part
from grants.rules.results import KIND_DRAW_LIST
from grants.rules.terms import PanelRole
from kit.refusals import Refusal

RANKING_READERS = (
    AgencyRoleKind.PROGRAMME_OFFICER,
    AgencyRoleKind.SELECTING_OFFICIAL,
    AgencyRoleKind.APPEALS_OFFICER,
    AgencyRoleKind.AUDITOR,
)
NOT_JUDGES = Refusal(
    "not_a_judge",
    "Scores and ranks are read by programme officers, selecting officials, appeals officers and "
    "auditors of the agency only.",
)
ONLY_APPEALS_OFFICERS = Refusal(
    "not_appeals_officer", "Only an appeals officer of the agency decides appeals. Ask one of them."
)


def hidden_here(request: HttpRequest, competition: Competition) -> frozenset[str]:
    """The proposals of a competition that the reader must not know of, read once per request."""
    held: dict[int, frozenset[str]] = request.__dict__.setdefault("_hidden_proposals", {})
    if competition.pk not in held:
        held[competition.pk] = hidden_from(person_of(request).pk, competition)
    return held[competition.pk]


def reads_ranking(request: HttpRequest, competition: str, **_route: object) -> Refusal | None:
    """Let those officers pass who judge or check, once reviews come in."""
    found = opened_competition(request, competition)
    if found is None:
        return NOBODY_KNOWS
    if not holds_role(request, *RANKING_READERS, agency=found.agency_id):
        return NOT_JUDGES
    return None if found.status in SEEN_FROM else NOBODY_KNOWS


def works_on_selection(request: HttpRequest, competition: str, **_route: object) -> Refusal | None:
    """Let programme officers pass who are tied to no proposal."""
    refusal = works_on_competition(request, competition) or reads_ranking(request, competition)
    return refusal or no_tie(hidden_here(request, competition_for(request, competition)))


def decides_selection(request: HttpRequest, competition: str, **_route: object) -> Refusal | None:
    """Let selecting officials pass who took no part and are tied to no proposal."""
    refusal = decides_competition(request, competition) or reads_ranking(request, competition)
    if refusal is not None:
        return refusal
    found = competition_for(request, competition)
    tied = no_tie(hidden_here(request, found))
    actor = str(actor_of(request))
    return tied or decider_is_not_worker(workers=took_part(found), decider=actor)


def announces_results(request: HttpRequest, competition: str, **_route: object) -> Refusal | None:
    """Let publishers pass who are tied to no proposal, once there is something to publish."""
    refusal = publishes_competition(request, competition)
    if refusal is not None:
        return refusal
    found = competition_for(request, competition)
    has_list = latest_publication(found, KIND_DRAW_LIST) is not None
    if not has_list and not hasattr(found, "selection"):
        return NOBODY_KNOWS
    return no_tie(hidden_here(request, found))


def reads_appeals(request: HttpRequest, competition: str, **_route: object) -> Refusal | None:
    """Let appeals officers and auditors pass once results are announced."""
    found = opened_competition(request, competition)
    if found is None or found.announced_at is None:
        return NOBODY_KNOWS
    wanted = (AgencyRoleKind.APPEALS_OFFICER, AgencyRoleKind.AUDITOR)
    if not holds_role(request, *wanted, agency=found.agency_id):
        return ONLY_APPEALS_OFFICERS
    return no_tie(hidden_here(request, found))


def decides_appeal(
    request: HttpRequest, competition: str, appeal: str, **_route: object
) -> Refusal | None:
    """Let appeals officers pass who took no part in the competition."""
    refusal = reads_appeals(request, competition)
    if refusal is not None:
        return refusal
    found = competition_for(request, competition)
    row = ResultAppeal.objects.filter(reference=appeal, proposal__competition=found)
    if not row.exists():
        return NOBODY_KNOWS
    if not holds_role(request, AgencyRoleKind.APPEALS_OFFICER, agency=found.agency_id):
        return ONLY_APPEALS_OFFICERS
    return took_no_part(people=took_part(found), decider=str(actor_of(request)))


def chairs(request: HttpRequest, seat: str, **_route: object) -> Refusal | None:
    """Let the chair of a panel pass who has certified and is trained, once reviews come in."""
    refusal = holds_seat(request, seat)
    if refusal is not None:
        return refusal
    found = open_seat(request, seat)
    if found is None or found.role != PanelRole.CHAIR or not may_read(found, arrival_of(request)):
        return NOBODY_KNOWS
    return None if found.competition.status in SEEN_FROM else NOBODY_KNOWS


def hidden_from_chair(seat: PanelSeat) -> frozenset[str]:
    """The proposals of the competition that do not exist for a chair."""
    seen = visible_proposals(seat).values("pk")
    rows = seat.competition.proposals.exclude(pk__in=seen)
    return frozenset(rows.values_list("case__reference", flat=True))
