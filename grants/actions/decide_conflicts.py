"""What conflict officers do: look, waive, lift, set a tie, let a suspended review go on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from grants.actions.find_conflicts import digest_of, suspend_hit
from grants.actions.move_competition import lock_competition, require
from grants.models import Assignment, Competition, ConflictEdge, PanelSeat, Proposal, Waiver
from grants.queries.conflicts import BARRING
from grants.rules.panel_states import SeatState
from grants.rules.terms import EdgeKind, EdgeSource
from grants.rules.waivers import Tie, decider_refusal, waiver_refusal
from kit.refusals import Refusal, Refused, refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor

REASON = "Write the reason: it stays on record."


@dataclass(frozen=True, slots=True)
class NewTie:
    """A tie that an officer knows of."""

    kind: EdgeKind
    is_hard: bool
    reason: str


@transaction.atomic
def waive_edges(
    *,
    actor: Actor,
    at: datetime,
    competition: Competition,
    edges: Collection[int],
    reason: str,
    key: str = "",
) -> Waiver:
    """Let soft ties stand, one or many for one reason; all of them or none.

    Side effects: their proposals come into being for the people they tied.

    Raises:
        Refused: ``reason_missing``, ``nothing_chosen``, ``hard_conflict``, ``not_looked``,
            ``own_conflict``, ``on_panel``, ``invited_them``.
    """
    claim = None
    if key:
        body = f"{competition.pk}:{sorted(edges)}:{reason}"
        claim = claim_key(actor=actor, at=at, key=key, verb="waive_edges", body=body)
        if claim.result_reference:
            return Waiver.objects.get(reference=claim.result_reference)
    row = lock_competition(competition)
    words = require(reason, "reason_missing", REASON)
    live = _locked(row, edges).filter(waiver=None)
    rows = list(live)
    if not rows:
        raise refuse("nothing_chosen", "Choose at least one soft tie that is not waived yet.")
    for edge in rows:
        tie = _tie(row, edge)
        _raise(waiver_refusal(tie, actor=str(actor), user_pk=actor.user_pk))
    waiver = Waiver.objects.create(
        competition=row, reason=words, granted_by=str(actor), granted_at=at
    )
    ConflictEdge.objects.filter(pk__in=[edge.pk for edge in rows]).update(waiver=waiver)
    _record(row, actor, at, "waive_conflicts", {"waiver": waiver.reference, "ties": len(rows)})
    if claim is not None:
        settle_key(claim, waiver.reference)
    return waiver


@transaction.atomic
def look_at_edge(*, actor: Actor, at: datetime, edge: ConflictEdge, stands: bool) -> None:
    """Say of a match that nobody proved whether it is the person: it stands, or it is lifted.

    Side effects: a hard tie that stands suspends live reviews; one that is lifted never comes
    back for the same reason.

    Raises:
        Refused: ``nothing_to_look_at``, ``own_conflict``, ``on_panel``, ``invited_them``.
    """
    competition = lock_competition(edge.proposal.competition)
    row = _locked(competition, [edge.pk]).first()
    if row is None or not row.is_unverified or row.looked_at is not None:
        raise refuse("nothing_to_look_at", "Somebody has looked at this match already.")
    _raise(decider_refusal(_tie(competition, row), actor=str(actor), user_pk=actor.user_pk))
    row.looked_at, row.looked_by = at, str(actor)
    if not stands:
        row.ended_at, row.ended_by = at, str(actor)
    row.save(update_fields=["looked_at", "looked_by", "ended_at", "ended_by"])
    if stands and row.is_hard:
        suspend_hit({(row.user_id, row.proposal_id)}, at)
    verb = "confirm_conflict" if stands else "lift_conflict"
    _record(competition, actor, at, verb, {"tie": row.pk})


@transaction.atomic
def lift_edge(*, actor: Actor, at: datetime, edge: ConflictEdge, reason: str) -> None:
    """End a tie whose reason is wrong; the portal does not find it again for that reason.

    Side effects: a suspended review goes on where nothing else bars it.

    Raises:
        Refused: ``reason_missing``, ``edge_ended``, ``own_conflict``,
            ``on_panel``, ``invited_them``.
    """
    competition = lock_competition(edge.proposal.competition)
    words = require(reason, "reason_missing", REASON)
    row = _locked(competition, [edge.pk]).first()
    if row is None:
        raise refuse("edge_ended", "This tie has ended already.")
    _raise(decider_refusal(_tie(competition, row), actor=str(actor), user_pk=actor.user_pk))
    row.ended_at, row.ended_by = at, str(actor)
    row.grounds = {**row.grounds, "lifted": words}
    row.save(update_fields=["ended_at", "ended_by", "grounds"])
    resume_free(row.user_id, row.proposal_id)
    _record(competition, actor, at, "lift_conflict", {"tie": row.pk})


@transaction.atomic
def set_edge(
    *, actor: Actor, at: datetime, seat: PanelSeat, proposal: Proposal, tie: NewTie
) -> ConflictEdge:
    """Write down a tie that the portal does not find.

    Side effects: a hard one suspends live reviews at once.

    Raises:
        Refused: ``reason_missing``, ``edge_known``, ``wrong_competition``.
    """
    competition = lock_competition(seat.competition)
    words = require(tie.reason, "reason_missing", REASON)
    if proposal.competition_id != competition.pk:
        raise refuse("wrong_competition", "The proposal belongs to another competition.")
    known = ConflictEdge.objects.filter(
        user_id=seat.user_id,
        proposal=proposal,
        kind=tie.kind,
        source=EdgeSource.STAFF,
        ended_at=None,
    )
    if known.exists():
        raise refuse("edge_known", "This tie is on record already.")
    edge = ConflictEdge.objects.create(
        user_id=seat.user_id,
        proposal=proposal,
        kind=tie.kind,
        is_hard=tie.is_hard,
        source=EdgeSource.STAFF,
        grounds={"words": [words], "digest": digest_of([words], is_unverified=False)},
        found_at=at,
        found_by=str(actor),
    )
    if tie.is_hard:
        suspend_hit({(edge.user_id, edge.proposal_id)}, at)
    _record(competition, actor, at, "set_conflict", {"tie": edge.pk})
    return edge


def resume_free(user: int, proposal: int) -> None:
    """Let suspended reviews of the pair go on where nothing bars them."""
    bars = ConflictEdge.objects.filter(BARRING, user_id=user, proposal_id=proposal)
    if not bars.exists():
        rows = Assignment.objects.filter(seat__user_id=user, proposal_id=proposal)
        rows.exclude(suspended_at=None).update(suspended_at=None)


def _locked(competition: Competition, edges: Iterable[int]) -> QuerySet[ConflictEdge]:
    rows = ConflictEdge.objects.select_for_update(of=("self",)).order_by("pk")
    return rows.filter(pk__in=list(edges), ended_at=None, proposal__competition=competition)


def _tie(competition: Competition, edge: ConflictEdge) -> Tie:
    seats = competition.seats.filter(state__in=[SeatState.INVITED, SeatState.ACCEPTED])
    holders = dict(seats.values_list("user_id", "invited_by"))
    return Tie(
        user=edge.user_id,
        invited_by=holders.get(edge.user_id, ""),
        panel=frozenset(holders),
        is_hard=edge.is_hard,
        waits_for_look=edge.is_unverified and edge.looked_at is None,
    )


def _record(
    competition: Competition, actor: Actor, at: datetime, verb: str, facts: dict[str, object]
) -> None:
    record_entry(case=competition.case, actor=actor, at=at, verb=verb, facts=facts)


def _raise(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise Refused(refusal)
