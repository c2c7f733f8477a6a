"""Clocks count the days of staff, never those of the applicant."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.rules.clocks import (
    Clock,
    Course,
    Limits,
    Turn,
    due_on,
    limits_of,
    running,
)
from certification.rules.holidays import federal_holidays, is_business_day
from certification.rules.rulebook_v1 import rulebook_v1
from certification.rules.states import DECIDED, ApplicationState

LIMITS = Limits(10, 30, 90)
S = ApplicationState

# start       days  kind      turns of the applicant        due (or -)
DUE = """
2026-03-02    10    business  -                             2026-03-16
2026-06-30    3     business  -                             2026-07-06
2026-12-23    5     business  -                             2026-12-31
2026-03-02    30    calendar  -                             2026-04-01
2026-03-02    30    calendar  2026-03-10..2026-03-12        2026-04-04
2026-03-02    30    calendar  2026-03-10..2026-03-10        2026-04-02
2026-03-02    30    calendar  2026-03-10..                  -
2026-03-02    5     business  2026-03-04..2026-03-05        2026-03-11
2026-03-02    3     calendar  2026-04-01..                  2026-03-05
2026-03-02    30    calendar  2026-03-10..2026-03-12,2026-03-12..2026-03-13  2026-04-05
"""


def turns_from(text):
    if text == "-":
        return ()
    pairs = (one.split("..") for one in text.split(","))
    return tuple(
        Turn(date.fromisoformat(first), date.fromisoformat(last) if last else None)
        for first, last in pairs
    )


@pytest.mark.parametrize("line", DUE.strip().splitlines())
def test_due_day_follows_the_table(line):
    start, days, kind, turns, due = line.split()
    course = Course(S.INTAKE, date.fromisoformat(start), turns=turns_from(turns))
    found = due_on(course.submitted_on, int(days), course, business=kind == "business")
    assert found == (None if due == "-" else date.fromisoformat(due))


def test_holidays_of_a_year():
    assert date(2026, 7, 3) in federal_holidays(2026)
    assert date(2026, 11, 26) in federal_holidays(2026)
    assert date(2026, 5, 25) in federal_holidays(2026)
    assert len(federal_holidays(2026)) == 11
    assert not is_business_day(date(2021, 12, 31)), "New Year 2022 fell on a Saturday"


# state             accepted   clocks
RUNNING = """
submitted           no         first look
intake              no         first look
action_needed       no         first look
criteria_review     yes        criteria review, decision
intake              yes        criteria review, decision
decision_pending    yes        decision
denial_proposed     yes        decision
designated          yes        -
withdrawn           no         -
draft               never      -
"""


@pytest.mark.parametrize("line", RUNNING.strip().splitlines())
def test_which_clocks_run(line):
    state, accepted, clocks = line.split(None, 2)
    course = Course(
        S(state),
        None if accepted == "never" else date(2026, 3, 2),
        date(2026, 3, 9) if accepted == "yes" else None,
    )
    words = ", ".join(one.words for one in running(course, LIMITS, date(2026, 3, 10))).lower()
    assert words == ("" if clocks == "-" else clocks)


def test_a_stopped_clock_keeps_its_days():
    course = Course(
        S.ACTION_NEEDED, date(2026, 3, 2), date(2026, 3, 2), (Turn(date(2026, 3, 12), None),)
    )
    early = running(course, LIMITS, date(2026, 3, 12))
    late = running(course, LIMITS, date(2026, 4, 20))
    assert [one.days_left for one in early] == [one.days_left for one in late] == [21, 81]
    assert all(one.is_stopped and not one.is_late for one in late)


def test_a_clock_runs_late():
    course = Course(S.CRITERIA_REVIEW, date(2026, 3, 2), date(2026, 3, 2))
    (criteria, decision) = running(course, LIMITS, date(2026, 4, 2))
    assert criteria.clock is Clock.CRITERIA
    assert criteria.is_late
    assert criteria.days_left == -1
    assert not decision.is_late


def test_limits_come_from_the_rulebook():
    assert limits_of(rulebook_v1()) == LIMITS


days = st.dates(date(2024, 1, 1), date(2030, 1, 1))
closed_turns = st.builds(
    lambda first, length: Turn(first, first + timedelta(days=length)),
    days,
    st.integers(0, 40),
)


@given(days, st.integers(1, 90), st.lists(closed_turns, max_size=4), st.booleans())
def test_the_applicants_days_only_ever_add_time(start, count, turns, business):
    plain = due_on(start, count, Course(S.INTAKE, start), business=business)
    held = due_on(start, count, Course(S.INTAKE, start, turns=tuple(turns)), business=business)
    assert held >= plain
    assert not any(turn.holds(held) for turn in turns)


@given(days, st.lists(closed_turns, max_size=3), st.integers(0, 200))
def test_on_its_due_day_a_clock_has_no_days_left(start, turns, later):
    course = Course(S.CRITERIA_REVIEW, start, start, tuple(turns))
    for clock in running(course, LIMITS, start + timedelta(days=later)):
        (same,) = (one for one in running(course, LIMITS, clock.due_on) if one.clock == clock.clock)
        assert same.days_left == 0


def test_no_clock_runs_after_a_decision():
    for state in DECIDED:
        assert (
            running(Course(state, date(2026, 1, 1), date(2026, 1, 2)), LIMITS, date(2026, 2, 1))
            == ()
        )
