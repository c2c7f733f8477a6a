"""Two who lock the same form lock it once; an entry that races the lock is in it or is not."""

import threading

import pytest

from grants.actions import lock_statement as locking
from grants.actions.lock_statement import lock_statement
from grants.models import AwardReport
from grants.queries.financial_statements import rederived
from grants.rules.match.accounts import MatchStep
from grants.rules.match.states import ContributionState
from grants.rules.report_states import ReportKind, ReportState
from tests.db.certification.test_submission_race import at_once
from tests.db.grants.payment_acts import acting, matched
from tests.factories.awards import add_evidence, make_contribution, make_pledge
from tests.factories.reports import make_report
from trail.queries.clock import database_now

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 10


def submitted(award):
    return make_report(
        award,
        ReportState.SUBMITTED,
        kind=ReportKind.FINANCIAL,
        covers_through=database_now().date(),
    )


def locker(report):
    given = acting()

    def act():
        fresh = AwardReport.objects.select_related("award__agency").get(pk=report.pk)
        lock_statement(**given, report=fresh)
        return "locked"

    return act


def test_locked_twice_at_once_is_locked_once():
    report = submitted(matched(100))
    ends = at_once(locker(report), locker(report))
    assert sorted(map(str, ends)) == ["locked", "locked_already"]
    assert report.statements.count() == 1


def verifier(award):
    from grants.actions.post_entry import Posting, post_entry  # noqa: PLC0415

    pledge = make_pledge(award, "Wood")
    gift = make_contribution(pledge, ContributionState.SUBMITTED, 50)
    add_evidence(gift.source, award)
    given = acting()
    entry = Posting(pledge, MatchStep.VERIFY, gift.amount, "Verified", gift)

    def act():
        post_entry(**given, entry=entry)
        return "verified"

    return act


def test_an_entry_that_races_the_lock_is_in_the_form_or_is_not():
    for _ in range(ROUNDS):
        award = matched(100)
        report = submitted(award)
        assert sorted(map(str, at_once(locker(report), verifier(award)))) == ["locked", "verified"]
        statement = report.statements.get()
        assert rederived(statement).is_equal
        whole = award.entries.count()
        given = {whole: "150.00", whole - 1: "100.00"}
        assert statement.lines["10j"] == given[statement.match_through]


def test_without_the_lock_the_form_is_refused_by_the_database(monkeypatch):
    """The twin: an entry comes between the sums and the row, and its trigger sees it."""
    award = matched(100)
    report, post = submitted(award), verifier(award)
    made, posted = threading.Event(), threading.Event()
    form_now = locking.form_now

    def slow(row):
        form = form_now(row)
        made.set()
        posted.wait(timeout=10)
        return form

    def entry():
        made.wait(timeout=10)
        try:
            return post()
        finally:
            posted.set()

    monkeypatch.setattr(locking, "hold_award", lambda pk: None)
    monkeypatch.setattr(locking, "form_now", slow)
    ends = at_once(locker(report), entry)
    assert "verified" in map(str, ends)
    assert "locked" not in map(str, ends)
    assert not report.statements.exists()
