"""Sign, before reading anything, that no tie is kept back; declare those that exist."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from grants.actions.find_conflicts import digest_of, suspend_hit
from grants.actions.move_competition import lock_competition, require
from grants.models import ConflictCertification, ConflictEdge, PanelSeat
from grants.queries.conflicts import visible_proposals
from grants.queries.reviewer_profiles import is_complete
from grants.rules.panel_states import SeatState
from grants.rules.reviewers import CERTIFICATION, INCOMPLETE
from grants.rules.states import CompetitionState
from grants.rules.terms import EdgeKind, EdgeSource
from kit.refusals import Refused, refuse
from trail.actions.record_entry import record_entry
from trail.actors import Actor

CERTIFIED_IN = frozenset({CompetitionState.REVIEW, CompetitionState.PANEL})


@transaction.atomic
def certify_conflicts(
    *,
    actor: Actor,
    at: datetime,
    seat: PanelSeat,
    signed_name: str,
    declared: Collection[str] = (),
    reason: str = "",
) -> ConflictCertification:
    """Sign the words of the certification; what is declared is out of reach from now on.

    Side effects: a hard tie per declared proposal; live reviews of it are suspended.

    Args:
        actor: The reviewer.
        at: Now.
        seat: The reviewer's seat.
        signed_name: The name as typed.
        declared: References of proposals to which the reviewer has a tie.
        reason: What ties them; needed where something is declared.

    Raises:
        Refused: ``not_seated``, ``review_not_started``, ``profile_incomplete``,
            ``name_missing``, ``reason_missing``.
    """
    competition = lock_competition(seat.competition)
    row = PanelSeat.objects.select_for_update().select_related("user").get(pk=seat.pk)
    if row.state != SeatState.ACCEPTED:
        raise refuse("not_seated", "Accept the invitation first.")
    if competition.status not in CERTIFIED_IN:
        raise refuse(
            "review_not_started",
            "You sign once the review starts: only then is it settled which groups there are.",
        )
    if not is_complete(row.user):
        raise Refused(INCOMPLETE)
    name = require(signed_name, "name_missing", "Type your name to sign.")
    tied = visible_proposals(row).filter(case__reference__in=declared)
    words = (
        require(reason, "reason_missing", "Say what ties you to the proposals you marked.")
        if declared
        else ""
    )
    for proposal in tied:
        _declare(row, proposal.pk, words, actor, at)
    suspend_hit({(row.user_id, proposal.pk) for proposal in tied}, at)
    signed = ConflictCertification.objects.create(
        seat=row,
        words=CERTIFICATION,
        signed_name=name,
        signed_at=at,
        declared=sorted(proposal.case.reference for proposal in tied.select_related("case")),
    )
    row.certified_at = at
    row.save(update_fields=["certified_at"])
    facts = {"alias": row.alias, "declared": len(signed.declared)}
    record_entry(case=competition.case, actor=actor, at=at, verb="certify_conflicts", facts=facts)
    return signed


def _declare(seat: PanelSeat, proposal: int, words: str, actor: Actor, at: datetime) -> None:
    ConflictEdge.objects.get_or_create(
        user_id=seat.user_id,
        proposal_id=proposal,
        kind=EdgeKind.OTHER,
        source=EdgeSource.DECLARED,
        ended_at=None,
        defaults={
            "is_hard": True,
            "grounds": {"words": [words], "digest": digest_of([words], is_unverified=False)},
            "found_at": at,
            "found_by": str(actor),
        },
    )
