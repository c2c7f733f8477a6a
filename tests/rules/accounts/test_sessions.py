"""How long a sign-in lasts, and what a browser is called."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules.devices import device_words
from accounts.rules.sessions import (
    SessionLimits,
    SessionTimes,
    ends_at,
    in_words,
    is_worth_noting,
    why_ended,
)

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
MINUTES = timedelta(minutes=1)
OFFICER = SessionLimits(15 * MINUTES, timedelta(hours=12))

CASES = """
    began  seen   at     why
    0      0      14     -
    0      0      15     idle
    0      10     24     -
    0      10     25     idle
    0      719    719    -
    0      719    720    too_long
    0      0      720    too_long
"""


@pytest.mark.parametrize("line", CASES.split("\n")[2:-1])
def test_a_sign_in_ends(line):
    began, seen, at, why = line.split()
    times = SessionTimes(NOON + int(began) * MINUTES, NOON + int(seen) * MINUTES)
    refusal = why_ended(times, OFFICER, NOON + int(at) * MINUTES)
    assert (refusal.code if refusal else "-") == why


@given(st.integers(0, 800), st.integers(0, 800), st.integers(0, 2000))
def test_the_end_is_the_first_refused_instant(began, seen, at):
    times = SessionTimes(NOON + began * MINUTES, NOON + seen * MINUTES)
    now = NOON + at * MINUTES
    assert (why_ended(times, OFFICER, now) is not None) == (now >= ends_at(times, OFFICER))


def test_activity_is_noted_once_a_minute():
    times = SessionTimes(NOON, NOON)
    assert not is_worth_noting(times, NOON + timedelta(seconds=59))
    assert is_worth_noting(times, NOON + timedelta(seconds=60))


def test_the_sentence_says_how_long():
    times = SessionTimes(NOON, NOON)
    assert "15 minutes without activity" in why_ended(times, OFFICER, NOON + 20 * MINUTES).sentence
    assert in_words(timedelta(seconds=90)) == "90 seconds"


AGENTS = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0 Safari/537.36 Edg/140.0": "Edge on Windows",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1": "Safari on iPhone",
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36": (
        "Chrome on Android"
    ),
    "": "Unknown browser",
    "something (Windows)": "Unknown browser on Windows",
}


@pytest.mark.parametrize(("agent", "words"), AGENTS.items())
def test_a_browser_in_words(agent, words):
    assert device_words(agent) == words
