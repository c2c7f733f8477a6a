"""Loading is all or nothing per file, says what happened, and never twice."""

import gzip

import pytest

from mapping.models import (
    Basis,
    BasisSwitch,
    CellBlock,
    CountyPopulation,
    DefinitionSet,
    Measure,
    Release,
)
from mapping.queries.basis import current_basis
from mapping.queries.blocks import blocks_of
from mapping.queries.definitions import definition_of
from mapping.queries.integrity import check_definition_set
from tests.factories.mapping import COUNTIES, cell_lines, load, write_small_files


@pytest.fixture
def folder(tmp_path):
    return write_small_files(tmp_path / "data")


def statuses(reports):
    return {(report.name, report.status) for report in reports}


def test_folder_is_loaded_whole_in_the_right_order(folder):
    (folder / "notes.txt").write_text("not data\n")
    reports = load(folder)
    assert ("county_naics6_2021.csv", "loaded") in statuses(reports)
    assert ("notes.txt", "passed over") in statuses(reports)
    assert not [report for report in reports if report.status == "refused"]
    release = Release.objects.get(digits=6)
    assert set(blocks_of(release).by_region) == set(COUNTIES)
    assert current_basis().release == release
    assert current_basis().totals_release == Release.objects.get(digits=4)


def test_same_files_again_change_nothing(folder):
    load(folder)
    before = (Release.objects.count(), Basis.objects.count(), Measure.objects.count())
    reports = load(folder)
    assert {report.status for report in reports} == {"already loaded"}
    assert (Release.objects.count(), Basis.objects.count(), Measure.objects.count()) == before
    assert BasisSwitch.objects.count() == 1


def test_packed_copy_is_the_same_file(folder):
    load(folder)
    cells = folder / "county_naics6_2021.csv"
    packed = folder / "county_naics6_2021.csv.gz"
    packed.write_bytes(gzip.compress(cells.read_bytes()))
    assert [report.status for report in load(packed)] == ["already loaded"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("01001,311830,3,9,90", "in no NAICS list"),
        ("01001,311811,3,9,90", "stand 2 times"),
        ("01003,336412,3,-1,90", "whole number"),
        ("88888,336412,3,1,90", "is not known"),
    ],
)
def test_bad_file_leaves_nothing_behind(folder, line, says):
    cells = folder / "county_naics6_2021.csv"
    cells.write_text("\n".join([*cell_lines(), line]) + "\n")
    reports = load(folder)
    refused = [report for report in reports if report.status == "refused"]
    assert [report.name for report in refused] == ["county_naics6_2021.csv"]
    assert says in refused[0].notes[0]
    assert not Release.objects.filter(digits=6).exists()
    assert not CellBlock.objects.filter(release__digits=6).exists()
    assert not Basis.objects.exists()


def test_cut_gzip_is_refused_with_one_report(folder):
    cells = folder / "county_naics6_2021.csv"
    cut = folder / "county_naics6_2020.csv.gz"
    cut.write_bytes(gzip.compress(cells.read_bytes())[:-40])
    refused = [report for report in load(folder) if report.status == "refused"]
    assert [report.name for report in refused] == [cut.name]
    assert "cut short" in refused[0].notes[0]


def test_loading_publishes_nothing_by_itself(folder):
    load(folder, is_published=False)
    assert Basis.objects.exists()
    assert not BasisSwitch.objects.exists()
    assert not Basis.objects.filter(publication__isnull=False).exists()


def test_changed_sheet_is_a_new_version_and_the_old_one_stays(folder):
    load(folder)
    sheet = folder / "small_set.csv"
    sheet.write_text(
        sheet.read_text()
        .replace("2,Aerospace,336412", "1,Baking,336412")
        .replace("1,Baking,336412", "2,Aerospace,336412", 1)
        .replace("Eating out", "Restaurants")
    )
    load(sheet)
    assert list(DefinitionSet.objects.values_list("version", flat=True)) == [2, 1]
    assert Basis.objects.count() == 2
    assert current_basis().definition_set.version == 2


def test_partial_sheet_is_loaded_and_says_what_it_leaves_out(folder):
    load(folder)
    sheet = folder / "partial.csv"
    sheet.write_text("cluster_code,cluster,naics2017\n1,Baking,311811\n1,Baking,311812\n")
    (report,) = (item for item in load(sheet) if item.kind == "cluster definitions")
    assert report.status == "loaded"
    assert set(report.left_out_codes) >= {"336411", "336412", "722511", "722513"}
    assert report.coverage["codes_in_no_cluster"] == len(report.left_out_codes)
    assert "This set is partial" in report.notes[0]
    assert "of the jobs in" in report.notes[0]
    whole = next(item for item in load(folder / "small_set.csv"))
    assert whole.notes == [] or "0.0%" in whole.notes[0]


def test_sub_clusters_are_stored_and_checked(folder):
    sheet = folder / "parts.csv"
    sheet.write_text(
        "cluster_code,cluster,sub_cluster_code,sub_cluster,naics2017\n"
        "1,Baking,1,Shops,311811\n1,Baking,2,Plants,311812\n2,Aerospace,,,336411\n"
    )
    load(folder)
    owner = DefinitionSet.objects.get(code="parts")
    definition = definition_of(owner)
    assert [part.code for part in definition.sub_clusters] == ["1.1", "1.2"]
    assert definition.sub_cluster_of == {"311811": "1.1", "311812": "1.2"}
    assert check_definition_set(owner).ok
    plain = DefinitionSet.objects.get(code="small_set")
    assert definition_of(plain).sub_clusters == ()
    assert check_definition_set(plain).ok


def test_year_can_be_said_where_the_name_does_not(folder):
    load(folder)
    nameless = folder / "cells.csv"
    nameless.write_text("\n".join(cell_lines(factor=2)) + "\n")
    assert load(nameless)[0].status == "refused"
    assert load(nameless, year=2020)[0].status == "loaded"
    assert Release.objects.filter(year=2020).count() == 1


def test_earlier_year_does_not_become_current(folder):
    load(folder)
    earlier = folder / "county_naics6_2019.csv"
    earlier.write_text("\n".join(cell_lines(factor=3)) + "\n")
    load(earlier)
    assert current_basis().year == 2021


def test_population_of_a_later_file_takes_the_place_of_the_same_years(folder):
    load(folder)
    people = folder / "people.csv"
    head = "SUMLEV,fips,STNAME,CTYNAME,POPESTIMATE2019,POPESTIMATE2020\n"
    for count in (10, 12):
        people.write_text(f"{head}050,53033,Washington,King County,{count},{count + 1}\n")
        assert load(people)[0].status == "loaded"
    found = CountyPopulation.objects.filter(county_id="53033").order_by("year")
    assert list(found.values_list("year", "population")) == [(2019, 12), (2020, 13)]


def test_second_list_of_a_vintage_is_refused(folder):
    load(folder)
    codes = folder / "naics_2017.csv"
    codes.write_text(codes.read_text() + "999999,Another\n")
    (report,) = load(codes)
    assert report.status == "refused"
    assert "NAICS 2017 is loaded from another file" in report.notes[0]
