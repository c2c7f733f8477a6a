"""Two draws of 80 on 100 pay 80, however close together; without the award's lock they pay 160."""

import threading
from decimal import Decimal

import pytest

from accounts.actors import actor_from_user
from grants.actions import move_award
from grants.actions.certify_payment import certify_payment
from grants.actions.prepare_payment import submit_payment
from grants.models import Award, PaymentRequest
from grants.queries.award_standing import standing_of
from grants.rules.payment_states import PaymentState
from tests.db.certification.test_submission_race import at_once
from tests.db.grants.payment_acts import matched
from tests.factories.accounts import make_user
from tests.factories.payments import make_payment
from trail.queries.clock import database_now

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 60
EIGHTY = {"personnel": (500, 0, 80)}


def certify(row):
    actor, at = actor_from_user(make_user()), database_now()

    def act():
        fresh = PaymentRequest.objects.get(pk=row.pk)
        certify_payment(actor=actor, at=at, request=fresh, round_read=fresh.round)
        return "certified"

    return act


def two_approved(award):
    return [make_payment(award, PaymentState.APPROVED, lines=EIGHTY) for _ in range(2)]


def test_sixty_rounds_of_two_draws_of_80_on_100_pay_80():
    for _ in range(ROUNDS):
        award = matched(100)
        ends = at_once(*[certify(row) for row in two_approved(award)])
        assert sorted(map(str, ends)) == ["certified", "over_the_limit"]
        assert standing_of(award).drawn == Decimal(80)


def test_without_the_lock_the_award_pays_160(monkeypatch):
    """The twin: both read the sums before either writes."""
    award = matched(100)
    acts = [certify(row) for row in two_approved(award)]
    both = threading.Barrier(2)

    def unlocked(given):
        return Award.objects.select_related(*move_award.READ_WITH).get(pk=given.pk)

    def read_together(row, *, judged=None):
        found = standing_of(row, judged=judged)
        both.wait(timeout=10)
        return found

    monkeypatch.setattr(move_award, "lock_award", unlocked)
    monkeypatch.setattr("grants.actions.certify_payment.standing_of", read_together)
    assert at_once(*acts) == ["certified", "certified"]
    assert standing_of(award).drawn == Decimal(160)


def test_a_double_click_certifies_once():
    award = matched(100)
    row, _ = two_approved(award)
    actor, at = actor_from_user(make_user()), database_now()

    def act():
        return certify_payment(
            actor=actor, at=at, request=row, round_read=row.round, key="once"
        ).number

    assert at_once(act, act) == [1, 1]
    assert standing_of(award).drawn == Decimal(80)


def test_two_people_who_submit_a_request_submit_it_once():
    award = matched(100)
    actor, at = actor_from_user(make_user()), database_now()
    rows = [make_payment(award, PaymentState.DRAFT, lines=EIGHTY)]

    def act():
        done = submit_payment(actor=actor, at=at, request=rows[0], title="Director")
        return f"round {done.round}"

    assert at_once(act, act) == ["illegal_transition", "round 1"]
