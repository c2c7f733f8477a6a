"""The schedule of reports, what a report must say, and when which step is taken."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.rules import report_schedule as schedule
from grants.rules.report_form import (
    STATEMENT,
    Milestone,
    clean_answers,
    milestone_day,
    performance_refusals,
    reviewer_refusal,
    revision_refusal,
)
from grants.rules.report_states import ReminderStep, ReportKind, ReportPace
from tests.factories.reports import ANSWERS

# Award, pace: each period with the day on which its reports are due. The last is the final one.
TABLE = """
    2026-02-15 2027-01-10 quarterly
        2026-02-15 2026-03-31 2026-04-30
        2026-04-01 2026-06-30 2026-07-30
        2026-07-01 2026-09-30 2026-10-30
        2026-10-01 2026-12-31 2027-01-30
        2027-01-01 2027-01-10 2027-05-10
    2026-02-15 2027-01-10 half_yearly
        2026-02-15 2026-03-31 2026-04-30
        2026-04-01 2026-09-30 2026-10-30
        2026-10-01 2027-01-10 2027-05-10
    2026-02-15 2028-09-30 yearly
        2026-02-15 2026-09-30 2026-12-29
        2026-10-01 2027-09-30 2027-12-29
        2027-10-01 2028-09-30 2029-01-28
    2028-02-29 2028-03-01 quarterly
        2028-02-29 2028-03-01 2028-06-29
"""


def cases():
    found = []
    for line in TABLE.strip("\n").splitlines():
        words = line.split()
        if not line.startswith("        "):
            found.append(
                ((date.fromisoformat(words[0]), date.fromisoformat(words[1])), words[2], [])
            )
        else:
            found[-1][2].append(tuple(date.fromisoformat(one) for one in words))
    return found


@pytest.mark.parametrize(("award", "pace", "expected"), cases())
def test_the_federal_calendar(award, pace, expected):
    rows = schedule.report_schedule(*award, ReportPace(pace))
    for kind in ReportKind:
        mine = [one for one in rows if one.kind is kind]
        assert [(one.covers_from, one.covers_through, one.due_on) for one in mine] == expected
        assert [one.number for one in mine] == list(range(1, len(expected) + 1))
        assert [one.is_final for one in mine] == [False] * (len(mine) - 1) + [True]


DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


@given(DAYS, st.integers(0, 3000), st.sampled_from(ReportPace))
def test_periods_cover_the_award_without_gap_or_overlap(first, length, pace):
    last = first + timedelta(days=length)
    found = list(schedule.periods(first, last, pace))
    assert found[0][0] == first
    assert found[-1][1] == last
    for (_, end), (start, _) in pairwise(found):
        assert start == end + timedelta(days=1)
        assert (end.month, end.day) in schedule.ENDS[pace]


def test_no_report_is_due_before_it_could_be_asked_for():
    asked = date(2026, 12, 1)
    rows = schedule.report_schedule(
        date(2026, 2, 15), date(2027, 1, 10), ReportPace.QUARTERLY, asked
    )
    assert min(one.due_on for one in rows) == date(2026, 12, 31)
    assert max(one.due_on for one in rows) == date(2027, 5, 10)


DUE = date(2026, 4, 30)


@pytest.mark.parametrize(
    ("day", "sent", "expected"),
    [
        (date(2026, 4, 22), "", None),
        (date(2026, 4, 23), "", "due_soon"),
        (date(2026, 4, 30), "due_soon", None),
        (date(2026, 5, 1), "due_soon", "mail_1"),
        (date(2026, 5, 1), "", "mail_1"),
        (date(2026, 5, 14), "mail_1", None),
        (date(2026, 5, 15), "mail_1", "officer_15"),
        (date(2026, 5, 29), "mail_1 officer_15", None),
        (date(2026, 5, 30), "mail_1 officer_15", "remedy_30"),
        (date(2026, 6, 29), "mail_1 officer_15 remedy_30", "grants_60"),
        (date(2027, 6, 29), "mail_1 officer_15 remedy_30 grants_60", None),
    ],
)
def test_steps_come_on_their_day_and_once(day, sent, expected):
    before = {ReminderStep(one): date(2026, 1, 1) for one in sent.split()}
    found = schedule.next_step(DUE, before, day)
    assert (found.value if found else None) == expected


def test_after_a_long_silence_steps_come_in_order_one_a_day():
    sent, day = {}, DUE + timedelta(days=100)
    for expected in ("mail_1", "officer_15", "remedy_30", "grants_60"):
        step = schedule.next_step(DUE, sent, day)
        assert step.value == expected
        sent[step] = day
        assert schedule.next_step(DUE, sent, day) is None
        day = schedule.next_step_day(DUE, sent, day) or day
    assert schedule.next_step_day(DUE, sent, day) is None


@given(st.lists(st.sampled_from(ReminderStep), unique=True), st.integers(-40, 200))
def test_the_next_day_never_misses_a_step(done, shift):
    today = DUE + timedelta(days=shift)
    sent = dict.fromkeys(done, date(2026, 1, 1))
    day = schedule.next_step_day(DUE, sent, today)
    later = [today + timedelta(days=one) for one in range(1, 120)]
    first = next((one for one in later if schedule.next_step(DUE, sent, one)), None)
    # It may look too early, where a step is skipped on the last day; never too late.
    assert first is None or (day is not None and day <= first)


def test_late_is_counted_in_days():
    assert schedule.days_late(DUE, DUE) == 0
    assert schedule.days_late(DUE, DUE + timedelta(days=1)) == 1


def test_a_report_needs_its_parts_and_every_milestone():
    goals = [Milestone(1, "A network"), Milestone(3, "A study")]
    found = performance_refusals(clean_answers({}), goals)
    assert set(found) == {"done", "results", "difficulties", "next", "standing_1", "standing_3"}
    rows = {"1": {"standing": "done", "words": ""}, "3": {"standing": "late", "words": " "}}
    found = performance_refusals({**ANSWERS, "milestones": rows}, goals)
    assert list(found) == ["words_3"]
    rows["3"]["words"] = "The college lost its lab; we rent another."
    assert performance_refusals({**ANSWERS, "milestones": rows}, goals) == {}
    assert list(performance_refusals({**ANSWERS, "done": "Much."}, ())) == ["done"]
    rows["1"]["standing"] = "invented"
    assert list(performance_refusals({**ANSWERS, "milestones": rows}, goals)) == ["standing_1"]


def test_answers_keep_their_shape_whatever_comes():
    kept = clean_answers({"done": 7, "other": "x", "milestones": {"2": {"standing": "", "x": 1}}})
    assert kept["done"] == "7"
    assert "other" not in kept
    assert kept["milestones"] == {}


def test_nobody_reviews_an_own_report():
    assert reviewer_refusal(reviewer=1, submitters=[2, 1]).code == "own_report"


@pytest.mark.parametrize(
    ("words", "days", "code"),
    [
        (" ", 10, "words_missing"),
        ("Which firms?", None, "no_day_to_revise"),
        ("Which firms?", 0, "no_day_to_revise"),
        ("Which firms?", 91, "no_day_to_revise"),
        ("Which firms?", 90, None),
        ("Which firms?", 1, None),
    ],
)
def test_a_revision_says_what_and_by_when(words, days, code):
    today = date(2026, 5, 1)
    by = None if days is None else today + timedelta(days=days)
    refusal = revision_refusal(words, by, today)
    assert (refusal.code if refusal else None) == code


def test_months_of_an_award_end_with_its_days():
    assert milestone_day(date(2026, 10, 1), 3) == date(2026, 12, 31)
    assert milestone_day(date(2026, 1, 15), 12) == date(2027, 1, 14)


def test_each_kind_has_its_statement():
    assert set(STATEMENT) == {one.value for one in ReportKind}
