"""The economy's API: the same figures as the pages, problems as documents, cached by the Basis."""

import pytest
from drf_spectacular.generators import SchemaGenerator

from mapping.actions.make_basis import make_basis
from mapping.actions.publish_basis import publish_basis
from mapping.actions.switch_basis import switch_basis
from mapping.api.measures import MeasurePages
from mapping.models import Basis, DefinitionSet
from mapping.queries.ingredients import possible_sources
from tests.factories.economy import DEFINITIONS, load_file, small_economy
from trail.actors import SYSTEM
from trail.queries.clock import database_now

DOORS = (
    "/api/v1/meta/",
    "/api/v1/regions/?type=ea",
    "/api/v1/regions/ea/164/",
    "/api/v1/clusters/",
    "/api/v1/clusters/G1/",
    "/api/v1/measures/?type=county&cluster=G1",
    "/api/v1/custom-region/?fips=39095,39173",
    "/api/v1/evidence/?region_type=ea&region=164&cluster=G1",
    "/api/v1/industries/",
    "/api/v1/sub-clusters/",
    "/api/v1/years/",
    "/api/v1/bases/",
    "/api/v1/releases/",
    "/api/v1/definition-sets/",
)


@pytest.fixture
def basis() -> Basis:
    return small_economy()


@pytest.mark.parametrize("address", DOORS)
def test_answers_are_cached_by_the_basis(client, basis, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert "public" in answer["Cache-Control"]
    again = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_another_basis_changes_every_tag(client, basis):
    before = client.get("/api/v1/meta/")["ETag"]
    load_file("small_set.csv", DEFINITIONS.replace("Glass", "Glass and Optics"))
    at = database_now()
    newest = DefinitionSet.objects.order_by("-version").first()
    sources = next(item for item in possible_sources() if item.definition_set == newest)
    other, is_new = make_basis(actor=SYSTEM, at=at, sources=sources)
    assert is_new
    publish_basis(actor=SYSTEM, at=at, basis=other)
    switch_basis(actor=SYSTEM, at=at, basis=other)
    assert client.get("/api/v1/meta/")["ETag"] != before
    names = [row["name"] for row in client.get("/api/v1/clusters/").json()["results"]]
    assert "Glass and Optics" in names


def test_meta_names_what_figures_rest_on(client, basis):
    meta = client.get("/api/v1/meta/").json()
    assert meta["basis"] == basis.reference
    assert meta["year"] == 2021
    assert meta["is_synthetic"] is False
    assert meta["region_types"] == ["ea", "state", "county"]


def test_a_drawn_region_equals_the_area_of_the_same_counties(client, basis):
    drawn = client.get("/api/v1/custom-region/?fips=39095,39173").json()
    stored = client.get("/api/v1/measures/?type=ea&region=164").json()["results"]
    by_cluster = {row["cluster"]: row for row in stored}
    assert {row["code"] for row in drawn["clusters"]} >= set(by_cluster)
    for row in drawn["clusters"]:
        if row["employment"]["value"]:
            assert row["lq"] == pytest.approx(by_cluster[row["code"]]["lq"])
            assert row["employment"] == by_cluster[row["code"]]["employment"]


def test_bounds_hold_their_values(client, basis):
    for row in client.get("/api/v1/measures/").json()["results"]:
        for name in ("employment", "lq", "lq_total"):
            assert row[name]["low"] <= row[name]["value"] <= row[name]["high"]


def test_cursor_pages_cover_every_measure_once(client, basis, monkeypatch):
    whole = client.get("/api/v1/measures/").json()["results"]
    monkeypatch.setattr(MeasurePages, "page_size", 3)
    seen, address = [], "/api/v1/measures/"
    while address:
        body = client.get(address).json()
        seen += [(row["region_type"], row["region"], row["cluster"]) for row in body["results"]]
        address = body["next"]
    assert len(seen) == len(set(seen)) == len(whole)


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/v1/regions/ea/999/", 404, "not_found"),
        ("/api/v1/regions/planet/1/", 404, "not_found"),
        ("/api/v1/regions/nation/US/", 404, "not_found"),
        ("/api/v1/clusters/none/", 404, "not_found"),
        ("/api/v1/regions/?type=planet", 400, "invalid"),
        ("/api/v1/custom-region/", 400, "invalid"),
        ("/api/v1/custom-region/?fips=99999", 400, "invalid"),
    ],
)
def test_problems_are_documents(client, basis, address, status, code):
    answer = client.get(address)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["code"] == code


def test_without_data_the_api_says_so(client):
    answer = client.get("/api/v1/meta/")
    assert answer.status_code == 409
    assert answer.json()["code"] == "no_current_basis"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_only_reads(client, basis, method):
    assert getattr(client, method)("/api/v1/regions/").status_code in {403, 405}


def test_the_schema_describes_every_door():
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    for door in ("meta/", "regions/", "clusters/", "measures/", "custom-region/"):
        assert f"/api/v1/{door}" in paths
    names = {one["name"] for one in paths["/api/v1/measures/"]["get"]["parameters"]}
    assert {"type", "region", "cluster", "cursor"} <= names
