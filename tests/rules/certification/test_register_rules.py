"""What the register shows, and what it hides."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.rules.register import (
    DenialLine,
    Published,
    Standing,
    denial_from,
    denial_snapshot,
    entry_from,
    entry_snapshot,
    suppressed,
)
from certification.rules.register_columns import COLUMNS, register_row
from tests.rules.certification.entries import an_entry

# day          standing
STANDING = """
2026-03-02     not_yet
2026-03-03     in_force
2030-03-02     in_force
2030-03-03     ended
"""


@pytest.mark.parametrize("line", STANDING.strip().splitlines())
def test_standing_on_a_day(line):
    day, standing = line.split()
    assert an_entry().standing(date.fromisoformat(day)) is Standing(standing)


def test_a_snapshot_reads_back_as_the_entry():
    entry = an_entry()
    assert entry_from(entry_snapshot(entry)) == entry
    line = DenialLine("denied", date(2026, 3, 3), "An agency", ("Share of jobs",))
    assert denial_from(denial_snapshot(line)) == line


def test_a_row_fits_its_columns():
    found = Published(an_entry(), 3, "2026-03-04T12:00:00+00:00", "ab")
    row = register_row(found, date(2026, 4, 1))
    held = dict(zip([column.name for column in COLUMNS], row, strict=True))
    assert held["standing"] == "in_force"
    assert held["ends_on"] == date(2030, 3, 3)


# counts                 shown
SUPPRESSED = """
a=7 b=9                  a=7 b=9
a=7 b=2 c=9              a=? b=? c=9
a=7 b=2 c=1              a=7 b=? c=?
a=4                      a=?
a=0 b=6                  b=6
"""


@pytest.mark.parametrize("line", SUPPRESSED.strip().splitlines())
def test_small_counts_are_hidden(line):
    counts, shown = _split(line)
    found = {one.role: str(one.count or "?") for one in suppressed(counts)}
    assert found == shown


def _split(line):
    left, right = (part for part in line.split("   ") if part.strip())
    counts = {k: int(v) for k, v in (part.split("=") for part in left.split())}
    return counts, dict(part.split("=") for part in right.split())


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12), max_size=8))
def test_no_hidden_count_follows_from_the_total(counts):
    shown = suppressed(counts)
    hidden = [one for one in shown if one.count is None]
    assert len(hidden) != 1 or len(shown) == 1
    assert all(one.count is None or one.count >= 5 for one in shown)
