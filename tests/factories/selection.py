"""A competition after its reviews, and the acts that lead from there to announced results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.actors import actor_from_user
from accounts.models import User
from accounts.rules.roles import AgencyRoleKind
from certification.rules.groups import RegionKind
from certification.rules.region_choice import ChosenRegion
from grants.actions.advise_proposals import advise_proposals
from grants.actions.announce_results import announce_results
from grants.actions.decide_selection import decide_selection, setting_of
from grants.actions.publish_results import prepare_results, release_prepared
from grants.actions.start_selection import start_selection
from grants.models import Competition, PanelSeat, Proposal
from grants.queries.ranking_inputs import Pinned
from grants.queries.selection import advice_by_rank
from grants.rules.panel_states import AssignmentState
from grants.rules.selection import Advised, Choice
from grants.rules.states import CompetitionState, ProposalState
from records.actions.publish import AT_ONCE, Announcement
from records.models import Publication
from tests.factories.accounts import make_agency, make_officer
from tests.factories.certification_groups import make_group
from tests.factories.grants import (
    make_assignment,
    make_competition,
    make_proposal,
    make_review,
    make_seat,
)
from trail.actors import Actor
from trail.models import Effect
from trail.queries.clock import database_now

# Weighted means 8, 7, 6, 5, 4: two of 200,000 each are reached by 400,000.
SCORES = ([8, 8, 8], [7, 7, 7], [6, 6, 6], [5, 5, 5], [4, 4, 4])
WHY = "The ranked list was followed from the top until the money was used up."
OHIO = ChosenRegion(RegionKind.CUSTOM, "", "Lucas County", frozenset({"39095"}))
MICHIGAN = ChosenRegion(RegionKind.CUSTOM, "", "Monroe County", frozenset({"26115"}))


@dataclass
class Scene:
    """A competition, its proposals from the best to the last, its panel, its office."""

    competition: Competition
    proposals: list[Proposal]
    seats: list[PanelSeat]
    people: dict[str, User]

    def actor(self, persona: str) -> Actor:
        return actor_from_user(self.people[persona])

    def acting(self, persona: str, at: datetime | None = None) -> dict[str, Any]:
        self.competition.refresh_from_db()
        return {
            "actor": self.actor(persona),
            "at": at or database_now(),
            "competition": self.competition,
        }

    @property
    def names(self) -> list[str]:
        return [one.case.reference for one in self.proposals]


def reviewed(
    money: int = 400_000, scores: Any = SCORES, *, is_apart: bool = False, **changes: Any
) -> Scene:
    """All reviews are final; the panel may still discuss.

    ``is_apart``: no two proposals share a reviewer. ``people``: who holds the roles instead of
    new officers. ``groups``: who applies first.
    """
    known, groups = changes.pop("people", {}), list(changes.pop("groups", []))
    agency = changes.pop("agency", None) or make_agency()
    competition = make_competition(CompetitionState.REVIEW, agency=agency, money=money, **changes)
    roles = {
        "officer": AgencyRoleKind.PROGRAMME_OFFICER,
        "official": AgencyRoleKind.SELECTING_OFFICIAL,
        "publisher": AgencyRoleKind.PUBLISHER,
        "second_publisher": AgencyRoleKind.PUBLISHER,
        "appeals_officer": AgencyRoleKind.APPEALS_OFFICER,
        "auditor": AgencyRoleKind.AUDITOR,
    }
    people = {
        name: known[name] if name in known else make_officer(agency, role)
        for name, role in roles.items()
    }
    seats = [make_seat(competition) for _ in range(3)]
    proposals = []
    for values in scores:
        if is_apart:
            seats = [make_seat(competition) for _ in range(3)]
        group = groups.pop(0) if groups else make_group(region=OHIO)
        proposal = make_proposal(competition, ProposalState.UNDER_REVIEW, group=group)
        for shift, seat in enumerate(seats):
            given = values[shift] if isinstance(values[0], list) else values
            row = make_assignment(proposal, seat, AssignmentState.FINALISED)
            make_review(row, given)
        proposals.append(proposal)
    return Scene(competition, proposals, seats, people)


def started(scene: Scene | None = None, **changes: Any) -> Scene:
    """The scores are pinned."""
    scene = scene or reviewed(**changes)
    start_selection(**scene.acting("officer"))
    scene.competition.refresh_from_db()
    return scene


def advised(scene: Scene | None = None, **changes: Any) -> Scene:
    """Recommended by rank."""
    scene = scene or started(**changes)
    by_rank = advice_by_rank(Pinned(scene.competition))
    given = {name: Advised(one) for name, one in by_rank.items()}
    advise_proposals(**scene.acting("officer"), given=given)
    return scene


def by_rank(scene: Scene) -> dict[str, Choice]:
    """The choices that follow the rank."""
    scene.competition.refresh_from_db()
    setting = setting_of(Pinned(scene.competition))
    return {name: Choice(setting.by_rank.get(name, "")) for name in setting.bands}


def decided(scene: Scene | None = None, **changes: Any) -> Scene:
    """Decided by rank."""
    scene = scene or advised(**changes)
    decide_selection(**scene.acting("official"), chosen=by_rank(scene), rationale=WHY)
    return scene


def prepared(
    scene: Scene | None = None, announcement: Announcement = AT_ONCE, **changes: Any
) -> tuple[Scene, Publication]:
    """Prepared by the first publisher."""
    scene = scene or decided(**changes)
    row = prepare_results(**scene.acting("publisher"), announcement=announcement)
    assert row is not None
    return scene, row


def released(
    scene: Scene | None = None, announcement: Announcement = AT_ONCE, **changes: Any
) -> tuple[Scene, Publication]:
    """Released by the second publisher; the announcement waits in the outbox."""
    scene, row = prepared(scene, announcement, **changes)
    release_prepared(**scene.acting("second_publisher"), publication=row)
    row.refresh_from_db()
    return scene, row


def announced(scene: Scene | None = None, **changes: Any) -> tuple[Scene, Publication]:
    """Announced at once."""
    scene, row = released(scene, **changes)
    announce_results(Effect.objects.get(kind="announce_results", case=row.case).payload)
    scene.competition.refresh_from_db()
    for one in scene.proposals:
        one.refresh_from_db()
    return scene, row
