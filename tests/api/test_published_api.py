"""What is published and nothing else: every set of measures can be asked, listed and taken home.

Planted: an unpublished Basis answered by its name; seen red.
"""

import csv
import gzip
import io

import pytest
from django.core.cache import caches
from django.test import override_settings
from drf_spectacular.generators import SchemaGenerator

from accounts.api_limits import PerAddressLimit
from clusters_portal.cache import cache_at
from mapping.actions.make_basis import make_basis
from mapping.actions.publish_basis import publish_basis
from mapping.models import Basis, DefinitionSet, Measure
from mapping.queries.custom_regions import drawn_region, kept_region
from mapping.queries.ingredients import possible_sources
from tests.factories.economy import DEFINITIONS, load_file, small_economy, small_shapes
from trail.actors import SYSTEM
from trail.queries.clock import database_now

FIPS = "39095,39173"


@pytest.fixture(autouse=True)
def cache_of_its_own(settings, tmp_path):
    settings.CACHE_ROOT = tmp_path


@pytest.fixture
def basis() -> Basis:
    made = small_economy()
    small_shapes(made)
    return made


def another(*, is_published: bool) -> Basis:
    """A second set of measures, with another name of one cluster."""
    load_file("small_set.csv", DEFINITIONS.replace("Glass", "Glass and Optics"))
    at = database_now()
    newest = DefinitionSet.objects.order_by("-version").first()
    sources = next(item for item in possible_sources() if item.definition_set == newest)
    made, _ = make_basis(actor=SYSTEM, at=at, sources=sources)
    if is_published:
        publish_basis(actor=SYSTEM, at=at, basis=made)
    return made


def results(client, address):
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def test_every_published_set_can_be_asked(client, basis):
    other = another(is_published=True)
    now = {row["name"] for row in results(client, "clusters/")}
    by_name = {row["name"] for row in results(client, f"clusters/?basis={other.reference}")}
    by_set = {row["name"] for row in results(client, "clusters/?definition_set=small_set@2")}
    assert "Glass" in now
    assert by_name == by_set
    assert "Glass and Optics" in by_name
    assert client.get("/api/v1/meta/?year=2021&imputation=published").status_code == 200


def test_an_unpublished_set_is_nowhere(client, basis):
    hidden = another(is_published=False)
    for door in ("meta/?", "measures/?", "custom-region/?fips=39095&"):
        answer = client.get(f"/api/v1/{door}basis={hidden.reference}")
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert client.get(f"/api/v1/bases/{hidden.reference}/measures.csv").status_code == 404
    assert hidden.reference not in {row["reference"] for row in results(client, "bases/")}
    assert hidden.reference not in client.get("/explore/data/").content.decode()


def test_lists_of_what_is_published(client, basis):
    (listed,) = results(client, "bases/")
    assert listed["reference"] == basis.reference
    assert listed["is_current"] is True
    found = {row["reference"] for row in results(client, "releases/")}
    assert found == {listed["release"], listed["totals_release"]}
    assert results(client, "years/") == [{"year": 2021, "bases": [basis.reference]}]
    (definitions,) = results(client, "definition-sets/")
    assert (definitions["code"], definitions["clusters"]) == ("small_set", 3)
    industries = results(client, "industries/?cluster=G1")
    assert [row["code"] for row in industries] == ["327211", "327212"]
    assert results(client, "sub-clusters/") == []


def rows_of(answer):
    content = b"".join(answer.streaming_content)
    if answer.headers.get("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_all_measures_as_one_file(client, basis):
    address = f"/api/v1/bases/{basis.reference}/measures.csv"
    for accepted in ("identity", "gzip"):
        whole_file(client, basis, address, accepted)


def whole_file(client, basis, address, accepted):
    answer = client.get(address, headers={"Accept-Encoding": accepted})
    rows = rows_of(answer)
    assert len(rows) == Measure.objects.filter(basis=basis).count()
    one = Measure.objects.get(basis=basis, region_type="ea", region_code="164", cluster_code="G1")
    (found,) = [
        row
        for row in rows
        if (row["region_type"], row["region"], row["cluster"]) == ("ea", "164", "G1")
    ]
    assert float(found["lq_high"]) == one.lq_high
    again = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_all_cells_as_one_file(client, basis):
    address = f"/api/v1/releases/{basis.release.reference}/cells.csv"
    rows = rows_of(client.get(address, headers={"Accept": "text/csv"}))
    assert len(rows) == 9
    assert {"region": "39095", "naics": "327211", "flag": "", "establishments": "8",
            "employment": "1200", "payroll_1000_usd": "72000"} in rows  # fmt: skip
    assert client.get("/api/v1/releases/none/cells.csv").status_code == 404


def test_the_page_of_downloads_leads_to_every_file(client, basis):
    page = client.get("/explore/data/").content.decode()
    for address in (
        f"/api/v1/bases/{basis.reference}/measures.csv",
        f"/api/v1/releases/{basis.release.reference}/cells.csv",
        "/api/v1/schema/",
    ):
        assert address in page
    assert basis.digest in page


FILTERS = {
    "type=ea": lambda row: row.region_type == "ea",
    "kind=local": lambda row: row.cluster_code == "H1",
    "state=OH": lambda row: row.region_code in {"39", "39095", "39173", "164"},
    "min_lq=1.2": lambda row: row.lq >= 1.2,
    "min_employment=600": lambda row: row.employment >= 600,
    "class=lq-1.5:specialized": lambda row: "lq-1.5:specialized" in row.classes,
    "region=39095&cluster=G1": lambda row: row.region_code + row.cluster_code == "39095G1",
}


def test_filters(client, basis):
    rows = list(Measure.objects.filter(basis=basis).exclude(region_type="nation"))
    for query, fits in FILTERS.items():
        expected = {(r.region_type, r.region_code, r.cluster_code) for r in rows if fits(r)}
        found = results(client, f"measures/?{query}")
        assert {(r["region_type"], r["region"], r["cluster"]) for r in found} == expected, query
        assert expected, query


def test_sorted_pages_cover_every_row_once(client, basis):
    for sort in ("lq", "-lq", "employment", "-share_of_nation"):
        walk_sorted(client, sort)


def walk_sorted(client, sort):
    address = f"/api/v1/measures/?type=county&cluster=G1&sort={sort}&page_size=1"
    seen = []
    while address:
        body = client.get(address).json()
        seen += body["results"]
        address = body["next"]
    name = sort.removeprefix("-")
    values = [row[name]["value"] if name != "share_of_nation" else row[name] for row in seen]
    assert values == sorted(values, reverse=sort.startswith("-"))
    assert len({row["region"] for row in seen}) == len(seen) == 3


REFUSED = (
    "measures/?sort=-lq",
    "measures/?sort=name&type=ea&cluster=G1",
    "measures/?page_size=0",
    "measures/?page_size=5000",
    "measures/?cursor=nonsense",
    "measures/?cursor=WzEsMiwzLDRd",
    "measures/?min_lq=nan",
    "measures/?state=Nowhere",
    "measures/?imputation=magic",
    "measures/?year=soon",
    "regions/?band=huge",
    "clusters/?kind=odd",
    "custom-region/?fips=39095&years=some",
)


def test_what_is_not_understood_is_refused(client, basis):
    for query in REFUSED:
        answer = client.get(f"/api/v1/{query}")
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
        assert answer.json()["detail"]


def test_a_drawn_region_from_memory_is_the_same_as_from_the_files(basis):
    for fips in (["39095"], ["39095", "39173"], ["39173", "53053"]):
        assert kept_region(basis, fips) == drawn_region(basis, fips)
        assert kept_region(basis, fips) == drawn_region(basis, fips), "and once more"


def test_a_drawn_region_says_how_it_hangs_together_and_stands(client, basis):
    body = client.get(f"/api/v1/custom-region/?fips={FIPS}&years=all").json()
    assert body["is_contiguous"] is True
    assert [one["year"] for one in body["years"]] == [2021]
    assert client.get("/api/v1/custom-region/?fips=39095,53033").json()["is_contiguous"] is False
    (glass,) = [row for row in body["clusters"] if row["code"] == "G1"]
    # Either county alone, and the economic area, which is the same two.
    assert glass["nearby"]["nearby"] == 3
    assert glass["nearby"]["area"] == glass["lq"]["value"]
    page = client.get(f"/explore/draw/?fips={FIPS}").content.decode()
    assert "Outlines nearby" in page


def test_any_number_of_drafts_changes_no_published_class(client, basis):
    before = list(Measure.objects.order_by("pk").values())
    for fips in (FIPS, "39095", "53033,53053", "39095,53033"):
        assert client.get(f"/api/v1/custom-region/?fips={fips}&years=all").status_code == 200
    assert list(Measure.objects.order_by("pk").values()) == before


def test_a_dead_cache_locks_nobody_out(client, basis, monkeypatch):
    """The limit counts in the broker's server; while that is down everybody may ask."""
    monkeypatch.setattr(PerAddressLimit, "THROTTLE_RATES", {"address": "2/min"})
    with override_settings(CACHES=cache_at("redis+socket:///nonexistent/broker.sock")):
        monkeypatch.setattr(PerAddressLimit, "cache", caches["default"])
        statuses = [client.get("/api/v1/meta/").status_code for _ in range(5)]
    assert statuses == [200] * 5


def test_the_schema_names_every_door_with_its_words():
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    for door in (
        "evidence/", "industries/", "sub-clusters/", "years/", "bases/", "releases/",
        "definition-sets/", "bases/{reference}/measures.csv", "releases/{reference}/cells.csv",
    ):  # fmt: skip
        assert f"/api/v1/{door}" in paths
    asked = {one["name"]: one for one in paths["/api/v1/measures/"]["get"]["parameters"]}
    assert asked["type"]["schema"]["enum"]
    assert asked["sort"]["schema"]["enum"]
    assert {"basis", "year", "definition_set", "imputation", "page_size", "cursor"} <= set(asked)
