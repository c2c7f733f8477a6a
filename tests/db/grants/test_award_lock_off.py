"""The twins of the races of awards: without a lock and the triggers both get what one may have."""

import threading

import pytest
from django.db import connection

from grants.actions import move_award, post_fund
from grants.actions import sign_award as sign_award_module
from grants.actions.answer_award import accept_award, decline_award
from grants.actions.post_fund import fund_balance
from grants.models import Award
from grants.queries.ledger_verification import verify_ledger
from grants.rules.match.accounts import FundAccount
from tests.db.grants.test_award_race import confirming, two_of_one_pool
from tests.db.grants.test_competition_race import at_once
from tests.factories.award_course import answer_of, offered

pytestmark = pytest.mark.django_db(transaction=True)


def test_without_the_lock_of_the_pool_it_reserves_more_than_it_has(monkeypatch):
    """The twin: both read what the pool has before either takes from it."""
    first, second = two_of_one_pool()
    both_have_read, one_is_done = threading.Barrier(2), threading.Event()

    def read_together(pool, award, account):
        found = fund_balance(pool, award, account)
        both_have_read.wait(timeout=20)
        if award is None and threading.current_thread() is waits[0]:
            assert one_is_done.wait(timeout=20)
        return found

    waits = []

    def unheld(course, *, is_first):
        act = confirming(course)

        def run():
            triggers_off()
            if is_first:
                done = act()
                one_is_done.set()
                return done
            waits.append(threading.current_thread())
            return act()

        return run

    for module in (post_fund, sign_award_module):
        monkeypatch.setattr(module, "lock_pool", lambda pool: pool)
    monkeypatch.setattr(post_fund, "fund_balance", read_together)
    acts = [unheld(second, is_first=False), unheld(first, is_first=True)]
    assert at_once(*acts) == ["signed", "signed"]
    assert fund_balance(first.selected.pool, None, FundAccount.AVAILABLE) == -100_000
    report = verify_ledger()
    assert not report.ok
    assert "left there" in report.reason


def test_without_the_lock_of_the_award_an_offer_has_two_answers(monkeypatch):
    """The twin: the award is accepted, and its money is back in the pool."""
    course = offered()
    given = {**course.acting("representative"), "answer": answer_of(course)}
    both_have_read, one_is_done, waits = threading.Barrier(2), threading.Event(), []

    def unlocked(award):
        row = Award.objects.select_related(*move_award.READ_WITH).get(pk=award.pk)
        both_have_read.wait(timeout=20)
        if threading.current_thread() in waits:
            assert one_is_done.wait(timeout=20)
        return row

    def accept():
        triggers_off()
        accept_award(**given)
        one_is_done.set()
        return "answered"

    def decline():
        waits.append(threading.current_thread())
        triggers_off()
        decline_award(**given)
        return "answered"

    monkeypatch.setattr(move_award, "lock_award", unlocked)
    assert at_once(accept, decline) == ["answered", "answered"]
    assert course.row.pledges.count() == 2
    assert fund_balance(course.selected.pool, course.award, FundAccount.OBLIGATED) == 0


def triggers_off():
    """For the rest of this session; the constraints stay."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
