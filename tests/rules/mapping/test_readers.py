"""Readers take a whole file or refuse it with everything they found."""

import gzip
import io
import zipfile

import pytest

from mapping.rules.flags import WITHHELD
from mapping.rules.panel import TOTAL_CODE
from mapping.rules.readers.cells import KnownCodes
from mapping.rules.readers.county_cells import read_county_cells
from mapping.rules.readers.geography import read_cbsas, read_economic_areas, read_population
from mapping.rules.readers.layouts import Layout, layout_of, year_in_name
from mapping.rules.readers.sheets import read_sheet
from mapping.rules.readers.source_file import FileRefused, open_source
from mapping.rules.readers.state_cells import read_state_cells
from mapping.rules.readers.tables import read_changes, read_industries
from mapping.rules.terms import ClusterKind

HEADER = "fips,naics,est,emp,ap\n"
GOOD = "01001,311811,5,60,1500\n01001,311812,3,40,1200\n01003,311811,9,0,0\n"
KNOWN = KnownCodes(
    regions=frozenset({"01001", "01003", "01005"}),
    industries={
        2012: frozenset({"3118", "311811", "311812", "311830"}),
        2017: frozenset({"3118", "311811", "311812", "311813"}),
    },
)


def source(text, name="county_naics6_2021.csv"):
    return open_source(name, text.encode())


def refusal(text, year=2021):
    with pytest.raises(FileRefused) as caught:
        read_county_cells(source(HEADER + text), year, KNOWN)
    return caught.value


def test_good_file_is_read_whole_with_all_siblings():
    parsed = read_county_cells(source(HEADER + GOOD), 2021, KNOWN)
    assert parsed.codes == ("311811", "311812", "311813")
    assert (parsed.vintage, parsed.rows_read, len(parsed.cells)) == (2017, 3, 3)
    assert parsed.coverage == {
        "counties": 2,
        "counties_without_a_row": 1,
        "employment": 100,
        "withheld_cells": 0,
    }
    assert parsed.cells["flag"].tolist() == [0, 0, 0]


def test_zero_of_2017_is_a_withheld_cell_never_a_true_zero():
    parsed = read_county_cells(source(HEADER + GOOD), 2017, KNOWN)
    assert parsed.cells["flag"].tolist() == [0, 0, ord(WITHHELD)]
    assert parsed.coverage["withheld_cells"] == 1


@pytest.mark.parametrize(
    ("rows", "code", "says"),
    [
        (GOOD + "01005,311830,3,9,90\n", "wrong_vintage", "it is in NAICS 2012"),
        (GOOD + "01005,999999,3,9,90\n", "wrong_vintage", "is in no NAICS list"),
        (GOOD + "01001,311811,3,9,90\n", "duplicate_cell", "01001 311811"),
        (GOOD + "01005,311811,3,-9,90\n", "bad_number", "line 5: emp is '-9'"),
        (GOOD + "01005,311811,3,9.5,90\n", "bad_number", "'9.5'"),
        (GOOD + "01005,311811,3,,90\n", "bad_number", "''"),
        (GOOD + "01005,311811,3,1_000,90\n", "bad_number", "'1_000'"),
        (GOOD + "99999,311811,3,9,90\n", "unknown_region", "99999 (1 rows)"),
        (GOOD + "1005,311811,3,9,90\n", "odd_codes", "'1005' is not five digits"),
        (GOOD + "01005,31181,3,9,90\n", "odd_codes", "'31181'"),
        (GOOD + "01005,3118,3,9,90\n", "odd_codes", "mixed"),
        (GOOD + "01005,311811,3\n", "broken_rows", "line 5 has 3 columns"),
        ("", "broken_rows", "no rows"),
    ],
)  # fmt: skip
def test_faults_refuse_the_whole_file_and_are_named(rows, code, says):
    refused = refusal(rows)
    assert refused.refusal.code == code
    assert says in refused.refusal.sentence


def test_every_fault_of_a_kind_is_listed():
    refused = refusal("".join(f"01001,311811,3,x{i},9\n" for i in range(20)))
    assert len(refused.problems) == 20
    assert refused.refusal.sentence.endswith("and 8 more.")


def test_year_without_its_code_list_is_refused():
    assert refusal(GOOD, year=2006).refusal.code == "vintage_not_loaded"


def test_cut_gzip_is_refused_and_packing_does_not_change_the_digest():
    packed = gzip.compress((HEADER + GOOD * 50).encode())
    with pytest.raises(FileRefused, match="cut short"):
        open_source("cells.csv.gz", packed[: len(packed) // 2])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("cells.csv", HEADER + GOOD)
    plain = source(HEADER + GOOD)
    assert open_source("a.zip", buffer.getvalue()).digest == plain.digest
    assert open_source("a.gz", gzip.compress((HEADER + GOOD).encode())).digest == plain.digest


def test_foreign_bytes_are_not_a_table():
    with pytest.raises(FileRefused, match="not a text file"):
        open_source("areas.bin", b"\x01\x00\x11\xe0\x00\x00" * 9)


@pytest.mark.parametrize(
    ("name", "head", "layout"),
    [
        ("c_2021.csv", "FIPS,NAICS,Est,Emp,AP\n01001,311811,1,1,1\n", Layout.COUNTY_CELLS),
        ("c_2021.csv", "fips,naics,est,emp,ap\n01001,3118,1,1,1\n", Layout.COUNTY_TOTALS),
        ("s.csv", "year,fipstate,naics,empflag,emp_nf,emp,ap_nf,ap,est\n", Layout.STATE_CELLS),
        ("naics_2017.csv", "code,title\n", Layout.INDUSTRIES),
        ("t.csv", "naics,title\n", Layout.PUBLISHER_TITLES),
        ("x.csv", "naics2002,title2002_piece,naics2007,title2007\n", Layout.INDUSTRY_CHANGES),
        ("e.csv", "fips,county,ea,ea_name\n", Layout.ECONOMIC_AREAS),
        ("f.csv", "newer_fips,fips_in_ea_file\n", Layout.COUNTY_CHANGES),
        ("p.csv", "SUMLEV,fips,STNAME,CTYNAME,POPESTIMATE2020\n", Layout.POPULATION),
        ("d.csv", "cluster_code,cluster,naics2017\n", Layout.DEFINITIONS),
        ("d.csv", "cluster_code,cluster,kind,naics2007\n", Layout.DEFINITIONS),
        ("u.csv", "something,else\n", None),
    ],
)
def test_layout_is_told_by_the_header(name, head, layout):
    assert layout_of(open_source(name, head.encode())) is layout


def test_year_is_read_from_the_name_only_when_it_is_one():
    assert year_in_name(source("a", "county_naics6_2021.csv.gz")) == 2021
    assert year_in_name(source("a", "from_2000_2011.csv")) is None


STATE_HEADER = "year,fipstate,naics,empflag,emp_nf,emp,ap_nf,ap,est\n"
STATE_ROWS = (
    "2006,01,------,,-,900,-,9,40\n"
    "2006,01,6221--,,-,500,-,5,8\n"
    "2006,01,54171-,F,-,0,-,0,9\n"
    "2006,01,311811,B,-,0,-,0,3\n"
)
STATE_KNOWN = KnownCodes(
    regions=frozenset({"01"}),
    industries={2002: frozenset({"6221", "622110", "541710", "311811", "311812"})},
    titles={"6221": "Hospitals", "62211": "Hospitals", "622110": "Hospitals", "311811": "Bread"},
)


def test_state_rows_are_found_under_a_parent_of_the_same_title():
    (parsed,), left_out = read_state_cells(source(STATE_HEADER + STATE_ROWS, "s.csv"), STATE_KNOWN)
    jobs = {parsed.codes[cell["code"]]: int(cell["employment"]) for cell in parsed.cells}
    assert jobs == {TOTAL_CODE: 900, "622110": 500, "541710": 0, "311811": 0}
    assert parsed.coverage["resolved_under_a_parent"] == 2
    assert left_out == {}


def test_state_year_without_its_code_list_is_left_out_with_the_reason():
    years, left_out = read_state_cells(
        source(STATE_HEADER + STATE_ROWS + "2000,01,------,,-,9,-,9,4\n", "s.csv"), STATE_KNOWN
    )
    assert [parsed.year for parsed in years] == [2006]
    assert left_out == {2000: "no list of NAICS 1997 codes is loaded"}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2006,01,311811,B,-,0,-,0,3\n", "duplicate_cell"),
        ("2006,01,311812,Z,-,0,-,0,3\n", "unknown_flag"),
        ("2006,77,311812,A,-,0,-,0,3\n", "unknown_region"),
    ],
)
def test_state_faults_refuse_the_file(row, code):
    with pytest.raises(FileRefused) as caught:
        read_state_cells(source(STATE_HEADER + STATE_ROWS + row, "s.csv"), STATE_KNOWN)
    assert caught.value.refusal.code == code


def test_sheet_takes_its_kinds_from_the_column_or_from_its_numbers():
    text = "cluster_code,cluster,naics2017\n1,Bread,311811\n101,Shops,311812\n1001,Mines,311813\n"
    sheet = read_sheet(source(text, "set.csv"), KNOWN.industries)
    assert [c.kind for c in sheet.clusters] == list(ClusterKind)
    assert sheet.vintages == (2017,)


def test_sheet_of_two_vintages_says_so_and_reports_unknown_codes():
    text = (
        "cluster_code,cluster,kind,naics2017\n1,Bread,traded,311811\n1,Bread,traded,311830\n"
        "1,Bread,traded,123456\n2,Cake,local,#N/A\n"
    )
    sheet = read_sheet(source(text, "set.csv"), KNOWN.industries)
    assert sheet.vintages == (2012, 2017)
    assert sheet.unknown_codes == ("123456",)
    assert sheet.dropped == {"no code in this vintage": 1, "unknown codes": 1}


@pytest.mark.parametrize(
    "rows",
    ["1,Bread,311811\n2,Cake,311811\n", "1,Bread,311811\n1,Cake,311812\n", "x,Bread,311811\n"],
)
def test_unclear_sheets_are_refused(rows):
    with pytest.raises(FileRefused):
        read_sheet(source("cluster_code,cluster,naics2017\n" + rows, "set.csv"), KNOWN.industries)


def test_geography_keeps_states_and_counts_what_it_leaves_out():
    areas = read_economic_areas(
        source('fips,county,ea,ea_name\n01001,"A, AL",001,"Aberdeen"\n72001,P,002,B\n', "e.csv")
    )
    assert (len(areas.rows), sum(areas.dropped.values())) == (1, 1)
    cbsas = read_cbsas(
        source(
            "CBSA Code,CBSA Title,Metropolitan/Micropolitan Statistical Area,FIPS State Code,"
            "FIPS County Code\n10100,Here,Micropolitan Statistical Area,46,013\nNote: x,,,,\n",
            "c.csv",
        )
    )
    assert [(row.fips, row.is_metropolitan) for row in cbsas.rows] == [("46013", False)]
    people = read_population(
        source(
            "SUMLEV,fips,STNAME,CTYNAME,POPESTIMATE2019,POPESTIMATE2020\n"
            "040,01000,Alabama,Alabama,1,2\n050,01001,Alabama,Autauga County,10,11\n",
            "p.csv",
        )
    )
    assert people.rows[0].by_year == ((2019, 10), (2020, 11))


def test_code_lists_and_concordances():
    vintage, table = read_industries(
        source("code,title\n11,A\n31-33,M\n311811,B\n", "naics_2017.csv")
    )
    assert (vintage, [row.code for row in table.rows]) == (2017, ["11", "311811"])
    old, new, changes = read_changes(
        source("naics2012,title2012_piece,naics2017,title2017\n311811,B,311812,C\n", "c.csv")
    )
    assert (old, new, changes.rows[0].new_code) == (2012, 2017, "311812")
    with pytest.raises(FileRefused, match="does not tell"):
        read_industries(source("code,title\n11,A\n", "naics.csv"))
