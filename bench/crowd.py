"""A competition of the size of a national round, written as bare rows in bulk.

Texts are the worst case for comparing words: drawn at random, so that hardly a pair of words comes
twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256

import numpy as np
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from accounts.models import Agency, User
from accounts.queries.look_of_names import skeleton_of
from accounts.rules.names import name_key
from accounts.rules.roles import AgencyRoleKind
from certification.models import Application, ClusterGroup, Designation
from certification.models.groups import GroupCounty
from certification.rules.states import ApplicationState
from grants.models import (
    Assignment,
    AssignmentRun,
    Competition,
    ConflictEdge,
    PanelSeat,
    Proposal,
    Review,
    ReviewerEmployment,
    ReviewerProfile,
    Score,
    Submission,
)
from grants.rules.panel_states import AssignmentState, SeatState
from grants.rules.states import CompetitionState, ProposalState
from grants.rules.terms import PanelRole
from kit.references import new_reference
from tests.factories.accounts import TOTP_SECRET, make_agency, make_officer
from tests.factories.grants import DIGEST, make_competition
from trail.models import Case

WEIGHTS = {
    "Need and opportunity": 25,
    "Participation": 20,
    "Plan": 20,
    "Commitment": 15,
    "Outputs": 10,
    "Capacity": 10,
}
MONEY = 20_000_000
VOCABULARY, SECTIONS, WORDS_EACH, EXPERTISE = 6000, 5, 500, 120
TIED = 0.05
LEAST, GREATEST = 8, 12


@dataclass(frozen=True, slots=True)
class Crowd:
    """The competition with its proposals, its reviewers, and who looks at it."""

    competition: Competition
    proposals: list[Proposal]
    seats: list[PanelSeat]
    officer: User
    chair: PanelSeat


def gather(proposals: int, reviewers: int, seed: int, now: datetime) -> Crowd:
    """Everything up to the day on which reviewers are assigned."""
    rng = np.random.default_rng(seed)
    agency = make_agency(slug="bench")
    competition = make_competition(
        CompetitionState.REVIEW,
        agency=agency,
        money=MONEY,
        weights=WEIGHTS,
        ranking_rule="calibrated",
    )
    rows = _proposals(competition, _groups(agency, proposals, now), now)
    _submissions(rows, rng)
    *seats, chair = _seats(competition, _people(reviewers + 1, now, rng), now)
    TOTP.activate(chair.user, TOTP_SECRET)
    RecoveryCodes.activate(chair.user)
    _ties(rows, seats, rng, now)
    officer = make_officer(agency, AgencyRoleKind.PROGRAMME_OFFICER)
    return Crowd(competition, rows, seats, officer, chair)


def review_all(crowd: Crowd, run: AssignmentRun, seed: int, now: datetime) -> int:
    """Make the run's pairs final reviews with a score for every criterion; return the scores."""
    rng = np.random.default_rng(seed)
    by_key = {one.pk: one for one in crowd.proposals}
    seats = {one.pk: one for one in crowd.seats}
    pairs = [
        (by_key[run.result["proposals"][row]], seats[run.result["seats"][column]])
        for row, column in run.result["pairs"]
    ]
    assignments = Assignment.objects.bulk_create(
        Assignment(
            proposal=proposal,
            seat=seat,
            run=run,
            state=AssignmentState.FINALISED,
            assigned_by="user:1",
            assigned_at=now,
        )
        for proposal, seat in pairs
    )
    reviews = Review.objects.bulk_create(
        Review(assignment=one, submitted_at=now, finalised_at=now, saved_at=now, has_capacity=True)
        for one in assignments
    )
    worth = {one.pk: rng.normal(6, 1.2) for one in crowd.proposals}
    leniency = {one.pk: rng.normal(0, 0.8) for one in crowd.seats}
    criteria = list(crowd.competition.criteria.all())
    scores = [
        Score(
            review=review,
            criterion=criterion,
            value=int(np.clip(round(worth[a.proposal_id] + leniency[a.seat_id] + error), 1, 9)),
        )
        for a, review in zip(assignments, reviews, strict=True)
        for criterion, error in zip(criteria, rng.normal(0, 1, len(criteria)), strict=True)
    ]
    return len(Score.objects.bulk_create(scores, batch_size=5000))


def _cases(count: int, kind: str, prefix: str, now: datetime) -> list[Case]:
    return Case.objects.bulk_create(
        Case(reference=new_reference(prefix), kind=kind, opened_at=now) for _ in range(count)
    )


def _groups(agency: Agency, count: int, now: datetime) -> list[ClusterGroup]:
    groups = ClusterGroup.objects.bulk_create(
        ClusterGroup(
            case=case,
            agency=agency,
            name=f"Bench Makers {number:03}",
            purpose="Share furnaces, train people, sell abroad together.",
            definition_set_code="bench-set",
            cluster_code=f"{number % 41:02}",
            cluster_name=f"Cluster {number % 41}",
            region_kind="custom",
            region_name=f"Region {number:03}",
            region_key=sha256(str(number).encode()).hexdigest(),
            created_at=now,
        )
        for number, case in enumerate(_cases(count, "group", "CG", now))
    )
    GroupCounty.objects.bulk_create(
        GroupCounty(group=group, fips=f"{1 + number % 50:02}{1 + 2 * place:03}")
        for number, group in enumerate(groups)
        for place in range(3)
    )
    return groups


def _proposals(
    competition: Competition, groups: list[ClusterGroup], now: datetime
) -> list[Proposal]:
    designations = _designations(groups, now)
    return Proposal.objects.bulk_create(
        Proposal(
            case=case,
            competition=competition,
            group=one.group,
            designation=one,
            title=f"A plan of {one.group.name}",
            federal_amount=Decimal(200_000),
            match_amount=Decimal(200_000),
            started_by="user:1",
            started_at=now - timedelta(days=30),
            state=ProposalState.UNDER_REVIEW,
        )
        for one, case in zip(designations, _cases(len(groups), "proposal", "PR", now), strict=True)
    )


def _designations(groups: list[ClusterGroup], now: datetime) -> list[Designation]:
    same = ("definition_set_code", "cluster_code", "region_key")
    applications = Application.objects.bulk_create(
        Application(
            case=case,
            group=group,
            agency=group.agency,
            state=ApplicationState.DESIGNATED,
            cluster_name=group.cluster_name,
            region_name=group.region_name,
            started_by="user:1",
            started_at=now,
            decided_at=now,
            **{name: getattr(group, name) for name in same},
        )
        for group, case in zip(groups, _cases(len(groups), "application", "DA", now), strict=True)
    )
    day = now.date()
    return Designation.objects.bulk_create(
        Designation(
            case=case,
            application=one,
            group=one.group,
            number=900_000 + number,
            term=(day, day + timedelta(days=4 * 365)),
            designated_at=now,
            **{name: getattr(one, name) for name in same},
        )
        for number, (one, case) in enumerate(
            zip(applications, _cases(len(groups), "designation", "DC", now), strict=True)
        )
    )


def _words(rng: np.random.Generator, count: int) -> str:
    return " ".join(f"word{number}" for number in rng.integers(0, VOCABULARY, count))


def _submissions(rows: list[Proposal], rng: np.random.Generator) -> None:
    made = Submission.objects.bulk_create(
        Submission(
            proposal=row,
            number=1,
            receipt_number=f"RC-B{number:05}",
            content={"title": row.title, "sections": [_section(rng, n) for n in range(SECTIONS)]},
            content_hash=DIGEST,
            submitted_by="user:1",
            received_at=row.competition.closes_at - timedelta(hours=1),
            closes_at=row.competition.closes_at,
            time_zone=row.competition.time_zone,
            is_valid=True,
        )
        for number, row in enumerate(rows)
    )
    for row, one in zip(rows, made, strict=True):
        row.counting = one
    Proposal.objects.bulk_update(rows, ["counting"])


def _section(rng: np.random.Generator, number: int) -> dict[str, object]:
    answer = {"id": "a", "question": "What?", "is_statement": False}
    answers = [{**answer, "answer": _words(rng, WORDS_EACH)}]
    return {"id": f"question-{number}", "title": f"Part {number}", "answers": answers}


def _people(count: int, now: datetime, rng: np.random.Generator) -> list[User]:
    """Reviewers with words of their own; every fourth shares an employer with another."""
    people = User.objects.bulk_create(
        User(email=f"bench.{number}@example.org", name=f"Bench Reviewer {number}")
        for number in range(count)
    )
    profiles = ReviewerProfile.objects.bulk_create(
        ReviewerProfile(case=case, user=user, expertise=_words(rng, EXPERTISE), saved_at=now)
        for user, case in zip(people, _cases(count, "profile", "RP", now), strict=True)
    )
    names = [f"Institute {number - number % 4 // 3}" for number in range(count)]
    ReviewerEmployment.objects.bulk_create(
        ReviewerEmployment(
            profile=profile,
            organization_name=name,
            name_key=name_key(name),
            skeleton_key=skeleton_of(name),
            since=(now - timedelta(days=900)).date(),
        )
        for profile, name in zip(profiles, names, strict=True)
    )
    return people


def _seats(competition: Competition, people: list[User], now: datetime) -> list[PanelSeat]:
    """Everybody reviews; the last one presides."""
    last = len(people) - 1
    return PanelSeat.objects.bulk_create(
        PanelSeat(
            competition=competition,
            user=user,
            role=PanelRole.CHAIR if number == last else PanelRole.REVIEWER,
            state=SeatState.ACCEPTED,
            alias="Chair" if number == last else f"Reviewer {number}",
            least_load=LEAST,
            greatest_load=GREATEST,
            invited_by="user:1",
            invited_at=now,
            answered_at=now,
            certified_at=now,
            trained_at=now,
        )
        for number, user in enumerate(people)
    )


def _ties(
    rows: Iterable[Proposal], seats: list[PanelSeat], rng: np.random.Generator, now: datetime
) -> None:
    ConflictEdge.objects.bulk_create(
        (
            ConflictEdge(
                user=seat.user,
                proposal=row,
                kind="board",
                is_hard=True,
                found_at=now,
                found_by="system:portal",
            )
            for row in rows
            for seat in seats
            if rng.random() < TIED
        ),
        batch_size=5000,
    )
