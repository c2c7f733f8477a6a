"""Requests for payment as bare rows, in whatever state a test needs, with their entries."""

from __future__ import annotations

import itertools
from datetime import timedelta
from decimal import Decimal
from typing import Any

from grants.models import (
    Award,
    FundEntry,
    PaymentCertification,
    PaymentFile,
    PaymentLine,
    PaymentOrder,
    PaymentRequest,
    PaymentResults,
    RequestReview,
)
from grants.rules.match.accounts import FundStep
from grants.rules.payment_states import PAYMENT, PaymentState, ReviewKind, ReviewOutcome
from tests.factories.accounts import make_user
from tests.factories.awards import post_fund
from tests.factories.grants import DIGEST
from trail.queries.clock import database_now

_numbers = itertools.count(1)
ASKED = {"personnel": (10_000, 0, 10_000)}


def make_payment(
    award: Award, state: PaymentState = PaymentState.DRAFT, **changes: Any
) -> PaymentRequest:
    """A request of 10,000 for personnel; ``lines``: costs, advance, asked by category."""
    lines = changes.pop("lines", ASKED)
    now = database_now()
    values: dict[str, Any] = {
        "costs_from": award.starts_on,
        "costs_through": now.date(),
        "progress": "Two planners interviewed forty firms for a quarter.",
        "started_at": now,
        **changes,
    }
    values.setdefault("started_by", make_user())
    row = PaymentRequest.objects.create(award=award, **values)
    PaymentLine.objects.bulk_create(
        PaymentLine(
            request=row,
            category=name,
            costs_to_date=Decimal(costs),
            advance=Decimal(advance),
            asked=Decimal(asked),
        )
        for name, (costs, advance, asked) in lines.items()
    )
    for step in _path(state):
        _walk(row, step)
    row.refresh_from_db()
    return row


def _walk(row: PaymentRequest, state: PaymentState) -> None:
    now, rows = database_now(), PaymentRequest.objects.filter(pk=row.pk)
    more: dict[str, Any] = {}
    if state == PaymentState.SUBMITTED:
        more = {
            "submitted_by": make_user(),
            "submitted_at": now,
            "signed_title": "Director",
            "statement": "I certify.",
            "pay_by": now.date() + timedelta(days=30),
            "round": 1,
        }
    if state == PaymentState.APPROVED:
        for kind in ReviewKind:
            review(row, kind)
        for line in row.lines.all():
            PaymentLine.objects.filter(pk=line.pk).update(approved=line.asked)
    if state == PaymentState.CERTIFIED:
        certify(row)
    if state == PaymentState.PAID:
        pay(row)
    rows.update(state=state, **more)
    row.refresh_from_db()


def review(row: PaymentRequest, kind: ReviewKind, **changes: Any) -> RequestReview:
    """A favourable review."""
    values: dict[str, Any] = {
        "round": 1,
        "kind": kind,
        "outcome": ReviewOutcome.APPROVE,
        "words": "It fits.",
        "reviewed_at": database_now(),
        **changes,
    }
    values.setdefault("reviewed_by", make_user())
    return RequestReview.objects.create(request=row, **values)


def total(row: PaymentRequest) -> Decimal:
    """What the request was approved for, or asks for."""
    return sum(
        (line.asked if line.approved is None else line.approved for line in row.lines.all()),
        Decimal(0),
    )


def certify(row: PaymentRequest, **changes: Any) -> PaymentCertification:
    """A certification with its entry."""
    values: dict[str, Any] = {
        "number": row.certifications.count() + 1,
        "amount": total(row),
        "statement": "I certify that this is due.",
        "certified_at": database_now(),
        **changes,
    }
    values.setdefault("certified_by", make_user())
    if "approve_entry" not in values:
        values["approve_entry"] = post_fund(row.award, FundStep.APPROVE, values["amount"])
    return PaymentCertification.objects.create(request=row, **values)


def order(row: PaymentRequest) -> PaymentOrder:
    """The request's certified payment in a file of its own."""
    certification = row.certifications.last()
    assert certification is not None
    made = PaymentFile.objects.create(
        agency=row.award.agency,
        content="payment",
        digest=DIGEST,
        count=1,
        total=certification.amount,
        made_by=make_user(),
        made_at=database_now(),
    )
    return PaymentOrder.objects.create(
        file=made, certification=certification, amount=certification.amount
    )


def results(row: PaymentRequest, **changes: Any) -> PaymentResults:
    """A file of results that was read."""
    values: dict[str, Any] = {
        "agency": row.award.agency,
        "name": "results.csv",
        "digest": f"{next(_numbers):064x}",
        "paid": 1,
        "failed": 0,
        "known": 0,
        "read_at": database_now(),
        **changes,
    }
    values.setdefault("read_by", make_user())
    return PaymentResults.objects.create(**values)


def pay(row: PaymentRequest) -> FundEntry:
    """The certified payment went through."""
    paid = order(row)
    entry = post_fund(row.award, FundStep.PAY, paid.amount)
    PaymentOrder.objects.filter(pk=paid.pk).update(
        result="paid",
        results=results(row),
        result_on=database_now().date(),
        trace="TRACE-1",
        pay_entry=entry,
    )
    return entry


def _path(goal: PaymentState) -> list[PaymentState]:
    ways: dict[PaymentState, list[PaymentState]] = {PaymentState.DRAFT: []}
    queue = [PaymentState.DRAFT]
    for here in queue:
        for transition in PAYMENT.transitions:
            after = PaymentState(transition.target)
            if here in transition.sources and after not in ways:
                ways[after] = [*ways[here], after]
                queue.append(after)
    return ways[goal]
