"""Two who submit, judge or sweep at once: one act, and the database holds it without the lock."""

import pytest
from django.db import DatabaseError

from grants.actions import move_report
from grants.actions.watch_reports import watch_reports
from grants.models import AwardReport
from grants.rules.report_states import ReportOutcome, ReportState
from tests.db.certification.test_submission_race import at_once
from tests.db.grants.report_acts import judged, seated, signed
from tests.factories.accounts import make_user
from tests.factories.certification_groups import seat_representative
from tests.factories.reports import make_report
from trail.queries.clock import database_now

pytestmark = pytest.mark.django_db(transaction=True)


def fresh(row):
    return AwardReport.objects.select_related("award__agency").get(pk=row.pk)


def signer(row, person):
    def act():
        signed(fresh(row), person)
        return "submitted"

    return act


def scene():
    award, _, first = seated()
    second = make_user()
    seat_representative(award.group, second)
    return award, make_report(award, ReportState.DRAFT), first, second


def test_two_representatives_submit_one_round():
    _, row, first, second = scene()
    ends = at_once(signer(row, first), signer(row, second))
    assert sorted(map(str, ends)) == ["illegal_transition", "submitted"]
    assert row.rounds.count() == 1
    assert fresh(row).round == 1


def test_two_officers_judge_a_round_once():
    _, row, first, _ = scene()
    signed(row, first)
    officers = make_user(), make_user()
    day = row.due_on

    def judge(person, outcome, **changes):
        def act():
            judged(fresh(row), outcome, person=person, **changes)
            return "judged"

        return act

    ends = at_once(
        judge(officers[0], ReportOutcome.ACCEPT),
        judge(officers[1], ReportOutcome.REVISE, words="Which firms?", revise_by=day),
    )
    assert sorted(map(str, ends)) == ["illegal_transition", "judged"]
    assert row.reviews.count() == 1


def test_two_sweeps_take_one_step():
    award, row, _, _ = scene()
    at = database_now()
    AwardReport.objects.filter(pk=row.pk).update(due_on=at.date())

    def sweep():
        watch_reports(award.case, at)
        return "swept"

    assert list(map(str, at_once(sweep, sweep))) == ["swept", "swept"]
    assert row.reminders.count() == 1


def test_without_the_lock_the_database_keeps_one_round(monkeypatch):
    """The twin: the second has read the draft before the first submitted it."""
    _, row, first, second = scene()
    stale = fresh(row)
    signed(row, first)
    monkeypatch.setattr(move_report, "lock_report", lambda _report: stale)
    with pytest.raises(DatabaseError, match=r"pgtrigger|report_round_once"):
        signed(fresh(row), second, version=stale.version)
    assert row.rounds.count() == 1
