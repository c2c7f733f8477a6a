"""The operator's commands keep their contract: flags, columns, one JSON document."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from mapping.actions.load_files import LOADING_LOCK
from mapping.models import BasisSwitch, Release
from tests.factories.mapping import load, write_small_files


@pytest.fixture
def folder(tmp_path):
    return write_small_files(tmp_path / "data")


def run(*arguments):
    out = io.StringIO()
    call_command(*arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_load_data_prints_one_array_and_publishes_when_asked(folder):
    reports = json.loads(run("load_data", str(folder), "--publish", "--json"))
    cells = next(report for report in reports if report["name"] == "county_naics6_2021.csv")
    assert (cells["status"], cells["year"], cells["rows_read"]) == ("loaded", 2021, 29)
    assert cells["coverage"]["counties"] == 6
    assert BasisSwitch.objects.count() == 1


def test_load_data_fails_with_the_reason_when_a_file_is_refused(folder):
    load(folder)
    bad = folder / "county_naics6_2020.csv"
    bad.write_text("fips,naics,est,emp,ap\n53033,336411,x,1,1\n")
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("load_data", str(bad), stdout=out, stderr=io.StringIO())
    assert "line 2: est is 'x'" in out.getvalue()
    assert not Release.objects.filter(year=2020).exists()


def test_load_data_of_a_missing_path_says_so(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        run("load_data", str(tmp_path / "nothing"))


def test_cells_before_their_counties_are_refused_in_one_sentence(folder):
    (report,) = load(folder / "county_naics6_2021.csv")
    assert report.notes == [
        "county_naics6_2021.csv was not loaded: load the list of counties first."
    ]


CHOICE = ("--definition-set", "small_set", "--year", "2021")


@pytest.mark.parametrize(("kind", "regions"), [("ea", 3), ("state", 2), ("cbsa", 1), ("county", 6)])
def test_measures_are_csv_with_the_contracts_columns(folder, kind, regions):
    load(folder)
    rows = list(
        csv.DictReader(io.StringIO(run("measures", "--region-type", kind, *CHOICE, "--csv")))
    )
    assert list(rows[0]) == [
        "region_code", "cluster_code", "employment", "establishments", "payroll",
        "lq", "lq_low", "lq_high", "classes",
    ]  # fmt: skip
    assert len({row["region_code"] for row in rows}) == regions
    for row in rows:
        assert float(row["lq_low"]) <= float(row["lq"]) <= float(row["lq_high"])


def test_denominator_changes_the_quotient_not_the_jobs(folder):
    load(folder)

    def rows(base):
        text = run("measures", "--region-type", "ea", *CHOICE, "--denominator", base, "--csv")
        return list(csv.DictReader(io.StringIO(text)))

    traded, total = rows("traded"), rows("total")
    assert [row["employment"] for row in traded] == [row["employment"] for row in total]
    assert [row["lq"] for row in traded] != [row["lq"] for row in total]


def test_headline_and_custom_region_are_one_object(folder):
    load(folder)
    found = json.loads(run("headline", "--region-type", "ea", *CHOICE, "--json"))
    assert (found["regions"], found["clusters"]) == (3, 2)
    region = json.loads(run("custom_region", "--fips", "53033,53053", *CHOICE, "--json"))
    assert region["fips"] == ["53033", "53053"]
    assert [row["cluster_code"] for row in region["clusters"]] == ["1", "2", "101"]
    aerospace = region["clusters"][1]
    assert (aerospace["employment"], aerospace["kind"]) == (13_000, "traded")


def test_unknown_year_and_county_are_refused_in_words(folder):
    load(folder)
    with pytest.raises(CommandError, match="No measures of 1999"):
        run("headline", "--region-type", "ea", "--definition-set", "small_set", "--year", "1999")
    with pytest.raises(CommandError, match="No county has the code 00000"):
        run("custom_region", "--fips", "00000", *CHOICE)


def test_two_loads_at_once_are_refused_in_words(folder):
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOADING_LOCK])
        with pytest.raises(CommandError, match="Another load is under way"):
            run("load_data", str(folder))
    finally:
        other.close()
    assert not Release.objects.exists()
