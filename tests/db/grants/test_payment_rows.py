"""The database itself keeps requests, reviews, certifications, payments and repayments."""

from datetime import timedelta
from decimal import Decimal

import pytest

from grants.models import PaymentHold, PaymentOrder, Refund
from grants.rules.payment_states import PaymentState, RepaymentCause, ReviewKind
from tests.constraints import refused_by, refused_by_trigger
from tests.db.grants.test_award_rows import change, make_condition
from tests.factories.accounts import make_user
from tests.factories.awards import make_award
from tests.factories.payments import certify, make_payment, order, results, review
from trail.queries.clock import database_now


@pytest.fixture
def award():
    return make_award()


def make_refund(line, amount, **changes):
    values = {
        "number": "R-1",
        "received_on": database_now().date(),
        "cause": RepaymentCause.ADVANCE,
        "reason": "Unspent",
        "recorded_by": make_user(),
        "recorded_at": database_now(),
        **changes,
    }
    return Refund.objects.create(line=line, amount=Decimal(amount), **values)


def test_a_request_in_order(award):
    row = make_payment(award)
    with refused_by("payment_request_one_draft"):
        make_payment(award)
    with refused_by("payment_request_days_in_order"):
        change(row, costs_through=row.costs_from - timedelta(days=1))
    with refused_by("payment_request_signed_paired"):
        change(row, signed_title="Director")
    with refused_by("payment_request_signed_paired"):
        change(row, state=PaymentState.SUBMITTED)
    with refused_by_trigger():
        change(row, state=PaymentState.PAID)
    row.lines.all().delete()
    with refused_by_trigger():
        type(row).objects.filter(pk=row.pk).delete()


def test_lines_ask_for_costs(award):
    row = make_payment(award)
    line = row.lines.get()
    with refused_by("payment_line_once"):
        row.lines.create(category="personnel")
    with refused_by("payment_line_asked_for_costs"):
        change(line, asked=Decimal("10000.01"))
    with refused_by("payment_line_asked_for_costs"):
        change(line, advance=Decimal("-0.01"))
    with refused_by("payment_line_approved_in_part"):
        change(line, approved=Decimal("10000.01"))


def test_what_was_submitted_stands(award):
    row = make_payment(award, PaymentState.SUBMITTED)
    line = row.lines.get()
    change(line, approved=Decimal(9_000))
    for fields in ({"asked": 1}, {"costs_to_date": 1}, {"advance": 1}, {"category": "travel"}):
        with refused_by_trigger():
            change(line, **fields)
    with refused_by_trigger():
        row.lines.create(category="travel")
    with refused_by_trigger():
        line.delete()
    with refused_by_trigger():
        change(row, progress="Something else.")


def test_what_was_approved_stands(award):
    line = make_payment(award, PaymentState.APPROVED).lines.get()
    with refused_by_trigger():
        change(line, approved=Decimal(9_000))


def test_two_people_review(award):
    row = make_payment(award, PaymentState.SUBMITTED)
    first = review(row, ReviewKind.PROGRESS)
    with refused_by("request_review_once"):
        review(row, ReviewKind.PROGRESS)
    with refused_by("request_review_two_people"):
        review(row, ReviewKind.MONEY, reviewed_by=first.reviewed_by)
    with refused_by("request_review_has_words"):
        review(row, ReviewKind.MONEY, words="")
    with refused_by_trigger():
        change(first, words="Something else.")


def test_a_third_person_certifies(award):
    row = make_payment(award, PaymentState.APPROVED)
    for person in (row.reviews.first().reviewed_by, row.submitted_by, row.started_by):
        with refused_by_trigger():
            certify(row, certified_by=person)
    made = certify(row)
    with refused_by("payment_certification_once"):
        certify(row, number=1)
    with refused_by("payment_certification_complete"):
        certify(row, statement="")
    with refused_by_trigger():
        change(made, amount=1)


def test_only_a_term_of_the_award_holds(award):
    row = make_payment(award, PaymentState.SUBMITTED)
    values = {"reason": "No report", "held_by": "user:1", "held_at": database_now()}
    of_another = make_condition(make_award(), holds_payments=True)
    mute = make_condition(award)
    for condition in (of_another, mute):
        with refused_by_trigger():
            PaymentHold.objects.create(request=row, condition=condition, **values)
    term = make_condition(award, holds_payments=True)
    held = PaymentHold.objects.create(request=row, condition=term, **values)
    with refused_by("payment_hold_one_open"):
        PaymentHold.objects.create(request=row, condition=term, **values)
    with refused_by("payment_hold_released_paired"):
        change(held, released_by="user:2")
    with refused_by_trigger():
        change(held, reason="Something else")


def test_payments_end_once(award):
    row = make_payment(award, PaymentState.CERTIFIED)
    sent = order(row)
    with refused_by("payment_order_result_paired"):
        change(sent, result="paid")
    with refused_by("payment_file_complete"):
        type(sent.file).objects.create(
            agency=sent.file.agency,
            content="payment",
            digest="none",
            count=1,
            total=1,
            made_by=make_user(),
            made_at=database_now(),
        )
    with refused_by("payment_file_reconciled_paired"):
        change(sent.file, reconciled_at=database_now())
    with refused_by_trigger():
        change(sent.file, content="Something else")
    read = results(row)
    with refused_by("payment_results_once"):
        results(row, digest=read.digest)
    with refused_by("payment_results_digest_shaped"):
        results(row, digest="none")
    change(sent, result="failed", results=read, result_on=database_now().date(), reason="Closed")
    with refused_by_trigger():
        change(PaymentOrder.objects.get(pk=sent.pk), reason="Something else")


def test_no_more_comes_back_than_was_paid(award):
    line = make_payment(award, PaymentState.CERTIFIED).lines.get()
    with refused_by_trigger():
        make_refund(line, "1.00")
    other = make_award()
    line = make_payment(other, PaymentState.PAID).lines.get()
    made = make_refund(line, "9999.99")
    with refused_by("refund_once"):
        make_refund(line, "0.01")
    with refused_by("refund_has_cause"):
        make_refund(line, "0.01", number="R-2", cause="whim")
    with refused_by("refund_is_something"):
        make_refund(line, "0.00", number="R-2")
    with refused_by_trigger():
        make_refund(line, "0.02", number="R-2")
    with refused_by_trigger():
        change(made, amount=1)
