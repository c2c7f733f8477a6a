"""A payment is held where a condition of the award says so, and released again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from grants.actions.move_payment import Move, begin_payment, finish_payment, raise_if
from grants.models import PaymentHold, PaymentRequest
from grants.queries.payment_holds import holding_terms, open_hold
from grants.rules.payment_letters import held, released
from grants.rules.payment_states import CERTIFIABLE, PaymentState
from grants.rules.payments import hold_refusal
from kit.refusals import refuse
from trail.actors import Actor

HOLDABLE = CERTIFIABLE | {PaymentState.SUBMITTED, PaymentState.PAYMENT_FAILED}


@transaction.atomic
def hold_payment(
    *,
    actor: Actor,
    at: datetime,
    request: PaymentRequest,
    condition: int | None,
    words: str,
    key: str = "",
) -> PaymentHold:
    """Hold a payment under a condition of the award; the group is told which and why.

    Raises:
        Refused: ``no_term``, ``held_already``, ``words_missing``, ``not_holdable``.
    """
    move = Move("hold_payment", "", key, {"condition": condition, "words": words})
    done = begin_payment(actor=actor, at=at, request=request, move=move)
    if done.is_repeat:
        return done.row.holds.latest("pk")
    if done.row.status not in HOLDABLE:
        raise refuse("not_holdable", "Only a request that is not paid yet can be held.")
    term = holding_terms(done.award).filter(pk=condition or 0).first()
    raise_if(hold_refusal(has_term=term is not None))
    if term is None or open_hold(done.row) is not None:
        raise refuse("held_already", "This payment is held already.")
    if not words.strip():
        raise refuse("words_missing", "Say what the group has not done.")
    # One whose condition was removed does not hold, but is still open.
    done.row.holds.filter(released_at=None).update(released_at=at, released_by=str(actor))
    made = PaymentHold.objects.create(
        request=done.row, condition=term, reason=words.strip(), held_by=str(actor), held_at=at
    )
    letter = held(done.row.reference, term.nature, words.strip())
    finish_payment(done, {"condition": term.pk}, letter=letter)
    return made


@transaction.atomic
def release_payment(
    *, actor: Actor, at: datetime, request: PaymentRequest, key: str = ""
) -> PaymentRequest:
    """Release a held payment.

    Raises:
        Refused: ``not_held``.
    """
    done = begin_payment(actor=actor, at=at, request=request, move=Move("release_payment", "", key))
    if done.is_repeat:
        return done.row
    hold = done.row.holds.filter(released_at=None).first()
    if hold is None:
        raise refuse("not_held", "This payment is not held.")
    hold.released_by, hold.released_at = str(actor), at
    hold.save(update_fields=["released_by", "released_at"])
    return finish_payment(done, letter=released(done.row.reference))
