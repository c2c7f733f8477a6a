"""A wage never rests on a cell that publishes only jobs or only pay, and says where some do."""

import csv
import io

import pytest

from mapping.models import Cluster, Measure
from mapping.queries.basis import current_basis
from mapping.queries.pages_maps import MapChoice, area_title
from mapping.rules.map_classes import MapMeasure
from mapping.rules.terms import RegionType
from mapping.rules.wages import PARTIAL, Pay
from tests.factories.mapping import load, write_small_files
from tests.factories.raw_files import county_lines, write

# King County: bakeries show 200 jobs and withhold their pay; makers of engines the other way round.
WITHHELD = {
    '"53","033","311811","G",200,"G",1,"G",9000,': '"53","033","311811","G",200,"D",0,"D",0,',
    '"53","033","336412","G",2500,"G",1,"G",112500,': '"53","033","336412","S",0,"G",1,"G",112500,',
}
KING = {"region_type": "county", "region_code": "53033"}
API = "/api/v1/measures/?type=county&region=53033"


@pytest.fixture
def basis(tmp_path):
    folder = write_small_files(tmp_path / "data")
    for digits in (4, 6):
        (folder / f"county_naics{digits}_2021.csv").unlink()
    text = "\n".join(county_lines())
    for old, new in WITHHELD.items():
        assert old in text
        text = text.replace(old, new)
    write(folder, [text])
    load(folder)
    return current_basis()


def by_cluster(client):
    return {row["cluster"]: row for row in client.get(API).json()["results"]}


def test_the_wage_is_that_of_cells_with_both(client, basis):
    rows = by_cluster(client)
    # 150 jobs in commercial bakeries with 6,750 thousand dollars; 9,000 in aircraft with 405,000.
    assert (rows["1"]["wage"], rows["1"]["wage_is_partial"]) == (45_000, True)
    assert (rows["2"]["wage"], rows["2"]["wage_is_partial"]) == (45_000, True)
    assert (rows["101"]["wage"], rows["101"]["wage_is_partial"]) == (45_000, False)
    row = Measure.objects.get(basis=basis, cluster_code="1", **KING)
    assert (row.employment, row.payroll) == (350, 6_750)  # the cells themselves are told whole
    assert (row.wage_jobs, row.wage_payroll) == (150, 6_750)


def test_areas_above_are_partial_too(basis):
    partial = {
        (row.region_type, row.region_code)
        for row in Measure.objects.filter(basis=basis, cluster_code="1")
        if row.pay.is_partial
    }
    assert partial == {
        ("county", "53033"), ("ea", "003"), ("state", "53"), ("cbsa", "42660"), ("nation", "US")
    }  # fmt: skip


def test_the_map_hatches_it_and_says_why(client, basis):
    query = "?cluster=1&regions=county&measure=wage"
    figures = {one.code: one for one in client.get(f"/explore/{query}").context["page"]}
    wages = client.get("/explore/map.csv" + query)
    rows = {row["region_code"]: row for row in csv.DictReader(io.StringIO(body(wages)))}
    assert (rows["53033"]["wage_usd"], rows["53033"]["wage_is_partial"]) == ("45000", "true")
    assert rows["53053"]["wage_is_partial"] == "false"
    assert figures["53033"].css_class(MapMeasure.WAGE).endswith(" is-wide")
    assert "is-wide" not in figures["53053"].css_class(MapMeasure.WAGE)
    cluster = Cluster.objects.get(definition_set=basis.definition_set, code="1")
    choice = MapChoice(cluster, MapMeasure.WAGE, RegionType.COUNTY)
    said = area_title(choice, "King", figures["53033"])
    assert said == f"King: $45,000 a year. {PARTIAL}"
    assert area_title(choice, "Pierce", figures["53053"]) == "Pierce: $45,000 a year"


def body(answer):
    return (answer.getvalue() if answer.streaming else answer.content).decode()


def test_evidence_marks_the_cell(client, basis):
    told = client.get("/api/v1/evidence/?fips=53033&cluster=1").json()
    paid = {cell["code"]: cell["is_paid"] for cell in told["cells"] if cell["is_cluster"]}
    assert paid == {"311811": False, "311812": True}
    page = client.get("/explore/regions/county/53033/clusters/1/").content.decode()
    assert '<td class="numeric">withheld</td>' in page
    table = body(client.get("/explore/regions/county/53033/clusters/1.csv"))
    cells = [row for row in csv.DictReader(io.StringIO(table)) if row["code"] == "311811"]
    assert [row["is_paid"] for row in cells] == ["false"]


def test_before_it_was_counted_nothing_is_said_of_it():
    old = Pay(payroll=9_000, reported=200, wage_jobs=None, wage_payroll=None)
    assert (old.wage, old.is_partial) == (45_000, None)
    assert Pay(0, 0, 0, 0).wage is None
    assert Pay(9_000, 0, 0, 0).is_partial
    assert PARTIAL.endswith(".")
