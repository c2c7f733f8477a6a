"""County Business Patterns as Census publishes them, in the layout of every era."""

import pytest

from mapping.rules.flags import WITHHELD
from mapping.rules.national import as_cells, national_cells, national_table
from mapping.rules.panel import TOTAL_CODE, spread
from mapping.rules.readers.cbp_files import read_cbp
from mapping.rules.readers.cells import KnownCodes
from mapping.rules.readers.layouts import Layout, layout_of, year_in_name
from mapping.rules.readers.source_file import FileRefused, open_source
from mapping.rules.states import STATES
from mapping.rules.terms import NATION_CODE
from tests.rules.mapping.real_data import needs_real_data, real_file
from tests.rules.mapping.test_county_changes import naics_lists

CODES = frozenset({"31", "311", "3118", "31181", "311811", "311812", "311813"})
KNOWN = KnownCodes(
    regions=frozenset({"01001", "01003", "46113"}),
    industries=dict.fromkeys((1997, 2002, 2007, 2012, 2017, 2022), CODES),
)
SIZES = "n5_9,n10_19,n20_49,n50_99,n100_249,n250_499,n500_999,n1000,n1000_1,n1000_2,n1000_3,n1000_4"
BEFORE_NOISE = f"fipstate,fipscty,naics,empflag,emp,qp1,ap,est,n1_4,{SIZES},censtate,cencty"
WITH_NOISE = (
    "fipstate,fipscty,naics,empflag,emp_nf,emp,qp1_nf,qp1,ap_nf,ap,est,"
    f"n1_4,{SIZES},censtate,cencty"
)
WITHOUT_FLAG = f"fipstate,fipscty,naics,emp_nf,emp,qp1_nf,qp1,ap_nf,ap,est,n<5,{SIZES}"
WITH_BOTH = WITHOUT_FLAG.replace("naics,", "naics,empflag,")
HEADERS = {
    1998: BEFORE_NOISE,
    2006: BEFORE_NOISE,
    2007: WITH_NOISE,
    2014: WITH_NOISE,
    2015: WITH_NOISE.upper(),
    2016: WITH_NOISE,
    2017: WITH_BOTH,
    2018: WITHOUT_FLAG,
    2021: WITHOUT_FLAG,
    2023: WITHOUT_FLAG,
}


def line(header, *, quoted, **values):
    """One row: the columns named, ones elsewhere; texts quoted as the agency quotes them."""
    cells = []
    for column in header.lower().split(","):
        value = values.get(column, "")
        is_text = column in {"fipstate", "fipscty", "naics", "empflag"} or column.endswith("_nf")
        if not is_text:
            value = str(value or 1)
        cells.append(f'"{value}"' if quoted and is_text else value)
    return ",".join(cells)


def county_file(year, rows, *, header=None, quoted=True, end="\n"):
    header = header or HEADERS[year]
    head = ",".join(f'"{name}"' for name in header.split(",")) if quoted else header
    lines = [head, *(line(header, quoted=quoted, **row) for row in rows)]
    return open_source(f"cbp{year % 100:02}co.txt", (end.join(lines) + end).encode())


def cell(county, naics, est, emp, *, ap=0, **more):
    return {"fipstate": county[:2], "fipscty": county[2:], "naics": naics, "est": str(est),
            "emp": str(emp), "ap": str(ap or emp * 40), **more}  # fmt: skip


ROWS = [
    cell("01001", "------", 9, 130),
    cell("01001", "31----", 9, 130),
    cell("01001", "311///", 9, 130),
    cell("01001", "3118//", 9, 130),
    cell("01001", "31181/", 9, 130),
    cell("01001", "311811", 6, 110),
    cell("01001", "311812", 3, 20),
    cell("01003", "------", 4, 55),
    cell("01003", "3118//", 4, 55),
    cell("01003", "311811", 4, 55),
]


def jobs(parsed):
    return {
        (str(region), parsed.codes[record["code"]]): int(record["employment"])
        for region, record in zip(parsed.regions, parsed.cells, strict=True)
    }


@pytest.mark.parametrize("quoted", [True, False])
@pytest.mark.parametrize("year", HEADERS)
def test_each_era_gives_the_same_cells_and_totals(year, quoted):
    source = county_file(year, ROWS, quoted=quoted)
    assert (layout_of(source), year_in_name(source)) == (Layout.CBP_COUNTIES, year)
    found = read_cbp(source, "county", year, KNOWN)
    assert jobs(found.cells) == {
        ("01001", TOTAL_CODE): 130,
        ("01001", "311811"): 110,
        ("01001", "311812"): 20,
        ("01003", TOTAL_CODE): 55,
        ("01003", "311811"): 55,
    }
    assert jobs(found.totals) == {("01001", "3118"): 130, ("01003", "3118"): 55}
    assert found.cells.codes == (TOTAL_CODE, "311811", "311812", "311813")
    assert found.cells.dropped == {"rows of sectors, three and five digits": 3}
    assert found.cells.coverage["employment"] == 185
    assert found.cells.coverage["employment_by_total_rows"] == 185
    assert found.cells.coverage["counties_without_a_row"] == 1


def test_windows_line_ends_and_a_missing_last_one_change_nothing():
    plain = read_cbp(county_file(2021, ROWS), "county", 2021, KNOWN)
    windows = read_cbp(county_file(2021, ROWS, end="\r\n"), "county", 2021, KNOWN)
    source = county_file(2021, ROWS)
    cut = open_source("cbp21co.txt", source.text.rstrip("\n").encode())
    assert jobs(plain.cells) == jobs(windows.cells)
    assert jobs(plain.cells) == jobs(read_cbp(cut, "county", 2021, KNOWN).cells)


def test_size_class_marks_a_withheld_cell():
    rows = [cell("01001", "311811", 2, 0, empflag="B", emp_nf="D", ap_nf="D", ap="0"), ROWS[6]]
    found = read_cbp(county_file(2012, rows, header=WITH_NOISE), "county", 2012, KNOWN).cells
    assert found.cells["flag"].tolist() == [ord("B"), 0]
    assert found.coverage["withheld_cells"] == 1


@pytest.mark.parametrize("letter", ["D", "S", "N"])
def test_noise_flag_alone_withholds_without_a_class(letter):
    rows = [cell("01001", "311811", 3, 0, emp_nf=letter, ap="0")]
    found = read_cbp(county_file(2021, rows), "county", 2021, KNOWN).cells
    assert found.cells["flag"].tolist() == [ord(WITHHELD)]


def test_noise_is_counted_by_its_size():
    rows = [
        cell("01001", "311811", 6, 110, emp_nf="G"),
        cell("01001", "311812", 3, 20, emp_nf="H"),
        cell("01003", "311811", 4, 55, emp_nf="J"),
    ]
    coverage = read_cbp(county_file(2021, rows), "county", 2021, KNOWN).cells.coverage
    assert coverage["cells_with_noise_under_2_percent"] == 1
    assert coverage["cells_with_noise_2_to_5_percent"] == 1
    assert coverage["cells_with_noise_5_percent_or_more"] == 1


def test_statewide_rows_are_no_county_and_are_counted_by_state():
    rows = [*ROWS, cell("01999", "3118//", 5, 70), cell("01999", "311811", 5, 70)]
    found = read_cbp(county_file(2021, rows), "county", 2021, KNOWN).cells
    assert found.statewide == {"01": 70}
    assert found.lost_employment == 70
    assert found.coverage["statewide_employment"] == 70
    assert found.dropped["statewide rows (county 999), counted apart"] == 2
    assert "01999" not in set(found.regions)


def test_unclassified_jobs_are_left_out_and_reported_with_their_code():
    rows = [*ROWS[:7], cell("01001", "9999//", 3, 7), cell("01001", "999999", 3, 7)]
    found = read_cbp(county_file(2021, rows), "county", 2021, KNOWN)
    assert found.cells.unknown_codes == {"999999": 7}
    assert found.cells.lost_employment == 7
    assert jobs(found.totals) == {("01001", "3118"): 130}


def test_territories_are_left_out_and_counted():
    rows = [*ROWS, cell("72001", "311811", 3, 7)]
    found = read_cbp(county_file(2021, rows), "county", 2021, KNOWN).cells
    assert found.dropped["rows outside the fifty states and the District of Columbia"] == 1


def test_county_of_the_table_of_changes_is_read_and_named():
    rows = [*ROWS, cell("46102", "311811", 3, 7)]
    found = read_cbp(county_file(2021, rows), "county", 2021, KNOWN).cells
    assert found.mapped_regions == ("46102",)
    assert found.notes == (
        "County 46102 lies where 46113 does: Oglala Lakota, the new name of Shannon",
    )


def broken(index, **values):
    return [*ROWS[:index], {**ROWS[index], **values}, *ROWS[index + 1 :]]


@pytest.mark.parametrize(
    ("rows", "code", "says"),
    [
        (broken(5, emp="-9"), "bad_number", "line 7: emp is '-9'"),
        (broken(5, emp="9.5"), "bad_number", "line 7: emp is '9.5'"),
        (broken(5, est="x"), "bad_number", "line 7: est is 'x'"),
        (broken(5, emp="1234567890"), "bad_number", "'1234567890'"),
        (broken(5, naics="31181a"), "odd_codes", "'31181a'"),
        (broken(5, naics="-31181"), "odd_codes", "'-31181'"),
        (broken(5, naics="3118"), "odd_codes", "naics is '3118', not 6 characters"),
        (broken(5, fipscty="1"), "odd_codes", "fipscty is '1', not 3 characters"),
        (broken(5, fipscty="0x1"), "odd_codes", "fipscty is '0x1', not 3 digits"),
        (broken(5, fipscty="777"), "unknown_region", "01777 (1 rows) is not known"),
        (broken(5, emp_nf="Q"), "unknown_flag", "line 7: emp_nf is 'Q'"),
        ([*ROWS, ROWS[-1]], "duplicate_cell", "01003 311811 stand 2 times"),
        (broken(5, naics="311999"), "wrong_vintage", "1 codes with 110 jobs are not in NAICS 2017"),
        ([], "broken_rows", "a header and no rows"),
    ],
)
def test_faults_refuse_the_whole_file_and_are_named(rows, code, says):
    with pytest.raises(FileRefused) as caught:
        read_cbp(county_file(2021, rows), "county", 2021, KNOWN)
    assert caught.value.refusal.code == code
    assert says in caught.value.refusal.sentence


def test_row_of_another_length_is_named_with_its_line():
    text = county_file(2021, ROWS).text + "01,001,311813,G,5\n"
    with pytest.raises(FileRefused, match="line 12 has 5 columns instead of 23"):
        read_cbp(open_source("cbp21co.txt", text.encode()), "county", 2021, KNOWN)


@pytest.mark.parametrize(
    ("year", "header", "says"),
    [
        (2006, WITH_NOISE, "it has the column emp_nf, which files from 2007 on have"),
        (2012, BEFORE_NOISE, "it lacks the column emp_nf"),
        (2012, WITHOUT_FLAG, "it lacks the column empflag, which files from 1998 to 2017 have"),
        (2018, WITH_BOTH, "it has the column empflag"),
        (2017, WITH_NOISE, "it has the column n1_4, which files from 1998 to 2016 have"),
    ],
)
def test_header_of_another_era_is_refused(year, header, says):
    with pytest.raises(FileRefused) as caught:
        read_cbp(county_file(year, ROWS, header=header), "county", year, KNOWN)
    assert caught.value.refusal.code == "wrong_era"
    assert says in caught.value.refusal.sentence


def test_year_of_another_vintage_needs_its_own_list():
    known = KnownCodes(KNOWN.regions, {2012: CODES})
    with pytest.raises(FileRefused, match="load the list of NAICS 2017 codes first"):
        read_cbp(county_file(2021, ROWS), "county", 2021, known)


STATE_HEADER = "fipstate,naics,lfo,empflag,emp_nf,emp,qp1_nf,qp1,ap_nf,ap,est,f1_4,n1_4"


def test_state_file_counts_all_legal_forms_once():
    text = f"""{STATE_HEADER}
"01","------","-",,"G",900,"G",1,"G",9,40,,1
"01","------","C",,"G",800,"G",1,"G",9,30,,1
"01","311811","-",,"G",60,"G",1,"G",9,8,,1
"01","311811","C","B","D",0,"G",1,"G",9,7,,1
"01","311812","-","A","D",0,"D",0,"D",0,1,,1
"""
    source = open_source("cbp12st.txt", text.encode())
    assert layout_of(source) is Layout.CBP_STATES
    known = KnownCodes(frozenset(STATES), KNOWN.industries)
    found = read_cbp(source, "state", 2012, known)
    assert jobs(found.cells) == {
        ("01", TOTAL_CODE): 900, ("01", "311811"): 60, ("01", "311812"): 0,
    }  # fmt: skip
    assert found.cells.dropped == {"rows of one legal form": 2}
    assert found.totals is None


@needs_real_data
def test_nation_of_2012_as_published():
    source = real_file("cbp/cbp12us.txt.gz")
    known = KnownCodes(frozenset(), naics_lists())
    found = read_cbp(source, "nation", year_in_name(source), known)
    by_code = jobs(found.cells)
    assert by_code[NATION_CODE, TOTAL_CODE] == 115_938_468
    assert found.cells.coverage["employment"] == 113_174_515
    assert (found.cells.rows_read, len(found.totals.cells)) == (12_977, 289)


@needs_real_data
def test_nation_of_2012_read_as_naics_2007_would_lose_eleven_million_jobs():
    known = KnownCodes(frozenset(), naics_lists())
    with pytest.raises(FileRefused) as caught:
        read_cbp(real_file("cbp/cbp12us.txt.gz"), "nation", 2011, known)
    assert caught.value.refusal.code == "wrong_vintage"
    assert "76 codes with 11,042,792 jobs are not in NAICS 2007" in caught.value.problems[0]
    assert len(caught.value.problems) == 77


def test_sum_over_the_nation_needs_no_dense_table():
    rows = [*ROWS[:7], cell("01003", "311811", 4, 0, empflag="C"),
            cell("01003", "311812", 9, 0, emp_nf="D")]  # fmt: skip
    source = county_file(2012, rows, header=WITH_NOISE)
    parsed = read_cbp(source, "county", 2012, KNOWN).cells
    regions = sorted(set(map(str, parsed.regions)))
    blocks = {name: parsed.cells[parsed.regions == name].tobytes() for name in regions}
    dense = as_cells(national_table(spread(regions, parsed.codes, blocks)))
    assert national_cells(parsed.cells, len(parsed.codes)).tolist() == dense.tolist()
