"""Local times of an agency: every one names one instant, or is refused."""

# ruff: noqa: DTZ001 - local times have no zone; that is what is tested

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.rules.local_times import (
    first_late,
    instant_of,
    last_minute,
    local_of,
    moment_words,
    zone_names,
)
from kit.refusals import Refused

REFUSED = """
America/New_York    2027-03-14 02:30  time_missing
America/New_York    2027-11-07 01:30  time_twice
America/Chicago     2027-03-14 02:00  time_missing
Europe/Berlin       2027-03-28 02:15  time_missing
Australia/Lord_Howe 2027-04-04 01:45  time_twice
America/Nowhere     2027-01-01 12:00  zone_unknown
EST5EDT             2027-01-01 12:00  zone_unknown
"""
TAKEN = """
America/New_York 2027-03-14 03:00  2027-03-14T07:00
America/New_York 2027-03-14 01:59  2027-03-14T06:59
America/New_York 2027-11-07 00:59  2027-11-07T04:59
America/New_York 2027-11-07 02:00  2027-11-07T07:00
America/Phoenix  2027-03-14 02:30  2027-03-14T09:30
"""


def rows(table):
    return [line.split() for line in table.strip().splitlines()]


@pytest.mark.parametrize(("zone", "day", "time", "code"), rows(REFUSED))
def test_a_time_that_clocks_skip_or_show_twice_is_refused(zone, day, time, code):
    with pytest.raises(Refused) as refused:
        instant_of(datetime.fromisoformat(f"{day}T{time}"), zone)
    assert refused.value.refusal.code == code


@pytest.mark.parametrize(("zone", "day", "time", "instant"), rows(TAKEN))
def test_a_time_beside_the_odd_night_is_taken(zone, day, time, instant):
    found = instant_of(datetime.fromisoformat(f"{day}T{time}"), zone)
    assert found == datetime.fromisoformat(instant).replace(tzinfo=UTC)


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2035, 1, 1)), st.sampled_from(sorted(zone_names()))
)
def test_what_is_taken_reads_back_as_it_was_typed(local, zone):
    local = local.replace(second=0, microsecond=0)
    try:
        instant = instant_of(local, zone)
    except Refused:
        return
    assert local_of(instant, zone) == local


def test_a_stated_minute_counts_to_its_end():
    stated = instant_of(datetime(2026, 3, 3, 16, 59), "America/New_York")
    assert first_late(stated) - stated == timedelta(minutes=1)
    assert last_minute(first_late(stated)) == stated
    assert moment_words(stated, "America/New_York").startswith("4:59 p.m., Tuesday, March 3, 2026")
