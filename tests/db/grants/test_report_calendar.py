"""The calendar opens reports, writes each step exactly once, and survives standing still."""

from collections import Counter
from datetime import timedelta

from accounts.rules.roles import AgencyRoleKind
from grants.actions.schedule_reports import WATCH
from grants.actions.watch_reports import watch_reports
from grants.models import ReportReminder
from grants.rules.award_states import AwardState
from grants.rules.report_states import ReportOutcome, ReportState
from kit.periods import end_of_day
from records.actions.set_deadline import set_deadline, sweep_deadlines
from records.models import Deadline, Letter
from tests.db.grants.report_acts import judged, seated, signed
from tests.factories.accounts import make_officer
from tests.factories.awards import make_award
from tests.factories.reports import make_report
from trail.queries.clock import database_now

R = AgencyRoleKind


def noon(award, day):
    return end_of_day(day, award.agency.time_zone) - timedelta(hours=12)


def walked(award, first, days):
    """Sweep once a day; the steps in their order."""
    for shift in range(days):
        sweep_deadlines(at=noon(award, first + timedelta(days=shift)))
    return list(ReportReminder.objects.order_by("sent_at").values_list("step", flat=True))


def test_from_the_acceptance_to_the_grants_officer():
    award, administrator, _ = seated()
    officer = make_officer(award.agency, R.PROGRAMME_OFFICER)
    grants = make_officer(award.agency, R.GRANTS_OFFICER)
    watch_reports(award.case, award.answered_at)
    first = award.reports.order_by("due_on", "pk").first()
    assert first.due_on >= award.answered_at.date() + timedelta(days=29)
    start = award.answered_at.date()
    days = (first.due_on - start).days + 62
    walked(award, start, days)
    steps = Counter(first.reminders.values_list("step", flat=True))
    assert steps == {
        "due_soon": 1,
        "mail_1": 1,
        "officer_15": 1,
        "remedy_30": 1,
        "grants_60": 1,
    }
    days_of = {one.step: (one.sent_on - first.due_on).days for one in first.reminders.all()}
    assert days_of == {
        "due_soon": -7,
        "mail_1": 1,
        "officer_15": 15,
        "remedy_30": 30,
        "grants_60": 60,
    }
    remedy = Letter.objects.filter(subject__startswith="Notice of remedy").first()
    assert "2 CFR 200.339" in remedy.text
    assert "2 CFR 200.342" in remedy.text
    assert remedy.to_address != officer.email
    told = Letter.objects.filter(to_address=officer.email)
    assert {one.subject.split(":")[0] for one in told} == {"Reports are fifteen days late"}
    told = Letter.objects.filter(to_address=grants.email)
    assert {one.subject.split(",")[0].split(":")[0] for one in told} == {
        "Reports are sixty days late"
    }
    assert Letter.objects.filter(to_address=administrator.email).exists()


def test_running_twice_writes_nothing_twice():
    award, _, _ = seated()
    row = make_report(award, ReportState.OPEN)
    at = noon(award, row.due_on + timedelta(days=1))
    watch_reports(award.case, at)
    letters = Letter.objects.filter(case=award.case).count()
    assert letters == award.group.seats.count()
    watch_reports(award.case, at)
    watch_reports(award.case, at + timedelta(hours=3))
    assert Letter.objects.filter(case=award.case).count() == letters
    assert ReportReminder.objects.count() == 1


def test_after_standing_still_one_step_a_day():
    award, _, _ = seated()
    row = make_report(award, ReportState.OPEN)
    set_deadline(case=award.case, kind=WATCH, due_at=database_now())
    steps = walked(award, row.due_on + timedelta(days=70), 8)
    assert steps == ["mail_1", "officer_15", "remedy_30", "grants_60"]
    assert not Deadline.objects.filter(case=award.case, kind=WATCH, swept_at=None).exists()


def test_a_submitted_report_is_remembered_no_more_and_a_revision_anew():
    award, _, representative = seated()
    row = make_report(award, ReportState.DRAFT)
    watch_reports(award.case, noon(award, row.due_on + timedelta(days=1)))
    at = noon(award, row.due_on + timedelta(days=2))
    signed(row, representative, at=at)
    watch_reports(award.case, noon(award, row.due_on + timedelta(days=20)))
    assert row.reminders.count() == 1
    row.refresh_from_db()
    day = row.due_on + timedelta(days=30)
    judged(row, ReportOutcome.REVISE, revise_by=day, at=noon(award, day - timedelta(days=5)))
    walked(award, day, 3)
    assert list(row.reminders.values_list("round", "step")) == [
        (0, "mail_1"),
        (1, "due_soon"),
        (1, "mail_1"),
    ]


def test_an_award_of_earlier_days_gets_its_schedule_and_thirty_days():
    award, _, _ = seated()
    now = database_now()
    set_deadline(case=award.case, kind=WATCH, due_at=now)
    sweep_deadlines(at=now)
    assert award.reports.exists()
    assert min(one.due_on for one in award.reports.all()) >= now.date() + timedelta(days=29)
    assert {one.status for one in award.reports.filter(number=1)} == {ReportState.OPEN}
    assert not Letter.objects.filter(case=award.case).exists()


def test_an_award_that_is_not_accepted_owes_nothing():
    award = make_award(AwardState.OFFERED)
    watch_reports(award.case, database_now())
    assert not award.reports.exists()
