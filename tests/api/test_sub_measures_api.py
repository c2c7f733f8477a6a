"""Measures of sub-clusters for programs: every filter, and the bounds of what is open."""

import csv
import io

import pytest
from drf_spectacular.generators import SchemaGenerator

from mapping.actions.make_basis import make_basis
from mapping.actions.publish_basis import publish_basis
from mapping.actions.switch_basis import switch_basis
from mapping.models import DefinitionSet, Measure, SubMeasure
from mapping.queries.ingredients import possible_sources
from tests.factories.economy import load_file, small_economy
from trail.actors import SYSTEM
from trail.queries.clock import database_now

PARTS = """cluster_code,cluster,kind,sub_cluster_code,sub_cluster,naics2017
G1,Glass,traded,G1.1,Flat glass,327211
G1,Glass,traded,G1.2,Pressed glass,327212
V1,Vehicles,traded,V1.1,Cars,336111
H1,Health care,local,,,621111
"""
DOOR = "/api/v1/sub-measures/"


@pytest.fixture
def basis():
    small_economy(is_current=False)
    load_file("parts_set.csv", PARTS)
    owner = DefinitionSet.objects.get(code="parts_set")
    sources = next(one for one in possible_sources() if one.definition_set == owner)
    made, _ = make_basis(actor=SYSTEM, at=database_now(), sources=sources)
    publish_basis(actor=SYSTEM, at=database_now(), basis=made)
    switch_basis(actor=SYSTEM, at=database_now(), basis=made)
    return made


def results(client, query=""):
    answer = client.get(f"{DOOR}?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def key(row):
    return row["region_type"], row["region"], row["sub_cluster"]


FILTERS = {
    "": lambda row: True,
    "type=ea": lambda row: row.region_type == "ea",
    "type=county": lambda row: False,
    "region=164": lambda row: row.region_code == "164",
    "cluster=G1": lambda row: row.cluster_code in {"G1.1", "G1.2"},
    "cluster=G": lambda row: False,
    "sub_cluster=V1.1": lambda row: row.cluster_code == "V1.1",
    "cluster=V1&sub_cluster=G1.1": lambda row: False,
    "state=OH": lambda row: row.region_code in {"39", "164"},
    "min_lq=1.2": lambda row: row.lq >= 1.2,
    "min_employment=600": lambda row: row.employment >= 600,
    "class=lq-1.5:specialized": lambda row: "lq-1.5:specialized" in row.classes,
}


def test_filters(client, basis):
    rows = list(SubMeasure.objects.filter(basis=basis).exclude(region_type="nation"))
    assert rows
    for query, fits in FILTERS.items():
        expected = {(r.region_type, r.region_code, r.cluster_code) for r in rows if fits(r)}
        assert {key(row) for row in results(client, query)} == expected, query


def test_what_is_withheld_never_shows_as_complete(client, basis):
    """Sixty jobs of King County lie in one of two parts: neither figure is the whole truth."""
    rows = {key(row): row for row in results(client, "region=152&cluster=G1")}
    flat, pressed = rows["ea", "152", "G1.1"], rows["ea", "152", "G1.2"]
    assert flat["employment"] == {"low": 0, "value": 0, "high": 60}
    assert pressed["employment"] == {"low": 90, "value": 90, "high": 150}
    for row in (flat, pressed):
        assert row["lq"]["low"] < row["lq"]["high"]
    whole = Measure.objects.get(basis=basis, region_type="ea", region_code="152", cluster_code="G1")
    assert (flat["cluster"], pressed["cluster"]) == ("G1", "G1")
    assert flat["employment"]["value"] + pressed["employment"]["value"] == whole.employment
    assert whole.employment_certain == 150  # of the cluster they surely are


def test_rows_say_what_is_stored(client, basis):
    for row in results(client):
        stored = SubMeasure.objects.get(
            basis=basis,
            region_type=row["region_type"],
            region_code=row["region"],
            cluster_code=row["sub_cluster"],
        )
        for name in ("employment", "lq", "lq_total"):
            ends = (f"{name}_low", name, f"{name}_high")
            assert list(row[name].values()) == [getattr(stored, end) for end in ends]
        assert (row["classes"], row["rank"]) == (stored.classes, stored.rank)


def test_sorted_pages_cover_every_row_once(client, basis):
    for sort in ("lq", "-employment"):
        seen, address = [], f"{DOOR}?type=state&region=39&sort={sort}&page_size=1"
        while address:
            body = client.get(address).json()
            seen, address = seen + body["results"], body["next"]
        values = [row[sort.removeprefix("-")]["value"] for row in seen]
        assert values == sorted(values, reverse=sort.startswith("-"))
        assert sorted(row["sub_cluster"] for row in seen) == ["G1.1", "G1.2", "V1.1"]


def test_unchanged_data_are_not_sent_again(client, basis):
    tag = client.get(DOOR)["ETag"]
    assert client.get(DOOR, headers={"If-None-Match": tag}).status_code == 304
    other = client.get(f"{DOOR}?type=ea", headers={"If-None-Match": tag})
    assert other.status_code == 200


def test_what_is_not_understood_is_refused(client, basis):
    for query in ("sort=lq", "sort=lq&type=ea&cluster=G1", "type=planet", "min_lq=nan", "state=X"):
        answer = client.get(f"{DOOR}?{query}")
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_a_set_without_parts_has_no_rows(client, db):
    small_economy()
    assert results(client) == []
    assert "Sub-clusters</a>" not in client.get("/explore/data/").content.decode()


def test_all_of_them_as_one_file(client, basis):
    address = f"/api/v1/bases/{basis.reference}/sub-measures.csv"
    answer = client.get(address, headers={"Accept-Encoding": "identity"})
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert len(rows) == SubMeasure.objects.filter(basis=basis).count()
    (flat,) = [
        r
        for r in rows
        if (r["region_type"], r["region"], r["sub_cluster"]) == ("ea", "152", "G1.1")
    ]
    assert (flat["employment_low"], flat["employment_high"]) == ("0", "60")
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert address in client.get("/explore/data/").content.decode()
    listed = client.get("/api/v1/bases/").json()["results"]
    assert address in {row["sub_measures_csv"] for row in listed}


def test_the_schema_names_the_door():
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    asked = {one["name"] for one in paths[DOOR]["get"]["parameters"]}
    assert {"cluster", "sub_cluster", "type", "region", "sort", "basis", "cursor"} <= asked
