"""Find ties anew, keep those that stand, end those that are gone, suspend what a hard one hits."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from grants.actions.alert_conflict_officers import alert_conflict_officers
from grants.models import Assignment, Competition, ConflictEdge, PanelSeat, Proposal
from grants.queries.conflict_facts import facts_of, reviewers_of
from grants.rules.conflicts import Edge, find_edges
from grants.rules.panel_states import LIVE_ASSIGNMENT, SeatState
from grants.rules.states import ProposalState
from grants.rules.terms import EdgeSource
from trail.actions.record_entry import record_entry
from trail.actors import SYSTEM
from trail.rules.chain import canonical

ON_PANEL = [SeatState.INVITED, SeatState.ACCEPTED]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """How many ties are new, how many ended, how many reviews were suspended."""

    new: int = 0
    ended: int = 0
    suspended: int = 0


@transaction.atomic
def find_conflicts(
    *,
    at: datetime,
    competition: Competition,
    users: Collection[int] | None = None,
    proposals: Collection[int] | None = None,
) -> Found:
    """Compare the people of a panel with the proposals of its competition.

    A tie that a conflict officer lifted comes back only for a new reason. A waiver covers the
    reasons it was given for: with another reason the tie is a new one.

    Side effects: rows of ties; reviews hit by a new hard and proved tie are suspended; conflict
    officers are alerted of what nobody proved; an entry on the competition's trail.

    Args:
        at: Now.
        competition: The competition.
        users: Only these people; everybody on the panel unless given.
        proposals: Only these; all unless given.
    """
    people, rows = _people(competition, users), _proposals(competition, proposals)
    if not people or not rows:
        return Found()
    wanted = _wanted(people, rows, at)
    live = ConflictEdge.objects.select_for_update().filter(
        ended_at=None, source=EdgeSource.FOUND, user_id__in=people, proposal__in=rows
    )
    ended = _end_gone(live, wanted, at)
    created = _create(wanted, at)
    suspended = suspend_hit(
        {(edge.user_id, edge.proposal_id) for edge in created if _hits(edge)}, at
    )
    result = Found(len(created), ended, suspended)
    if result != Found():
        _record(competition, result, at)
    if any(edge.is_unverified for edge in created) or suspended:
        alert_conflict_officers(at=at, competition=competition)
    return result


def suspend_hit(pairs: Iterable[Pair], at: datetime) -> int:
    """Stop the live assignments of these pairs; return how many."""
    stopped = 0
    for user, proposal in pairs:
        rows = Assignment.objects.filter(
            seat__user_id=user, proposal_id=proposal, state__in=LIVE_ASSIGNMENT, suspended_at=None
        )
        stopped += rows.update(suspended_at=at)
    return stopped


def digest_of(words: Iterable[str], *, is_unverified: bool) -> str:
    """Return by what a tie is known again: its reasons and whether they are proved."""
    text = canonical({"words": list(words), "unverified": is_unverified})
    return hashlib.sha256(text.encode()).hexdigest()


def _hits(edge: ConflictEdge) -> bool:
    return edge.is_hard and not edge.is_unverified


def _people(competition: Competition, users: Collection[int] | None) -> list[int]:
    seats = PanelSeat.objects.filter(competition=competition, state__in=ON_PANEL)
    if users is not None:
        seats = seats.filter(user_id__in=users)
    return list(seats.values_list("user_id", flat=True))


def _proposals(competition: Competition, wanted: Collection[int] | None) -> list[Proposal]:
    rows = Proposal.objects.filter(competition=competition).select_related("group")
    rows = rows.exclude(state=ProposalState.WITHDRAWN)
    return list(rows if wanted is None else rows.filter(pk__in=wanted))


def _wanted(
    people: Collection[int], rows: Collection[Proposal], at: datetime
) -> dict[tuple[int, int, str], Edge]:
    facts = facts_of(rows)
    return {
        (user, proposal, edge.kind.value): edge
        for user, reviewer in reviewers_of(people, at.date()).items()
        for proposal, known in facts.items()
        for edge in find_edges(reviewer, known)
    }


def _end_gone(
    live: Iterable[ConflictEdge], wanted: dict[tuple[int, int, str], Edge], at: datetime
) -> int:
    """End what is gone or has other reasons; take what stands out of ``wanted``."""
    gone = []
    for row in live:
        key = (row.user_id, row.proposal_id, row.kind)
        edge = wanted.get(key)
        if edge is not None and row.grounds.get("digest") == _digest(edge):
            del wanted[key]
        else:
            gone.append(row.pk)
    return ConflictEdge.objects.filter(pk__in=gone).update(ended_at=at, ended_by=str(SYSTEM))


def _create(wanted: dict[tuple[int, int, str], Edge], at: datetime) -> list[ConflictEdge]:
    lifted = _lifted(wanted)
    rows = [
        ConflictEdge(
            user_id=user,
            proposal_id=proposal,
            kind=kind,
            is_hard=edge.is_hard,
            is_unverified=edge.is_unverified,
            source=EdgeSource.FOUND,
            grounds={"words": list(edge.words), "digest": _digest(edge)},
            found_at=at,
            found_by=str(SYSTEM),
        )
        for (user, proposal, kind), edge in wanted.items()
        if (user, proposal, kind, _digest(edge)) not in lifted
    ]
    return ConflictEdge.objects.bulk_create(rows)


def _lifted(wanted: dict[tuple[int, int, str], Edge]) -> set[tuple[int, int, str, str]]:
    """Ties that a person lifted, with the reasons they had."""
    rows = ConflictEdge.objects.filter(
        source=EdgeSource.FOUND,
        user_id__in={user for user, _, _ in wanted},
        proposal_id__in={proposal for _, proposal, _ in wanted},
        ended_by__startswith="user:",
    )
    return {(row.user_id, row.proposal_id, row.kind, row.grounds["digest"]) for row in rows}


def _digest(edge: Edge) -> str:
    return digest_of(edge.words, is_unverified=edge.is_unverified)


def _record(competition: Competition, result: Found, at: datetime) -> None:
    facts = {"new": result.new, "ended": result.ended, "suspended": result.suspended}
    record_entry(case=competition.case, actor=SYSTEM, at=at, verb="find_conflicts", facts=facts)
