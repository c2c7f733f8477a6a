"""The disbursing office says how payments ended; a file is read whole or not at all, and once."""

from __future__ import annotations

import hashlib
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.models import Agency
from grants.actions.move_payment import (
    Move,
    begin_payment,
    finish_payment,
    person_key,
    post_payment,
)
from grants.actions.post_fund import Posting
from grants.models import PaymentOrder, PaymentResults
from grants.queries.payment_desk import sent_payments, sent_rows
from grants.rules.match.accounts import FundStep
from grants.rules.payment_files import Result, UnreadableResultsError, read_results
from grants.rules.payment_letters import payment_failed
from kit.refusals import refuse
from trail.actors import Actor


@transaction.atomic
def read_payment_results(
    *, actor: Actor, at: datetime, agency: Agency, name: str, text: str
) -> tuple[PaymentResults, bool]:
    """Record how payments ended, post what was paid, and take back what failed.

    Returns:
        What was read, and whether this very file had been read before (then nothing changes).

    Raises:
        Refused: ``results_unreadable``, with the first lines that are wrong.
    """
    Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    digest = hashlib.sha256(text.encode()).hexdigest()
    before = PaymentResults.objects.filter(agency=agency, digest=digest).first()
    if before is not None:
        return before, True
    today = at.astimezone(ZoneInfo(agency.time_zone)).date()
    orders = sent_payments(agency)
    try:
        reading = read_results(text, sent_rows(orders), today)
    except UnreadableResultsError as error:
        raise refuse("results_unreadable", str(error)) from error
    if reading.problems:
        raise refuse("results_unreadable", _told(reading.problems))
    made = PaymentResults.objects.create(
        agency=agency,
        name=name[:200],
        digest=digest,
        paid=sum(one.is_paid for one in reading.fresh),
        failed=sum(not one.is_paid for one in reading.fresh),
        known=len(reading.known),
        read_by_id=person_key(actor),
        read_at=at,
    )
    # Awards are locked in one order, whatever the order of the file.
    for one in sorted(
        reading.fresh, key=lambda one: orders[one.payment].certification.request.award_id
    ):
        _end(actor, at, made, (orders[one.payment], one))
    return made, False


def _told(problems: tuple[str, ...]) -> str:
    shown = " ".join(problems[:5])
    more = f" And {len(problems) - 5} more." if len(problems) > 5 else ""
    return f"Nothing was recorded. {shown}{more}"


def _end(
    actor: Actor, at: datetime, read: PaymentResults, ended: tuple[PaymentOrder, Result]
) -> None:
    order, result = ended
    certification = order.certification
    move = Move("pay_payment" if result.is_paid else "fail_payment", _verb(result))
    done = begin_payment(actor=actor, at=at, request=certification.request, move=move)
    name = f"Request {done.row.reference}"
    order.results, order.result_on = read, result.day
    order.trace, order.reason = result.trace, result.reason
    facts = {"amount": f"{order.amount:.2f}", "trace": result.trace}
    if result.is_paid:
        order.result = PaymentOrder.Result.PAID
        order.pay_entry = post_payment(
            done, Posting(FundStep.PAY, order.amount, f"{name}, paid, {result.trace}")
        )
        order.save()
        finish_payment(done, facts)
        return
    order.result = PaymentOrder.Result.FAILED
    post_payment(
        done,
        Posting(
            FundStep.APPROVE,
            order.amount,
            f"{name}, payment failed",
            certification.approve_entry,
        ),
    )
    order.save()
    finish_payment(done, facts, letter=payment_failed(done.row.reference, result.reason))


def _verb(result: Result) -> str:
    return "pay" if result.is_paid else "fail"
