"""Other published data than those in force: years, readings and measures of the explorer."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from django.test import Client

from mapping.models import Basis, County, Industry
from tests.factories.economy import other_year, parted_set, small_economy, small_shapes

PLACES = (
    "/explore/",
    "/explore/regions/ea/164/",
    "/explore/regions/county/39095/",
    "/explore/clusters/",
    "/explore/clusters/G1/",
)


@pytest.fixture(autouse=True)
def cache_of_its_own(settings: object, tmp_path: Path) -> None:
    settings.CACHE_ROOT = tmp_path  # type: ignore[attr-defined]


@pytest.fixture
def basis() -> Basis:
    made = small_economy()
    small_shapes(made)
    return made


@pytest.fixture
def earlier(basis: Basis) -> Basis:
    return other_year()


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize("address", PLACES)
def test_a_page_shows_the_data_in_force_unless_asked(client: Client, earlier: Basis, address: str):
    page = words(client, address)
    assert "You are looking at data of" not in page
    assert f"?basis={earlier.reference}" not in page
    assert f'<option value="{earlier.reference}"' in page


@pytest.mark.parametrize("address", PLACES)
def test_whoever_looks_at_another_year_stays_there(client: Client, earlier: Basis, address: str):
    page = words(client, f"{address}?basis={earlier.reference}")
    assert "You are looking at data of 2020" in page
    assert earlier.digest[:12] in page
    assert f'basis={earlier.reference}"' in page, "the links of the page keep the year"
    assert f'<option value="{earlier.reference}" selected' in page


@pytest.mark.parametrize("address", PLACES)
@pytest.mark.parametrize("reference", ["nonsense", "BS-0000-0000-0", "'"])
def test_data_that_are_not_there_are_not_found(
    client: Client, basis: Basis, address: str, reference: str
):
    assert client.get(address, {"basis": reference}).status_code == 404


@pytest.mark.parametrize("address", PLACES)
def test_data_that_are_not_published_are_not_found(client: Client, basis: Basis, address: str):
    hidden = other_year(is_published=False)
    assert client.get(address, {"basis": hidden.reference}).status_code == 404
    assert hidden.reference not in words(client, address)


def test_one_year_alone_offers_no_choice(client: Client, basis: Basis):
    for address in PLACES[1:]:
        assert 'name="basis"' not in words(client, address)
    assert 'type="hidden" name="basis"' in words(client, "/explore/")
    assert "Over the years" not in words(client, PLACES[1])


def test_a_region_year_by_year(client: Client, earlier: Basis):
    answer = client.get("/explore/regions/county/39095/")
    years = answer.context["years"]
    assert [year.basis.year for year in years] == [2020, 2021]
    assert [year.total.employment for year in years] == [2030, 2430]
    cluster, readings = answer.context["courses"][0]
    assert cluster.code == "G1"
    assert all(one.low <= one.value <= one.high for one in readings)


def test_the_table_of_a_map_is_of_the_year_asked_for(client: Client, earlier: Basis):
    query = {"cluster": "G1", "regions": "county", "basis": earlier.reference}
    answer = client.get("/explore/map.csv", query)
    rows = {row["region_code"]: row for row in csv.DictReader(io.StringIO(body(answer)))}
    assert rows["39095"]["employment"] == "1100"
    assert rows["39095"]["basis"] == earlier.reference
    region = client.get("/explore/regions/county/39095.csv", {"basis": earlier.reference})
    assert earlier.reference in body(region)


def body(answer: object) -> str:
    return answer.getvalue().decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize("end", ["low", "value", "high"])
def test_a_map_is_coloured_by_the_end_asked_for(client: Client, basis: Basis, end: str):
    answer = client.get(
        "/explore/", {"cluster": "G1", "regions": "county", "measure": "jobs", "reading": end}
    )
    choice = answer.context["choice"]
    figures = {figure.code: figure for figure in answer.context["page"]}
    lucas = figures["39095"]
    expected = choice.scale.class_of(getattr(lucas.jobs, end))
    assert choice.css_class(lucas).split()[0] == f"class-{expected}"
    is_said = "the least it can be" in answer.content.decode()
    assert is_said == (end == "low")


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ("workplaces", "Lucas County, OH: 12 workplaces"),
        ("wage", "Lucas County, OH: $58,000 a year"),
        ("region", "Lucas County, OH: 100.00%"),
    ],
)
def test_more_measures_colour_the_map(client: Client, basis: Basis, measure: str, said: str):
    page = words(client, f"/explore/?cluster=G1&regions=county&measure={measure}")
    assert f"<title>{said}</title>" in page


def test_old_addresses_of_maps_still_answer(client: Client, basis: Basis):
    words(client, "/explore/?cluster=G1&regions=county&measure=share")
    assert client.get("/explore/map.svg?cluster=G1&regions=county&measure=lq").status_code == 200


def test_growth_and_rank_are_shown_coloured_and_exported(client: Client, basis: Basis):
    later = other_year(2022)  # 1,100 jobs of glass in Lucas County after 1,500 in 2021
    query = {"basis": later.reference, "cluster": "G1", "regions": "county"}
    page = client.get("/explore/regions/county/39095/", {**query, "sort": "growth"})
    figure = next(row["figure"] for row in page.context["rows"] if row["cluster"].code == "G1")
    assert (figure.rank, figure.growth_from, figure.jobs_created) == (1, 2021, -400)
    assert "-26.7%" in page.content.decode()
    for measure, said in (("growth", "-26.7% a year"), ("percentile", "above 33% of regions")):
        shown = client.get("/explore/", {**query, "measure": measure}).content.decode()
        assert f"<title>Lucas County, OH: {said}</title>" in shown
    rows = list(csv.DictReader(io.StringIO(body(client.get("/explore/map.csv", query)))))
    lucas = next(row for row in rows if row["region_code"] == "39095")
    assert (lucas["rank"], lucas["growth_from"], lucas["jobs_created"]) == ("1", "2021", "-400")


def test_without_earlier_data_growth_is_no_figure(client: Client, basis: Basis):
    page = words(client, "/explore/?cluster=G1&regions=county&measure=growth")
    assert "Lucas County, OH: no jobs published now or in the earlier data" in page
    assert "+0.0%" not in page


def test_the_parts_of_a_cluster_with_where_each_stands_out(client: Client, basis: Basis):
    parted = parted_set()
    answer = client.get("/explore/clusters/G1/", {"basis": parted.reference})
    flat, pressed = answer.context["parts"]
    assert (flat.name, flat.jobs.value, flat.leader.code) == ("Flat glass", 1450, "164")
    assert (pressed.jobs.value, [code for code, _ in pressed.industries]) == (390, ["327212"])
    page = answer.content.decode()
    assert page.count("<h3>") >= 2
    assert f'/explore/regions/ea/164/?basis={parted.reference}"' in page


def test_a_cluster_without_parts_lists_its_industries_alone(client: Client, basis: Basis):
    answer = client.get("/explore/clusters/G1/")
    assert answer.context["parts"] == []
    assert "Parts of this cluster" not in answer.content.decode()
    assert "Flat Glass Manufacturing" in answer.content.decode()


def test_a_figure_names_its_counties_and_industries_and_leads_back(client: Client, basis: Basis):
    answer = client.get("/explore/regions/ea/164/clusters/G1/")
    page = answer.content.decode()
    cell, county, title = answer.context["cells"][0]
    assert county == County.objects.get(fips=cell.county).name
    assert f'{cell.county}<span class="table__note">{county}</span>' in page
    assert title == Industry.objects.get(vintage=2017, code=cell.code).title
    assert f'{cell.code}<span class="table__note">{title}</span>' in page
    assert f'href="/explore/regions/ea/164/?basis={basis.reference}"' in page
