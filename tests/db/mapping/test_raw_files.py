"""Files as the agencies publish them become releases, with everything found in their reports."""

import pytest
from django.db import connection

from mapping.models import Basis, CellBlock, County, CountyChange, Release
from mapping.queries.blocks import blocks_of
from mapping.queries.concordances import NoConcordance, carried, weights_of
from mapping.rules.blocks import unpack
from tests.factories.mapping import CODES, COUNTIES, JOBS, load, write_small_files
from tests.factories.raw_files import HEADER, REST, county_lines, row, write


@pytest.fixture
def folder(tmp_path):
    folder = write_small_files(tmp_path / "data")
    (folder / "county_naics4_2021.csv").unlink()
    (folder / "county_naics6_2021.csv").unlink()
    return folder


def test_one_county_file_makes_cells_and_totals_and_measures(folder):
    write(folder, county_lines())
    reports = load(folder)
    assert not [report for report in reports if report.status == "refused"]
    cells, totals = Release.objects.get(digits=6), Release.objects.get(digits=4)
    assert cells.digest == totals.digest
    assert set(blocks_of(cells).by_region) == set(blocks_of(totals).by_region) == set(COUNTIES)
    basis = Basis.objects.first()
    assert (basis.release, basis.totals_release) == (cells, totals)
    assert "small random noise" in cells.suppression


def test_same_county_file_again_changes_nothing(folder):
    path = write(folder, county_lines())
    load(folder)
    assert [report.status for report in load(path)] == ["already loaded"] * 2
    assert Release.objects.count() == 2


def test_report_is_kept_on_the_release(folder):
    lines = [*county_lines(), row("01999", "311811", 5, 70), row("01001", "999999", 3, 7)]
    path = write(folder, lines)
    load(folder)
    report = Release.objects.get(digits=6).report
    assert report["statewide"] == {"01": 70}
    assert report["unknown_codes"] == {"999999": 7}
    assert report["lost_employment"] == 77
    again = next(found for found in load(path) if "6 digits" in found.kind)
    assert (again.lost_employment, again.jobs_of_unknown_codes) == (77, {"999999": 7})


def test_county_of_the_table_of_changes_gets_its_area(folder):
    areas = folder / "areas.csv"
    areas.write_text(areas.read_text() + '02261,"Valdez-Cordova, AK",002,"Dothan, AL"\n')
    write(folder, [*county_lines(), row("02063", "311811", 5, 70)])
    load(folder)
    assert CountyChange.objects.get(newer_fips="02063").older_fips == "02261"
    assert County.objects.get(fips="02063").economic_area_id == "002"
    (note,) = Release.objects.get(digits=6).report["notes"]
    assert note.startswith("County 02063 lies where 02261 does: Chugach")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (row("01777", "311811", 3, 9), "region code 01777 (1 rows) is not known"),
        (row("01001", "311811", 3, -9), "emp is '-9'"),
        (row("01001", "311811", 3, 9.5), "emp is '9.5'"),
        (row("01001", "311811", 3, 9), "stand 2 times"),
    ],
)
def test_bad_county_file_leaves_nothing_behind(folder, line, says):
    path = write(folder, [*county_lines(), line])
    reports = load(folder)
    (refused,) = [report for report in reports if report.status == "refused"]
    assert refused.name == path.name
    assert says in refused.notes[0]
    assert not Release.objects.exists()
    assert not CellBlock.objects.exists()


def test_said_year_that_the_name_denies_is_refused(folder):
    path = write(folder, county_lines())
    load(folder)
    (report,) = load(path, year=2020)
    assert report.notes == [
        "cbp21co.txt was not loaded: its name says 2021, and the year was said to be 2020."
    ]


NATION = "uscode,naics,lfo,empflag,emp_nf,emp,qp1_nf,qp1,ap_nf,ap,est,f1_4,n1_4"


def test_us_file_is_a_release_of_one_row_and_no_basis(folder):
    codes = folder / "naics_2017.csv"
    (folder / "naics_2012.csv").write_text(codes.read_text())
    lines = [NATION, *(f'"98","{c}","-",,"G",50,"G",1,"G",9,8,,1' for c in ("------", *CODES))]
    write(folder, lines, "cbp12us.txt")
    load(folder)
    release = Release.objects.get()
    assert (release.unit, release.year, release.naics_vintage) == ("nation", 2012, 2012)
    (block,) = CellBlock.objects.filter(release=release)
    assert unpack(block.block)["employment"].tolist() == [50] * 7
    assert not Basis.objects.exists()


def test_same_rows_in_another_form_are_there_already(folder):
    load(folder)
    codes = folder / "areas.csv"
    twin = folder / "published_areas.csv"
    twin.write_text(codes.read_text().replace("fips,county,ea,ea_name", "FIPS,County,EA,EA Name"))
    (report,) = load(twin)
    assert (report.name, report.status) == ("published_areas.csv", "already loaded")
    assert report.notes == ["It has the same rows as areas.csv, which is loaded."]


QCEW = (
    "area_fips,own_code,industry_code,agglvl_code,size_code,year,qtr,disclosure_code,"
    "annual_avg_estabs,annual_avg_emplvl,total_annual_wages"
)


def test_qcew_of_one_state_is_a_release_and_no_basis(folder):
    lines = [QCEW, "01000,5,10,51,0,2021,A,,9,90,900", "01000,5,311811,58,0,2021,A,N,3,0,0"]
    path = write(folder, lines, "slice.csv")
    load(folder)
    release = Release.objects.get()
    assert (release.unit, release.year, release.naics_vintage) == ("state", 2021, 2017)
    assert release.source.startswith("Quarterly Census")
    assert not Basis.objects.exists()
    assert [report.status for report in load(path)] == ["already loaded"]
    (report,) = load(path, year=2019)
    assert "its rows are of 2021, and the year was said to be 2019" in report.notes[0]


def test_release_is_carried_to_the_next_vintage_by_a_named_rule(folder):
    write(folder, county_lines())
    changes = ["naics2017,title2017,naics2022,title2022", "311811,B,311811,B",
               "311812,B,311811,B", "336411,A,336411,A", "336411,A,336412,A",
               "336412,E,336412,E", "722511,R,722511,R"]  # fmt: skip
    write(folder, changes, "concordance.csv")
    load(folder)
    release = Release.objects.get(digits=6)
    regions, found = carried(release, 2022, weights_of(release))
    assert regions == COUNTIES
    assert found.codes == ("311811", "336411", "336412", "722511")
    assert found.lost == {"722513": sum(counts[-1] for counts in JOBS.values())}
    assert found.table.sum() + found.lost_employment == release.report["coverage"]["employment"]
    assert found.rule == f"by-employment ({release.reference})"
    with pytest.raises(NoConcordance, match="No concordance from NAICS 2017 to 2007"):
        carried(release, 2007, weights_of(release))


def test_withheld_totals_are_no_totals(folder):
    header = HEADER.replace("naics,", "naics,empflag,")
    lines = [header, *(line.replace('","G"', '","","G"', 1) for line in county_lines()[1:])]
    lines.append('"01","001","9281//","B","D",0,"D",0,"D",0,3,' + REST)
    codes = folder / "naics_2017.csv"
    codes.write_text(codes.read_text() + "9281,Security\n")
    write(folder, lines, "cbp17co.txt")
    load(folder)
    assert Release.objects.get(digits=4).report["coverage"]["withheld_cells"] == 1
    assert Basis.objects.first().totals_release is None


def test_blocks_are_stored_without_compression(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attstorage FROM pg_attribute"
            " WHERE attrelid = 'mapping_cellblock'::regclass AND attname = 'block'"
        )
        assert cursor.fetchone() == ("e",)
