"""The explorer's pages on a very small economy: what they answer, refuse, say and cost."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from mapping.actions.choose_basis import choose_basis
from mapping.models import Basis, BasisSwitch
from mapping.queries.custom_regions import drawn_region
from tests.factories.economy import small_economy, small_shapes
from tests.worlds import OFFICERS, staffed_agency
from trail.actors import SYSTEM
from trail.queries.clock import database_now

PAGES = (
    "/explore/",
    "/explore/?cluster=G1&regions=county&measure=jobs",
    "/explore/?cluster=G1&regions=state&measure=share",
    "/explore/regions/ea/164/",
    "/explore/regions/state/53/",
    "/explore/regions/county/39095/",
    "/explore/clusters/",
    "/explore/clusters/G1/",
    "/explore/draw/",
    "/explore/draw/?fips=39095,39173",
    "/explore/draw/?counties=Lucas,%20OH%0Anowhere%0Aking",
    "/explore/find/?q=king",
    "/explore/find/?q=glass",
    "/explore/methodology/",
)


@pytest.fixture(autouse=True)
def cache_of_its_own(settings: object, tmp_path: Path) -> None:
    settings.CACHE_ROOT = tmp_path  # type: ignore[attr-defined]


@pytest.fixture
def basis() -> Basis:
    made = small_economy()
    small_shapes(made)
    return made


@pytest.mark.parametrize("address", PAGES)
def test_page_answers_and_keeps_the_content_policy(client: Client, basis: Basis, address: str):
    answer = client.get(address)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|javascript:", page)
    assert "County Business Patterns" in page
    assert basis.digest[:12] in page
    assert "Sample data" not in page


@pytest.mark.parametrize("address", ["/explore/", "/explore/clusters/", "/explore/draw/"])
def test_without_data_the_page_says_so(client: Client, address: str):
    answer = client.get(address)
    assert answer.status_code == 200
    assert "No data are loaded yet" in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/explore/regions/nation/US/",
        "/explore/regions/planet/1/",
        "/explore/regions/ea/999/",
        "/explore/clusters/nothing/",
        "/explore/draw.csv",
        "/explore/draw.csv?fips=99999",
    ],
)
def test_unknown_places_are_not_found(client: Client, basis: Basis, address: str):
    assert client.get(address).status_code == 404


def test_without_data_regions_are_not_found(client: Client):
    assert client.get("/explore/regions/ea/164/").status_code == 404
    assert client.get("/explore/map.csv").status_code == 404


def test_map_has_a_link_and_a_title_per_area(client: Client, basis: Basis):
    page = client.get("/explore/?cluster=G1&regions=county").content.decode()
    assert page.count('<a href="/explore/regions/county/') >= 4
    assert "<title>Lucas County, OH: " in page
    assert '<g class="class-' in page


def test_map_colours_by_quotient_and_says_what_cannot_be_told(client: Client, basis: Basis):
    page = client.get("/explore/?cluster=V1&regions=county").content.decode()
    assert "<title>Lucas County, OH: no published jobs</title>" in page


def test_unknown_choice_falls_back_and_says_so(client: Client, basis: Basis):
    page = client.get("/explore/?cluster=nonsense").content.decode()
    assert "Select a valid choice" in page
    assert "Glass" in page


def test_table_sorts_by_any_column(client: Client, basis: Basis):
    address = "/explore/?cluster=G1&regions=county&sort="
    rising = [figure.code for figure in client.get(address + "jobs").context["page"]]
    falling = [figure.code for figure in client.get(address + "-jobs").context["page"]]
    assert rising == falling[::-1]
    assert falling[0] == "39095"
    assert client.get(address + "nonsense").status_code == 200


def test_csv_holds_the_same_figures_as_the_table(client: Client, basis: Basis):
    query = "?cluster=G1&regions=county"
    answer = client.get("/explore/map.csv" + query)
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode())))
    shown = {figure.code: figure for figure in client.get("/explore/" + query).context["page"]}
    assert {row["region_code"] for row in rows} == set(shown)
    lucas = next(row for row in rows if row["region_code"] == "39095")
    assert float(lucas["lq"]) == pytest.approx(shown["39095"].lq.value, abs=1e-6)
    assert int(lucas["employment"]) == 1500
    assert lucas["basis"] == basis.reference
    assert lucas["synthetic"] == ""


def test_svg_file_carries_its_colours_and_source(client: Client, basis: Basis):
    answer = client.get("/explore/map.svg?cluster=G1&regions=state")
    assert answer["Content-Type"] == "image/svg+xml"
    text = answer.content.decode()
    assert text.startswith("<svg")
    assert text.endswith("</svg>")
    assert ".class-3{" in text
    assert "County Business Patterns" in text


def test_region_page_tells_its_counties_neighbours_and_standing(client: Client, basis: Basis):
    page = client.get("/explore/regions/ea/164/")
    names = [county.name for county in page.context["page"].counties]
    assert sorted(names) == ["Lucas County, OH", "Wood County, OH"]
    top = page.context["top"]
    assert top[0]["figure"].cluster == "G1"
    assert "times the national share of jobs" in page.content.decode()
    county = client.get("/explore/regions/county/39095/")
    assert [row.name for row in county.context["page"].neighbours] == ["Wood County, OH"]
    assert {row.region_type for row in county.context["page"].belongs_to} == {"state", "ea"}


def test_drawn_region_equals_the_area_of_the_same_counties(client: Client, basis: Basis):
    drawn = client.get("/explore/draw/?fips=39095,39173").context["page"]
    area = client.get("/explore/regions/ea/164/").context["page"]
    by_cluster = {figure.cluster: figure for figure in area.figures}
    for row in drawn.clusters:
        if row.figure.jobs.value:
            assert row.figure.lq.value == pytest.approx(by_cluster[row.figure.cluster].lq.value)
            assert row.figure.jobs == by_cluster[row.figure.cluster].jobs


def test_drawing_changes_no_published_figure(client: Client, basis: Basis):
    before = client.get("/explore/map.csv?cluster=G1").getvalue()
    for fips in ("39095", "39095,53033", "53033,53053"):
        assert client.get(f"/explore/draw/?fips={fips}").status_code == 200
    assert client.get("/explore/map.csv?cluster=G1").getvalue() == before
    assert drawn_region(basis, ["39095"]).employment > 0


def test_drawing_names_what_it_did_not_understand(client: Client, basis: Basis):
    answer = client.get("/explore/draw/?counties=Lucas,%20OH%0Anowhere%0A99999")
    page = answer.content.decode()
    assert answer.context["written"].fips == ("39095",)
    assert "nowhere" in page
    assert "99999" in page


def test_scattered_counties_are_said_to_be_scattered(client: Client, basis: Basis):
    page = client.get("/explore/draw/?fips=39095,53033")
    assert not page.context["page"].is_contiguous
    assert "do not all touch" in page.content.decode()


def test_map_of_drawing_adds_and_removes_by_link(client: Client, basis: Basis):
    page = client.get("/explore/draw/?fips=39095").content.decode()
    assert 'href="/explore/draw/?fips=39095,39173"' in page
    assert "Remove Lucas County, OH" in page


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("king", "King County, WA"),
        ("53033", "King County, WA"),
        ("toledo", "Toledo-Fremont, OH"),
        ("327211", "Flat Glass Manufacturing"),
        ("flat glass", "Flat Glass Manufacturing"),
        ("health", "Health Care"),
        ("zzzz", "Nothing found"),
    ],
)
def test_search_answers_names_and_codes(client: Client, basis: Basis, asked: str, expected: str):
    assert expected in client.get("/explore/find/", {"q": asked}).content.decode()


def test_search_text_is_escaped(client: Client, basis: Basis):
    page = client.get("/explore/find/", {"q": "<script>x</script>"}).content.decode()
    assert "<script>x" not in page


@pytest.mark.parametrize(
    ("one", "three", "most"),
    [
        ("/explore/?cluster=V1&regions=ea", "/explore/?cluster=G1&regions=county", 9),
        ("/explore/draw/?fips=39095", "/explore/draw/?fips=39095,39173,53033", 16),
        ("/explore/regions/county/53033/", "/explore/regions/ea/164/", 13),
        ("/explore/clusters/V1/", "/explore/clusters/G1/", 13),
        ("/explore/find/?q=lucas", "/explore/find/?q=county", 10),
    ],
)
def test_queries_do_not_grow_with_the_rows(
    client: Client,
    basis: Basis,
    django_assert_max_num_queries: object,
    one: str,
    three: str,
    most: int,
):
    for address in (one, three):  # the caches of maps and frames are filled first
        client.get(address)
    for address in (one, three):
        with django_assert_max_num_queries(most):  # type: ignore[operator]
            client.get(address)


# --- officers' page of releases ---


def post_switch(client: Client, reference: str) -> object:
    return client.post(
        reverse("mapping:switch-basis"), {"basis": reference, "idempotency_key": "k" * 32}
    )


def test_officer_switches_and_a_double_click_switches_once(client: Client):
    made = small_economy(is_current=False)
    client.force_login(staffed_agency().people["programme_officer"])
    page = client.get("/staff/releases/").content.decode()
    assert "Let these count" in page
    for _ in range(2):
        assert post_switch(client, made.reference).status_code == 302
    assert BasisSwitch.objects.count() == 1
    assert "Counts now" in client.get("/staff/releases/").content.decode()


@pytest.mark.parametrize("persona", sorted(set(OFFICERS) - {"programme_officer"}))
def test_only_some_officers_may_switch(client: Client, basis: Basis, persona: str):
    client.force_login(staffed_agency().people[persona])
    allowed = persona == "agency_administrator"
    assert post_switch(client, basis.reference).status_code == (302 if allowed else 403)


def test_unknown_basis_is_not_found(client: Client, basis: Basis):
    client.force_login(staffed_agency().people["programme_officer"])
    assert post_switch(client, "nonsense").status_code == 404


def test_choosing_needs_a_known_basis(basis: Basis):
    at = database_now()
    chosen = choose_basis(actor=SYSTEM, at=at, reference=basis.reference, key="a")
    assert chosen == basis
