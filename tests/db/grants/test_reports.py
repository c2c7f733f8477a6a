"""Writing, submitting and reviewing reports, and what is refused."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest

from grants.actions.save_report import StaleReport
from grants.actions.schedule_reports import WATCH, schedule_reports
from grants.models import ReportRound
from grants.queries.report_lists import said_in
from grants.queries.report_words import milestones_of
from grants.rules.award_states import AwardState
from grants.rules.report_states import ReportKind, ReportOutcome, ReportState
from kit.periods import end_of_day
from kit.refusals import Refused
from records.models import Deadline, Letter
from tests.db.grants.report_acts import judged, promise, saved, seated, signed
from tests.factories.accounts import make_user
from tests.factories.awards import make_award
from tests.factories.certification_groups import make_group
from tests.factories.reports import make_report
from trail.models import Entry
from trail.queries.clock import database_now


@contextmanager
def refused(code):
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.refusal.code == code


def day_after(days):
    return database_now().date() + timedelta(days=days)


def test_a_report_returned_revised_and_accepted():
    award, administrator, representative = seated()
    row = make_report(award, answers={})
    saved(row, administrator)
    row.refresh_from_db()
    assert (row.status, row.version) == (ReportState.DRAFT, 2)
    signed(row, representative)
    judged(row, ReportOutcome.REVISE, words="Which firms?", revise_by=day_after(15))
    row.refresh_from_db()
    assert (row.status, row.revise_by) == (ReportState.REVISION_REQUESTED, day_after(15))
    assert row.awaited_on == row.revise_by
    letter = Letter.objects.filter(subject__contains="please revise").first()
    assert "Which firms?" in letter.text
    saved(row, administrator, results="Forty firms: here is the list.")
    signed(row, representative)
    judged(row)
    row.refresh_from_db()
    assert (row.status, row.round, row.revise_by) == (ReportState.ACCEPTED, 2, None)
    first, second = row.rounds.all()
    assert first.answers["results"] == "Forty firms now share one calendar of machine hours."
    assert second.answers["results"] == "Forty firms: here is the list."
    assert (first.due_on, second.due_on) == (row.due_on, day_after(15))
    verbs = list(Entry.objects.filter(case=award.case).values_list("verb", flat=True))
    assert verbs[-5:] == [
        "start_report",
        "submit_report",
        "revise_report",
        "submit_report",
        "accept_report",
    ]


def test_saving_keeps_both_texts_apart():
    award, administrator, representative = seated()
    row = make_report(award, ReportState.DRAFT)
    saved(row, administrator, done="Mine: we held six workshops for the glass makers.")
    with pytest.raises(StaleReport) as stale:
        saved(row, representative, done="Theirs", version=1)
    assert stale.value.saved.answers["done"].startswith("Mine")
    again = saved(row, administrator, done="Mine: we held six workshops for the glass makers.")
    assert again.version == 2


@pytest.mark.parametrize("state", [ReportState.SCHEDULED, ReportState.SUBMITTED])
def test_nobody_writes_outside_the_open_time(state):
    award, administrator, _ = seated()
    with refused("illegal_transition"):
        saved(make_report(award, state), administrator, done="x" * 50)


def test_submitted_twice_is_submitted_once():
    award, _, representative = seated()
    row = make_report(award, ReportState.DRAFT)
    signed(row, representative, key="once")
    row.refresh_from_db()
    signed(row, representative, key="once")
    assert ReportRound.objects.count() == 1
    with refused("illegal_transition"):
        signed(row, representative, key="twice")


def test_only_a_representative_submits():
    award, administrator, _ = seated()
    row = make_report(award, ReportState.DRAFT)
    for person in (administrator, make_user()):
        with refused("not_representative"):
            signed(row, person)


def test_what_was_read_is_what_is_signed():
    award, administrator, representative = seated()
    row = make_report(award, ReportState.DRAFT)
    saved(row, administrator, next="Something else altogether.")
    with refused("words_changed"):
        signed(row, representative, version=1)


def test_an_unfinished_report_is_not_submitted():
    award, administrator, representative = seated()
    row = make_report(award, ReportState.DRAFT)
    with refused("title_missing"):
        signed(row, representative, title="  ")
    saved(row, administrator, results="  ")
    with refused("part_missing"):
        signed(row, representative)


def test_arrival_decides_whether_a_report_is_late():
    award, _, representative = seated()
    for number, (seconds, late) in enumerate(((-1, 0), (0, 1)), 1):
        row = make_report(award, ReportState.DRAFT, number=number)
        end = end_of_day(row.due_on, award.agency.time_zone)
        signed(row, representative, at=end + timedelta(seconds=seconds))
        entry = Entry.objects.filter(case=award.case, verb="submit_report").latest("pk")
        assert entry.facts["days_late"] == late


def test_the_group_of_another_award_and_an_award_not_accepted():
    award, _, representative = seated()
    other = make_award(AwardState.OFFERED, group=make_group(make_user()))
    row = make_report(other, ReportState.DRAFT)
    with refused("not_at_this_stage"):
        signed(row, representative)
    assert award.reports.count() == 0


def test_words_about_one_round_are_not_taken_for_another():
    award, administrator, representative = seated()
    row = make_report(award, ReportState.DRAFT)
    signed(row, representative)
    judged(row, ReportOutcome.REVISE, words="Which firms?", revise_by=day_after(3))
    saved(row, administrator, results="These firms.")
    signed(row, representative)
    with refused("another_round"):
        judged(row, round=1)
    row.refresh_from_db()
    assert (row.status, row.reviews.count()) == (ReportState.SUBMITTED, 1)
    judged(row, round=2)


def test_who_submitted_a_round_reviews_none():
    award, administrator, representative = seated()
    row = make_report(award, ReportState.DRAFT)
    signed(row, representative)
    with refused("own_report"):
        judged(row, person=representative)
    judged(row, ReportOutcome.REVISE, words="Which firms?", revise_by=day_after(3))
    saved(row, administrator, results="These firms.")
    row.award.group.seats.create(
        user=make_user(), role="authorized_representative", since=database_now()
    )
    second = row.award.group.seats.latest("pk").user
    signed(row, second)
    for person in (representative, second):
        with refused("own_report"):
            judged(row, person=person)


def test_a_revision_needs_words_and_a_day():
    award, _, _ = seated()
    row = make_report(award, ReportState.SUBMITTED)
    with refused("words_missing"):
        judged(row, ReportOutcome.REVISE, words=" ", revise_by=day_after(5))
    with refused("no_day_to_revise"):
        judged(row, ReportOutcome.REVISE)


def test_a_review_twice():
    award, _, _ = seated()
    row = make_report(award, ReportState.SUBMITTED)
    judged(row, person=(officer := make_user()), key="k")
    judged(row, person=officer, key="k")
    assert row.reviews.count() == 1
    with refused("illegal_transition"):
        judged(row, ReportOutcome.REVISE, revise_by=day_after(5))


def test_the_schedule_is_made_once_and_with_the_pace_of_the_terms():
    award, _, _ = seated(report_pace="yearly")
    now = database_now()
    schedule_reports(award, now)
    schedule_reports(award, now)
    rows = list(award.reports.all())
    assert {one.kind for one in rows} == set(ReportKind)
    assert len(rows) in (2, 4)
    assert rows[-1].is_final
    assert {one.status for one in rows} == {ReportState.SCHEDULED}
    assert Deadline.objects.filter(case=award.case, kind=WATCH, swept_at=None).count() == 1


def test_milestones_are_those_that_the_submitted_proposal_promised():
    award, _, representative = seated(starts_on=date(2026, 3, 1), ends_on=date(2027, 2, 28))
    promise(award)
    first, second = milestones_of(award)
    assert (first.number, first.due_on) == (1, date(2026, 7, 31))
    assert (second.what, second.due_on) == ("Three workshops with the colleges", None)
    row = make_report(award, ReportState.DRAFT)
    with refused("milestone_missing"):
        signed(row, representative)
    rows = {str(number): {"standing": "on_track", "words": ""} for number in (1, 2)}
    saved(row, representative, milestones=rows)
    signed(row, representative)
    (said, *_) = said_in(row)
    assert said.title == "Milestone 1: A map of the suppliers of the region"
