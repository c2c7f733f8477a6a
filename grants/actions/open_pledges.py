"""At acceptance the signed promises of the proposal become pledges in the approved budget."""

from __future__ import annotations

from datetime import datetime

from grants.actions.post_entry import Posting, post_entry
from grants.models import Award, MatchCommitment, Pledge
from grants.queries.pool_givers import left_out, signed_promises
from grants.rules.match.accounts import MatchStep
from grants.rules.panel_states import MatchState
from trail.actors import Actor

REASON = "Promised in the proposal, accepted with the award"


def open_pledges(*, actor: Actor, at: datetime, award: Award) -> int:
    """Make a pledge of every signed promise, with its two entries; return how many.

    A promise of the office whose pool pays for the award is left out: that money never matches it.

    Runs inside an act on the locked award, whose ledger is still empty.
    """
    fed = {one.pk for one in left_out(award)}
    rows = [one for one in signed_promises(award) if one.pk not in fed]
    for promise in rows:
        pledge = _pledge(actor, at, award, promise)
        for step in (MatchStep.PLEDGE, MatchStep.COMMIT):
            entry = Posting(pledge, step, pledge.amount, REASON)
            post_entry(actor=actor, at=at, entry=entry)
    return len(rows)


def _pledge(actor: Actor, at: datetime, award: Award, promise: MatchCommitment) -> Pledge:
    return Pledge.objects.create(
        award=award,
        commitment=promise,
        organization=promise.organization,
        giver_name=promise.organization_name,
        name_key=promise.name_key,
        skeleton_key=promise.skeleton_key,
        giver_class=promise.giver_class,
        kind=promise.kind,
        amount=promise.amount,
        purpose=promise.purpose,
        contact_name=promise.contact_name,
        contact_email=promise.contact_email,
        state=MatchState.SIGNED,
        listed_by=str(actor),
        listed_at=at,
    )
