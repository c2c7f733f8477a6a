"""The one way in which a request for payment moves: key, award, request, lifecycle, trail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Sum
from django.urls import reverse

from certification.rules.letters import LetterText
from grants.actions.move_award import Act, Asked, Step, begin_act, finish_act
from grants.actions.post_fund import Posting, post_fund
from grants.models import Award, FundEntry, PaymentRequest
from grants.rules.award_states import AwardState
from grants.rules.funnel import NOTHING
from grants.rules.match.accounts import FundStep
from grants.rules.payment_states import PAYMENT
from kit.refusals import Refusal, Refused, refuse
from trail.actors import Actor

ACTIVE = frozenset({AwardState.ACCEPTED})


@dataclass(frozen=True, slots=True)
class Move:
    """What somebody asks to be done with a request.

    Attributes:
        verb: The word for the trail.
        moves: The verb of the lifecycle; empty where the request stays where it is.
        key: The key of the form.
        body: What the form said.
    """

    verb: str
    moves: str = ""
    key: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PaymentAct:
    """An act under way on a locked request of a locked award."""

    act: Act
    row: PaymentRequest
    move: Move

    @property
    def award(self) -> Award:
        """The locked award."""
        return self.act.award

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self.act.actor

    @property
    def at(self) -> datetime:
        """When the act counts as done."""
        return self.act.at

    @property
    def is_repeat(self) -> bool:
        """Whether it was done before, with the same key."""
        return self.act.is_repeat

    @property
    def today(self) -> date:
        """The day at the agency."""
        return day_of(self.award, self.at)


def day_of(award: Award, at: datetime) -> date:
    """The day that the agency's calendar has at an instant."""
    return at.astimezone(ZoneInfo(award.agency.time_zone)).date()


def lock_request(request: PaymentRequest) -> PaymentRequest:
    """The row, locked until the transaction ends; its award is locked first."""
    rows = PaymentRequest.objects.select_for_update(of=("self",))
    return rows.get(pk=request.pk)


def begin_payment(*, actor: Actor, at: datetime, request: PaymentRequest, move: Move) -> PaymentAct:
    """Claim the key, lock award and request, ask the lifecycle. Runs inside a transaction.

    Raises:
        Refused: ``key_reused``, ``not_at_this_stage``, ``illegal_transition``.
    """
    body = {"request": request.reference, **move.body}
    asked = Asked(move.verb, move.key, body, within=ACTIVE)
    act = begin_act(actor=actor, at=at, award=request.award, asked=asked)
    row = lock_request(request)
    row.award = act.award
    if move.moves and not act.is_repeat:
        PAYMENT.move(row.status, move.moves)
    return PaymentAct(act, row, move)


def finish_payment(
    done: PaymentAct,
    facts: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
    letter: LetterText | None = None,
) -> PaymentRequest:
    """Move the request if the verb moves it; write the trail and the letter to the group."""
    changed = dict(changes or {})
    if done.move.moves:
        changed["state"] = PAYMENT.move(done.row.status, done.move.moves)
    for name, value in changed.items():
        setattr(done.row, name, value)
    if changed:
        done.row.save(update_fields=list(changed))
    if letter is not None:
        route = [done.award.reference, done.row.reference]
        letter = letter.to("Open the request", reverse("grants:payment", args=route))
    step = Step(facts={"request": done.row.reference, **(facts or {})}, letter=letter)
    finish_act(done.act, step, result=done.row.reference)
    return done.row


def person_key(actor: Actor) -> int:
    """The key of the person who acts; the portal itself moves no money.

    Raises:
        TypeError: the actor has no account (the door should have asked).
    """
    if actor.user_pk is None:
        message = "a payment needs a person"
        raise TypeError(message)
    return actor.user_pk


def refuse_another_round(done: PaymentAct, round_read: int) -> None:
    """Refuse what was decided on a page that showed an earlier round.

    Raises:
        Refused: ``another_round``.
    """
    if round_read != done.row.round:
        raise refuse(
            "another_round",
            "The group submitted the request anew after you opened this page. Read it again, "
            "then decide.",
        )


def raise_if(refusal: Refusal | None) -> None:
    """Raise what a rule refuses.

    Raises:
        Refused: there is a refusal.
    """
    if refusal is not None:
        raise Refused(refusal)


def post_payment(done: PaymentAct, posting: Posting) -> FundEntry:
    """Write an entry in the pool that the award was obligated from."""
    obligated = FundEntry.objects.filter(
        award=done.award, step=FundStep.OBLIGATE, reverses=None
    ).select_related("pool")
    entry = obligated.latest("pk")
    return post_fund(
        actor=done.actor, at=done.at, pool=entry.pool, award=done.award, posting=posting
    )


def left_of(entry: FundEntry) -> Decimal:
    """What of an entry was not taken back."""
    back = entry.reversals.aggregate(sum=Sum("amount"))["sum"] or NOTHING
    return entry.amount - back
