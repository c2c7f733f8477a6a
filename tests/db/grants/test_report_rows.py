"""The database itself keeps reports, their rounds, reviews and reminders."""

from datetime import timedelta

import pytest

from grants.models import ReportReminder, ReportReview, ReportRound
from grants.rules.award_states import AwardState
from grants.rules.report_states import ReportOutcome, ReportState
from tests.constraints import refused_by, refused_by_trigger
from tests.db.grants.test_award_rows import change
from tests.factories.accounts import make_user
from tests.factories.awards import make_award
from tests.factories.reports import make_report, review_round, submit_round
from trail.queries.clock import database_now


@pytest.fixture
def award():
    return make_award()


def test_a_report_in_order(award):
    row = make_report(award)
    with refused_by("award_report_once"):
        make_report(award, ReportState.SCHEDULED)
    with refused_by("award_report_days_in_order"):
        change(row, due_on=row.covers_through)
    with refused_by("award_report_signed_paired"):
        change(row, signed_title="Director")
    with refused_by("award_report_signed_paired"):
        change(row, state=ReportState.SUBMITTED)
    with refused_by("award_report_revision_has_day"):
        change(row, revise_by=row.due_on)
    with refused_by_trigger():
        change(row, state=ReportState.ACCEPTED)
    with refused_by_trigger():
        type(row).objects.filter(pk=row.pk).delete()


def test_the_schedule_of_a_report_never_changes(award):
    row = make_report(award)
    for changes in (
        {"number": 2},
        {"kind": "financial"},
        {"covers_from": row.covers_from - timedelta(days=1)},
        {"covers_through": row.covers_through - timedelta(days=1)},
        {"is_final": True},
    ):
        with refused_by_trigger():
            change(row, **changes)
    change(row, due_on=row.due_on + timedelta(days=10))


@pytest.mark.parametrize("state", [ReportState.SUBMITTED, ReportState.ACCEPTED])
def test_submitted_words_stand(award, state):
    row = make_report(award, state)
    for changes in ({"answers": {}}, {"remarks": "More"}, {"round": 2}, {"statement": "Other"}):
        with refused_by_trigger():
            change(row, **changes)


def test_a_round_is_signed_once_and_never_changes(award):
    row = make_report(award, ReportState.SUBMITTED)
    made = row.rounds.get()
    with refused_by("report_round_once"):
        submit_round(row, round=1)
    with refused_by("report_round_signed"):
        submit_round(row, signed_title="")
    with refused_by_trigger():
        change(made, answers={})
    with refused_by_trigger():
        ReportRound.objects.all().delete()


def test_a_review_is_of_another_person_and_once(award):
    author = make_user()
    row = make_report(award, ReportState.SUBMITTED, submitted_by=author)
    with refused_by_trigger():
        review_round(row, reviewed_by=author)
    with refused_by_trigger():
        review_round(row, round=2)
    with refused_by("report_review_says_what"):
        review_round(row, ReportOutcome.REVISE, words="")
    with refused_by("report_review_says_what"):
        review_round(row, ReportOutcome.REVISE, revise_by=None)
    with refused_by("report_review_says_what"):
        review_round(row, revise_by=row.due_on)
    made = review_round(row)
    with refused_by("report_review_once"):
        review_round(row)
    with refused_by_trigger():
        change(made, words="Other")
    with refused_by_trigger():
        ReportReview.objects.all().delete()


def test_a_reminder_is_one_of_the_steps_and_sent_once(award):
    row = make_report(award)
    values = {"round": 0, "sent_on": row.due_on, "sent_at": database_now()}
    made = ReportReminder.objects.create(report=row, step="mail_1", **values)
    with refused_by("report_reminder_once"):
        ReportReminder.objects.create(report=row, step="mail_1", **values)
    with refused_by("report_reminder_is_step"):
        ReportReminder.objects.create(report=row, step="other", **values)
    with refused_by_trigger():
        change(made, sent_on=row.covers_from)


def test_the_pace_of_reports_is_a_term_of_the_award(award):
    with refused_by_trigger():
        change(award, report_pace="yearly")
    drafted = make_award(AwardState.DRAFTED)
    with refused_by("award_report_pace_known"):
        change(drafted, report_pace="monthly")
    change(drafted, report_pace="yearly")
