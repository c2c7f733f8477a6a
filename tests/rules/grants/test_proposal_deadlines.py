"""The close: the stated minute is in time, the next instant is not; the clock change is fair."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from grants.rules.late import LONGEST_LEAVE, MAY_COME_LATE, leave_refusals
from grants.rules.reminders import BEFORE_CLOSE, next_reminder
from grants.rules.starting import is_taking, last_minute
from grants.rules.states import CompetitionState

EASTERN = ZoneInfo("America/New_York")
OPEN, CLOSED = CompetitionState.OPEN, CompetitionState.CLOSED
CLOSE = datetime(2026, 3, 3, 17, tzinfo=EASTERN)  # stated as 4:59 p.m.

ARRIVALS = [
    ("the stated minute begins", datetime(2026, 3, 3, 16, 59, tzinfo=EASTERN), True),
    ("its last microsecond", CLOSE - timedelta(microseconds=1), True),
    ("the next instant", CLOSE, False),
    ("a second late", CLOSE + timedelta(seconds=1), False),
    ("the same wall clock further west", CLOSE.replace(tzinfo=ZoneInfo("America/Denver")), False),
]


@pytest.mark.parametrize(("words", "at", "is_in_time"), ARRIVALS)
def test_what_counts_as_in_time(words, at, is_in_time):
    assert is_taking(OPEN, CLOSE, at) is is_in_time, words
    assert is_taking(CLOSED, CLOSE, at) is is_in_time, "closed meanwhile: the arrival decides"


def test_the_hour_that_comes_twice_is_told_apart():
    """On the night of November 1, 2026 it is 1:30 a.m. twice; only the first is in time."""
    close = datetime(2026, 11, 1, 6, tzinfo=UTC)  # 2 a.m. summer time, 1 a.m. standard time
    first = datetime(2026, 11, 1, 1, 30, tzinfo=EASTERN, fold=0)
    second = datetime(2026, 11, 1, 1, 30, tzinfo=EASTERN, fold=1)
    assert is_taking(OPEN, close, first.astimezone(UTC))
    assert not is_taking(OPEN, close, second.astimezone(UTC))


@pytest.mark.parametrize("state", set(CompetitionState) - {OPEN, CLOSED})
def test_no_other_state_takes_anything(state):
    assert not is_taking(state, CLOSE, CLOSE - timedelta(days=1))


def test_pages_name_the_last_minute_that_counts():
    assert last_minute(CLOSE) == datetime(2026, 3, 3, 16, 59, tzinfo=EASTERN)
    assert last_minute(None) is None


def test_reminders_come_nearer_and_stop():
    at, seen = CLOSE - timedelta(days=40), []
    while (due := next_reminder(CLOSE, at)) is not None:
        seen.append(CLOSE - due)
        at = due
    assert tuple(seen) == BEFORE_CLOSE


def codes(**changes):
    values = {
        "state": CLOSED,
        "closes_at": CLOSE,
        "at": CLOSE + timedelta(hours=1),
        "until": CLOSE + timedelta(hours=25),
        "is_withdrawn": False,
        **changes,
    }
    return [one.code for one in leave_refusals(**values)]


def test_a_leave_is_for_the_time_after_the_close_and_short():
    assert codes() == []
    assert codes(at=CLOSE - timedelta(seconds=1)) == ["not_closed"]
    at = CLOSE + timedelta(hours=1)
    assert codes(until=at) == ["leave_until"]
    assert codes(until=at + LONGEST_LEAVE + timedelta(seconds=1)) == ["leave_until"]
    assert codes(is_withdrawn=True) == ["withdrawn"]
    assert codes(state=CompetitionState.REVIEW) == ["judging_began"]
    assert CompetitionState.REVIEW not in MAY_COME_LATE
