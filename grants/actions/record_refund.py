"""Money comes back: never more than was paid; what was drawn falls by it. And files are closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from grants.actions.move_payment import (
    Move,
    PaymentAct,
    begin_payment,
    finish_payment,
    left_of,
    person_key,
    post_payment,
    raise_if,
)
from grants.actions.post_fund import Posting
from grants.models import FundEntry, PaymentFile, PaymentOrder, PaymentRequest, Refund
from grants.rules.funnel import NOTHING
from grants.rules.match.accounts import FundStep
from grants.rules.payment_letters import repaid
from grants.rules.payment_states import PaymentState, RepaymentCause
from grants.rules.payments import refund_refusal
from kit.refusals import refuse
from trail.actors import Actor

REFUNDABLE = frozenset({PaymentState.PAID, PaymentState.RECONCILED})


@dataclass(frozen=True, slots=True)
class Repayment:
    """What came back: on which lines, when, under which reference, why."""

    amounts: Mapping[str, Decimal]
    number: str
    received_on: date
    cause: RepaymentCause
    reason: str


@transaction.atomic
def record_refund(
    *, actor: Actor, at: datetime, request: PaymentRequest, repayment: Repayment, key: str = ""
) -> PaymentRequest:
    """Record a repayment, in full or in part; both entries of the payment are taken back.

    Raises:
        Refused: ``refund_too_large``, ``not_paid``, ``nothing_repaid``, ``refund_known``.
    """
    body = {name: f"{one:.2f}" for name, one in repayment.amounts.items()}
    body |= {"number": repayment.number, "cause": repayment.cause}
    move = Move("record_refund", "", key, body)
    done = begin_payment(actor=actor, at=at, request=request, move=move)
    if done.is_repeat:
        return done.row
    if done.row.status not in REFUNDABLE:
        raise refuse("not_paid", "Only a request that was paid can be paid back.")
    if not done.today >= repayment.received_on:
        raise refuse("not_received", "The day on which the money came lies ahead.")
    total = _write(done, repayment)
    _take_back(done, total)
    rest = left_of(_paid_order(done.row).pay_entry or _no_entry())
    if rest == NOTHING:
        done = PaymentAct(done.act, done.row, Move("record_refund", "recover", key))
    letter = repaid(done.row.reference, f"${total:,.2f}", repayment.cause)
    facts = {"amount": f"{total:.2f}", "cause": repayment.cause}
    return finish_payment(done, facts, letter=letter)


def _write(done: PaymentAct, repayment: Repayment) -> Decimal:
    total = NOTHING
    for line in done.row.lines.all():
        amount = repayment.amounts.get(line.category, NOTHING)
        if amount <= NOTHING:
            continue
        back = line.refunds.aggregate(sum=Sum("amount"))["sum"] or NOTHING
        paid = line.approved or NOTHING
        raise_if(refund_refusal(str(line), paid=paid, back=back, amount=amount))
        if line.refunds.filter(number=repayment.number).exists():
            raise refuse("refund_known", "A repayment with this reference is recorded already.")
        Refund.objects.create(
            line=line,
            amount=amount,
            number=repayment.number,
            received_on=repayment.received_on,
            cause=repayment.cause,
            reason=repayment.reason,
            recorded_by_id=person_key(done.actor),
            recorded_at=done.at,
        )
        total += amount
    if total == NOTHING:
        raise refuse("nothing_repaid", "Enter what came back on one line at least.")
    return total


def _take_back(done: PaymentAct, total: Decimal) -> None:
    order = _paid_order(done.row)
    reason = f"Request {done.row.reference}, paid back"
    for step, entry in (
        (FundStep.PAY, order.pay_entry),
        (FundStep.APPROVE, order.certification.approve_entry),
    ):
        post_payment(done, Posting(step, total, reason, entry))


def _paid_order(row: PaymentRequest) -> PaymentOrder:
    rows = PaymentOrder.objects.select_related("pay_entry", "certification__approve_entry")
    return rows.get(certification__request=row, result=PaymentOrder.Result.PAID)


def _no_entry() -> FundEntry:
    message = "a paid order has its entry"
    raise LookupError(message)


@transaction.atomic
def reconcile_file(*, actor: Actor, at: datetime, file: PaymentFile) -> PaymentFile:
    """Close a file whose every payment ended; its sum is what was paid and what failed.

    Raises:
        Refused: ``results_missing``, ``reconciled_already``.
    """
    row = PaymentFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if row.reconciled_at is not None:
        raise refuse("reconciled_already", "This file is reconciled.")
    orders = list(row.orders.select_related("certification__request__award__agency"))
    waiting = sum(not one.result for one in orders)
    if waiting or sum((one.amount for one in orders), NOTHING) != row.total:
        raise refuse(
            "results_missing",
            f"{waiting} of {len(orders)} payments of this file have no result yet.",
        )
    paid = [one for one in orders if one.result == PaymentOrder.Result.PAID]
    for one in sorted(paid, key=lambda one: one.certification.request.award_id):
        request = one.certification.request
        if request.status is PaymentState.PAID:
            move = Move("reconcile_payment", "reconcile")
            finish_payment(begin_payment(actor=actor, at=at, request=request, move=move))
    row.reconciled_by_id, row.reconciled_at = person_key(actor), at
    row.save(update_fields=["reconciled_by", "reconciled_at"])
    return row
