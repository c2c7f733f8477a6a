"""Jobs carried to another vintage are conserved but for what the report names."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.rules.concordances import Split, SplitRule, carry, successors
from mapping.rules.readers.tables import read_changes
from tests.rules.mapping.real_data import needs_real_data, real_file

OLD = ("111110", "111120", "111130", "999990")
CHANGES = [
    ("111110", "222210"),
    ("111120", "222210"),
    ("111120", "222220"),
    ("111130", "222210"),
    ("111130", "222220"),
    ("111130", "222230"),
    ("111130", "222230"),
]
EQUAL = Split(SplitRule.EQUAL)


def row(*jobs):
    return np.array([jobs], dtype=np.int64)


def test_split_in_equal_parts_stays_whole():
    found = carry(OLD, row(5, 7, 11, 0), CHANGES, EQUAL)
    assert found.codes == ("222210", "222220", "222230")
    assert found.table.tolist() == [[5 + 4 + 4, 3 + 4, 3]]
    assert found.ambiguous == {
        "111120": ("222210", "222220"),
        "111130": ("222210", "222220", "222230"),
    }
    assert (found.lost, found.rule) == ({"999990": 0}, "equal")


def test_split_by_employment_names_its_release_and_falls_back():
    split = Split(SplitRule.BY_EMPLOYMENT, {"222210": 30, "222220": 10}, "DR-1")
    found = carry(OLD, row(0, 8, 4, 3), CHANGES, split)
    assert found.table.tolist() == [[6 + 3, 2 + 1, 0]]
    assert (found.lost_employment, found.rule) == (3, "by-employment (DR-1)")
    without = carry(OLD, row(0, 8, 0, 0), CHANGES, Split(SplitRule.BY_EMPLOYMENT, {}, "DR-1"))
    assert without.table.tolist() == [[4, 4, 0]]
    assert without.shared_equally == ("111120", "111130")


codes = st.integers(0, 9).map(lambda n: f"11111{n}")
counts = st.integers(0, 5_000_000)


@given(
    changes=st.lists(st.tuples(codes, codes), max_size=30),
    table=st.lists(st.lists(counts, min_size=10, max_size=10), min_size=1, max_size=5),
    weights=st.dictionaries(codes, counts, max_size=10),
    rule=st.sampled_from(SplitRule),
)
def test_every_job_arrives_or_is_named(changes, table, weights, rule):
    old = tuple(f"11111{n}" for n in range(10))
    jobs = np.array(table, dtype=np.int64)
    found = carry(old, jobs, changes, Split(rule, weights))
    known = [at for at, code in enumerate(old) if code in successors(changes)]
    assert found.table.sum(axis=1).tolist() == jobs[:, known].sum(axis=1).tolist()
    assert found.table.sum() + found.lost_employment == jobs.sum()
    assert (found.table >= 0).all()


@needs_real_data
@pytest.mark.parametrize(
    ("years", "split"), [("2002_2007", 13), ("2007_2012", 6), ("2012_2017", 4), ("2017_2022", 9)]
)
def test_real_concordances_lose_no_job(years, split):
    _, _, table = read_changes(real_file(f"naics/concordance_{years}.csv"))
    pairs = [(change.old_code, change.new_code) for change in table.rows]
    old = sorted({code for code, _ in pairs})
    found = carry(old, np.full((2, len(old)), 1_001, dtype=np.int64), pairs, EQUAL)
    assert found.table.sum() == 2 * 1_001 * len(old)
    assert len(found.ambiguous) == split
    assert not found.lost
