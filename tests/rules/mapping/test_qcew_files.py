"""QCEW annual averages: private rows by kind of area, construction folded back to NAICS."""

import pytest

from mapping.rules.flags import WITHHELD
from mapping.rules.panel import TOTAL_CODE
from mapping.rules.readers.cells import KnownCodes
from mapping.rules.readers.layouts import Layout, layout_of
from mapping.rules.readers.qcew_files import read_qcew
from mapping.rules.readers.source_file import FileRefused, open_source
from mapping.rules.states import STATES
from tests.rules.mapping.real_data import needs_real_data, real_file
from tests.rules.mapping.test_cbp_files import jobs
from tests.rules.mapping.test_county_changes import naics_lists

HEADER = (
    "area_fips,own_code,industry_code,agglvl_code,size_code,year,qtr,disclosure_code,"
    "annual_avg_estabs,annual_avg_emplvl,total_annual_wages\n"
)
CODES = frozenset({"2381", "23811", "238110", "238120", "3118", "311811"})
STATE = KnownCodes(frozenset(STATES), {2017: CODES})
KNOWN = {
    "state": STATE,
    "nation": STATE,
    "cbsa": STATE,
    "county": KnownCodes(frozenset({"01001"}), {2017: CODES}),
}


def rows(*lines):
    text = "".join(
        f'"{area}","{own}","{code}","{level}","0","2019","A","{flag}",{est},{emp},{emp * 40_250}\n'
        for area, own, code, level, flag, est, emp in lines
    )
    return open_source("2019_annual.csv", (HEADER + text).encode())


def test_private_rows_of_every_kind_of_area():
    source = rows(
        ("US000", 5, "10", 11, "", 900, 9000),
        ("US000", 5, "311811", 18, "", 90, 800),
        ("01000", 0, "10", 50, "", 99, 990),
        ("01000", 5, "10", 51, "", 90, 900),
        ("01000", 5, "31-33", 54, "", 9, 90),
        ("01000", 5, "3118", 56, "", 9, 90),
        ("01000", 5, "311811", 58, "", 9, 90),
        ("01000", 3, "311811", 58, "", 1, 10),
        ("01001", 5, "311811", 78, "N", 2, 0),
        ("01999", 5, "311811", 78, "", 2, 7),
        ("C1018", 5, "311811", 48, "", 4, 44),
        ("72000", 5, "311811", 58, "", 4, 44),
    )
    assert layout_of(source) is Layout.QCEW
    found = read_qcew(source, KNOWN)
    assert jobs(found["nation"].cells) == {("US", TOTAL_CODE): 9000, ("US", "311811"): 800}
    assert jobs(found["state"].cells) == {("01", TOTAL_CODE): 900, ("01", "311811"): 90}
    assert jobs(found["state"].totals) == {("01", "3118"): 90}
    assert jobs(found["cbsa"].cells) == {("10180", "311811"): 44}
    county = found["county"].cells
    assert (county.cells["flag"].tolist(), county.statewide) == ([ord(WITHHELD)], {"01": 7})
    assert found["state"].cells.cells["payroll"].tolist() == [36_225, 3_623]


def test_construction_is_folded_and_a_withheld_part_takes_the_five_digit_row():
    found = read_qcew(
        rows(
            ("01000", 5, "238111", 58, "", 3, 30),
            ("01000", 5, "238112", 58, "", 2, 12),
            ("01000", 5, "238121", 58, "N", 3, 0),
            ("01000", 5, "238122", 58, "", 2, 12),
            ("02000", 5, "238111", 58, "N", 3, 0),
            ("02000", 5, "23811", 57, "", 5, 77),
        ),
        KNOWN,
    )["state"].cells
    assert jobs(found) == {("01", "238110"): 42, ("01", "238120"): 12, ("02", "238110"): 77}
    assert found.cells["flag"].tolist() == [0, ord(WITHHELD), 0]


def test_few_states_are_marked_as_a_slice():
    found = read_qcew(rows(("01000", 5, "311811", 58, "", 9, 90)), KNOWN)
    assert found["state"].cells.coverage["is_slice"] == 1


def test_two_years_or_nothing_private_are_refused():
    source = rows(("01000", 5, "311811", 58, "", 9, 90))
    two = source.text + source.text.split("\n")[1].replace("2019", "2020") + "\n"
    with pytest.raises(FileRefused, match="more than one year"):
        read_qcew(open_source("a.csv", two.encode()), KNOWN)
    with pytest.raises(FileRefused, match="no private rows"):
        read_qcew(rows(("01000", 3, "311811", 58, "", 9, 90)), KNOWN)


@needs_real_data
@pytest.mark.parametrize(
    ("path", "total", "cells", "withheld"),
    [
        ("qcew/raw_2019_a_area_10000.csv.gz", 389_170, 358_652, 308),
        ("qcew/raw_2019_a_area_23000.csv.gz", 524_449, None, None),
        ("qcew/state_annual_2019_core.csv.gz", 126_358_746, 122_360_840 - 130_853, 10_628),
    ],
)
def test_real_files_add_up(path, total, cells, withheld):
    known = KnownCodes(frozenset(STATES), naics_lists())
    found = read_qcew(real_file(path), dict.fromkeys(KNOWN, known))["state"].cells
    assert found.coverage["employment_by_total_rows"] == total
    assert cells is None or found.coverage["employment"] == cells
    assert withheld is None or found.coverage["withheld_cells"] == withheld
