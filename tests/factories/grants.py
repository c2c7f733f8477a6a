"""Competitions, proposals, panels and reviews as bare rows, in whatever state a test needs.

What people do is tested through actions; these rows stand for what happened before.
"""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import Agency, User
from accounts.queries.look_of_names import skeleton_of
from accounts.rules.names import name_key
from certification.models import Application, ClusterGroup, Designation
from certification.rules.states import ApplicationState
from grants.models import (
    Amendment,
    Anchor,
    Assignment,
    Competition,
    Criterion,
    MatchCommitment,
    NamedPerson,
    PanelSeat,
    Pool,
    Proposal,
    Review,
    Score,
    Submission,
)
from grants.queries.notices import current_bundle
from grants.rules.bundles import hash_of
from grants.rules.panel_states import AssignmentState, MatchState, SeatState
from grants.rules.states import COMPETITION, CompetitionState, ProposalState
from grants.rules.terms import GiverClass, MatchKind, PanelRole, PersonRole, PoolKind
from kit.references import new_reference
from tests.factories.accounts import make_agency, make_user
from tests.factories.certification_groups import make_group
from trail.actions.open_case import open_case
from trail.actors import SYSTEM
from trail.queries.clock import database_now

_numbers = itertools.count(1)
DIGEST = "0" * 64
WEIGHTS = {"Need and opportunity": 40, "Participation": 35, "Commitment": 25}
NOT_OPENED = {
    CompetitionState.DRAFT,
    CompetitionState.CLEARANCE,
    CompetitionState.SCHEDULED,
    CompetitionState.CANCELLED,
}
JUDGED = {
    ProposalState.ELIGIBLE,
    ProposalState.UNDER_REVIEW,
    ProposalState.DISCUSSED,
    ProposalState.NOT_DISCUSSED,
    ProposalState.RECOMMENDED,
    ProposalState.RESERVE,
    ProposalState.NOT_RECOMMENDED,
    ProposalState.SELECTED,
    ProposalState.NOT_SELECTED,
    ProposalState.VALIDATED,
}


def new_case(kind: str, prefix: str, at: datetime) -> Any:
    return open_case(actor=SYSTEM, at=at, kind=kind, prefix=prefix)


def make_competition(
    state: CompetitionState = CompetitionState.OPEN,
    *,
    agency: Agency | None = None,
    **changes: Any,
) -> Competition:
    """A planning-grant competition with three criteria, five anchors each, and federal money.

    ``money``: how much of it. ``state_money``: what states add, by FIPS code. ``weights``: other
    criteria with their weights.
    """
    money, weights = changes.pop("money", 1_000_000), changes.pop("weights", WEIGHTS)
    purses = {"": money, **changes.pop("state_money", {})}
    now, number = database_now(), next(_numbers)
    opened = state not in NOT_OPENED
    values: dict[str, Any] = {
        "case": new_case("competition", "CO", now),
        "agency": agency or make_agency(slug=f"grants-{number}"),
        "opportunity_number": f"PG-{number:03}",
        "title": f"Planning grants, round {number}",
        "summary": "Plans that members make together.",
        "opens_at": now - timedelta(days=70),
        "closes_at": now + timedelta(days=5 if state == CompetitionState.OPEN else -5),
        "time_zone": "America/New_York",
        "federal_floor": Decimal(50_000),
        "federal_ceiling": Decimal(500_000),
        "activities": ["planning", "market_data"],
        "giver_classes": [one.value for one in GiverClass],
        "created_by": "user:1",
        "created_at": now - timedelta(days=100),
        **changes,
    }
    pinned = {name: values.pop(name, None) for name in ("opened_at", "bundle", "bundle_hash")}
    competition = Competition.objects.create(**values | {"state": CompetitionState.DRAFT})
    _write_notice(competition, purses, weights)
    if opened:
        bundle = pinned["bundle"] or current_bundle(competition)
        pinned = {
            "opened_at": pinned["opened_at"] or values["opens_at"],
            "bundle": bundle,
            "bundle_hash": pinned["bundle_hash"] or hash_of(bundle),
        }
    _walk(competition, state, pinned)
    competition.refresh_from_db()
    return competition


def _walk(competition: Competition, goal: CompetitionState, pinned: dict[str, Any]) -> None:
    """Move through the lifecycle: the database lets nobody skip a state."""
    rows = Competition.objects.filter(pk=competition.pk)
    for state in _path(goal):
        more: dict[str, Any] = {}
        if state == CompetitionState.OPEN:
            more = pinned
        if state == CompetitionState.CANCELLED:
            more = {"cancelled_at": database_now(), "cancel_reason": "The money was withdrawn."}
        rows.update(state=state, **more)


def _path(goal: CompetitionState) -> list[CompetitionState]:
    """The shortest way from the draft."""
    ways = {CompetitionState.DRAFT: []}
    queue = [CompetitionState.DRAFT]
    for here in queue:
        for before, after in COMPETITION.edges():
            if before == here and after not in ways:
                ways[CompetitionState(after)] = [*ways[here], CompetitionState(after)]
                queue.append(CompetitionState(after))
    return ways[goal]


@transaction.atomic
def move_close(competition: Competition, closes_at: datetime) -> Competition:
    """Another close for an opened competition, by an amendment: its words stand otherwise."""
    Amendment.objects.create(
        competition=competition,
        number=competition.amendments.count() + 1,
        why="Another close",
        is_material=False,
        bundle_before=competition.bundle,
        hash_before=competition.bundle_hash,
        hash_after=competition.bundle_hash,
        changes=[],
        closed_before=min(competition.closes_at, closes_at),
        closes_after=closes_at,
        made_by="user:1",
        made_at=database_now(),
    )
    competition.closes_at = closes_at
    competition.save(update_fields=["closes_at"])
    return competition


def _write_notice(
    competition: Competition, purses: dict[str, int], weights: dict[str, int]
) -> None:
    for position, (name, weight) in enumerate(weights.items(), 1):
        criterion = Criterion.objects.create(
            competition=competition,
            position=position,
            name=name,
            question=f"{name}: how well is it shown?",
            weight=weight,
        )
        Anchor.objects.bulk_create(
            Anchor(criterion=criterion, score=score, words=f"What earns {score}")
            for score in (1, 3, 5, 7, 9)
        )
    for position, heading in enumerate(("Need", "Participants", "Plan", "Outputs", "Match"), 1):
        competition.questions.create(
            position=position, heading=heading, prompt=f"{heading}?", word_limit=500
        )
    Pool.objects.bulk_create(
        Pool(
            competition=competition,
            kind=PoolKind.STATE if fips else PoolKind.FEDERAL,
            agency=competition.agency,
            state_fips=fips,
            amount=Decimal(amount),
        )
        for fips, amount in purses.items()
    )


def make_designation(group: ClusterGroup, since: date | None = None) -> Designation:
    """A designation in force since that day, or today."""
    now = database_now()
    application = Application.objects.create(
        case=new_case("application", "DA", now),
        group=group,
        agency=group.agency,
        state=ApplicationState.DESIGNATED,
        definition_set_code=group.definition_set_code,
        cluster_code=group.cluster_code,
        cluster_name=group.cluster_name,
        region_name=group.region_name,
        region_key=group.region_key,
        started_by="user:1",
        started_at=now,
        decided_at=now,
    )
    day = since or now.date()
    return Designation.objects.create(
        case=new_case("designation", "DC", now),
        application=application,
        group=group,
        number=next(_numbers) + 100_000,
        definition_set_code=group.definition_set_code,
        cluster_code=group.cluster_code,
        region_key=group.region_key,
        term=(day, day + timedelta(days=4 * 365)),
        designated_at=now,
    )


def make_proposal(
    competition: Competition,
    state: ProposalState = ProposalState.DRAFT,
    *,
    group: ClusterGroup | None = None,
    **changes: Any,
) -> Proposal:
    """A proposal of a designated group; judged states come with their counting submission."""
    now, number = database_now(), next(_numbers)
    group = group or make_group(name=f"Group {number}")
    proposal = Proposal.objects.create(
        case=new_case("proposal", "PR", now),
        competition=competition,
        group=group,
        designation=make_designation(group),
        started_by="user:1",
        started_at=now - timedelta(days=30),
        state=state,
        **{
            "title": f"Proposal {number}",
            "federal_amount": Decimal(200_000),
            "match_amount": Decimal(200_000),
            **changes,
        },
    )
    if state in JUDGED:
        proposal.counting = make_submission(proposal)
        proposal.save(update_fields=["counting"])
    return proposal


def make_submission(proposal: Proposal, **changes: Any) -> Submission:
    now = database_now()
    received = min(now, proposal.competition.closes_at) - timedelta(hours=1)
    values: dict[str, Any] = {
        "proposal": proposal,
        "number": proposal.submissions.count() + 1,
        "receipt_number": new_reference("RC"),
        "content": {"title": proposal.title, "sections": {}},
        "content_hash": DIGEST,
        "submitted_by": "user:1",
        "received_at": received,
        "closes_at": proposal.competition.closes_at,
        "time_zone": proposal.competition.time_zone,
        "is_valid": True,
        **changes,
    }
    return Submission.objects.create(**values)


def make_giver(proposal: Proposal, name: str = "Maumee Glass", **changes: Any) -> MatchCommitment:
    values: dict[str, Any] = {
        "organization_name": name,
        "name_key": name_key(name),
        "skeleton_key": skeleton_of(name),
        "giver_class": GiverClass.PRIVATE,
        "kind": MatchKind.CASH,
        "amount": Decimal(100_000),
        "contact_name": "Gil Giver",
        "contact_email": "gil@example.org",
        "state": MatchState.LISTED,
        "added_at": database_now(),
        **changes,
    }
    return MatchCommitment.objects.create(proposal=proposal, **values)


def make_named_person(proposal: Proposal, name: str, **changes: Any) -> NamedPerson:
    values: dict[str, Any] = {"role": PersonRole.KEY_PERSON, **changes}
    return NamedPerson.objects.create(
        proposal=proposal,
        name=name,
        name_key=name_key(name),
        skeleton_key=skeleton_of(name),
        **values,
    )


def make_seat(
    competition: Competition,
    user: User | None = None,
    *,
    role: PanelRole = PanelRole.REVIEWER,
    state: SeatState = SeatState.ACCEPTED,
    is_ready: bool = True,
    **changes: Any,
) -> PanelSeat:
    """A seat; ``is_ready``: conflicts certified and training passed."""
    now, number = database_now(), next(_numbers)
    user = user or make_user(f"Reviewer {number}", f"reviewer.{number}@example.org")
    return PanelSeat.objects.create(
        competition=competition,
        user=user,
        role=role,
        state=state,
        alias=f"Reviewer {number}",
        invited_by="user:1",
        invited_at=now,
        answered_at=None if state is SeatState.INVITED else now,
        ended_at=now if state is SeatState.ENDED else None,
        certified_at=now if is_ready else None,
        trained_at=now if is_ready else None,
        **changes,
    )


def make_assignment(
    proposal: Proposal,
    seat: PanelSeat,
    state: AssignmentState = AssignmentState.ACCEPTED,
    **changes: Any,
) -> Assignment:
    values: dict[str, Any] = {
        "assigned_by": "user:1",
        "assigned_at": database_now(),
        **changes,
    }
    return Assignment.objects.create(proposal=proposal, seat=seat, state=state, **values)


def make_review(assignment: Assignment, values: list[int] | None = None) -> Review:
    """A final review with one score per criterion, in the criteria's order."""
    now = database_now()
    review = Review.objects.create(
        assignment=assignment, submitted_at=now, finalised_at=now, saved_at=now, has_capacity=True
    )
    criteria = assignment.proposal.competition.criteria.all()
    for criterion, value in zip(criteria, values or [5, 5, 5], strict=True):
        Score.objects.create(review=review, criterion=criterion, value=value)
    return review
