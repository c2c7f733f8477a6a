"""How one figure is made: the same answer to the fraction, and enough to make it anew by hand."""

from fractions import Fraction
from math import isqrt

import pytest

from mapping.models import Basis
from mapping.queries.concentration import concentration
from mapping.queries.evidence import evidence, units_of
from mapping.rules.terms import RegionType
from tests.factories.economy import small_economy
from tests.factories.mapping import small_basis

SEATTLE = frozenset({"53033", "53053", "53061"})
MIXED = frozenset({"01005", "53061"})


@pytest.fixture
def basis(tmp_path) -> Basis:
    return small_basis(tmp_path / "data")


def told(client, query):
    answer = client.get(f"/api/v1/evidence/?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def lq(x, y, a, b):
    return Fraction(x * (x + y + a + b), (x + y) * (x + a)) if x and x + y and x + a else Fraction()


def parts_by_hand(body):
    """The region's parts from cells, residuals and absent industries alone."""
    parts = {}
    for name, is_cluster in (("cluster", True), ("rest", False)):
        cells = [cell for cell in body["cells"] if cell["is_cluster"] is is_cluster]
        absent = sum(one["jobs"] for one in body["absent"] if one[f"is_of_{name}"])
        open_ = body["residuals"]
        parts[name] = {
            "certain": sum(c["least"] for c in cells) + sum(o[f"{name}_certain"] for o in open_),
            "value": sum(c["counted"] for c in cells),
            "high": sum(c["most"] for c in cells)
            + sum(o[f"{name}_possible"] for o in open_)
            + absent,
        }
    return parts


def lq_by_hand(body):
    x, y = (body["here"][name]["value"] for name in ("cluster", "rest"))
    a, b = (body["elsewhere"][name]["value"] for name in ("cluster", "rest"))
    return lq(x, y, a, b)


def bounds_by_hand(body):
    """Least and greatest quotient by trying the ends, and every whole number near the top."""
    x, y = body["here"]["cluster"], body["here"]["rest"]
    a, b = body["elsewhere"]["cluster"], body["elsewhere"]["rest"]
    least = min(lq(end, y["high"], a["high"], b["certain"]) for end in (x["certain"], x["high"]))
    y1, a1, b1 = y["certain"], a["certain"], b["high"]
    top = (a1 * y1 + isqrt(a1**2 * y1**2 + a1 * b1 * y1 * (y1 + a1 + b1))) // max(b1, 1)
    tried = {x["certain"], x["high"]} | {
        min(max(top + step, x["certain"]), x["high"]) for step in (-1, 0, 1, 2)
    }
    return least, max(lq(one, y1, a1, b1) for one in tried)


QUESTIONS = [
    (fips, cluster)
    for fips in (SEATTLE, MIXED, frozenset({"01001"}))
    for cluster in ("1", "2", "101")
]


def test_the_json_alone_makes_the_figure_anew(client, basis):
    for fips, cluster in QUESTIONS:
        body = told(client, f"fips={','.join(sorted(fips))}&cluster={cluster}")
        assert parts_by_hand(body) == body["here"]
        for cell in body["cells"]:  # what is counted is what the file has, unless it is marked
            assert cell["flag"] or cell["employment"] == cell["counted"], cell
        value = lq_by_hand(body)
        assert str(value) == body["lq"]["exact_value"]
        low, high = bounds_by_hand(body)
        assert str(min(low, value)) == body["lq"]["exact_low"]
        assert str(max(high, value)) == body["lq"]["exact_high"]


def test_it_agrees_with_what_determinations_read_to_the_fraction(client, basis):
    for fips, cluster in QUESTIONS:
        body = told(client, f"fips={','.join(sorted(fips))}&cluster={cluster}")
        agree(body, concentration(basis, fips, cluster))


def agree(body, found):
    for name in ("lq", "employment", "base_employment", "share_of_nation", "share_of_region"):
        exact = {end: body[name][f"exact_{end}"] for end in ("low", "value", "high")}
        assert exact == getattr(found, name).as_texts()
    assert [tuple(one.values()) for one in body["digests"]] == [tuple(d) for d in found.digests]
    assert body["basis_digest"] == found.basis_digest
    assert (body["establishments"], body["payroll"]) == (found.establishments, found.payroll)


def test_a_region_by_its_code_is_its_counties(client, basis):
    area = told(client, "region_type=ea&region=003&cluster=2")
    drawn = told(client, f"fips={','.join(sorted(SEATTLE))}&cluster=2")
    assert area["lq"] == drawn["lq"]
    assert area["fips"] == sorted(SEATTLE)
    assert area["region_name"] == "Seattle, WA"
    page = client.get(area["page"])
    assert page.status_code == 200
    assert area["basis"] in page.content.decode()


def test_every_stored_region_is_made_of_its_units(db):
    basis = small_economy()
    for kind in (RegionType.ECONOMIC_AREA, RegionType.STATE, RegionType.COUNTY):
        for row in basis.measures.filter(region_type=kind):
            found = evidence(basis, units_of(basis, kind, row.region_code), row.cluster_code)
            assert int(found.answer.employment.value) == row.employment
            assert float(found.answer.lq.high) == pytest.approx(row.lq_high)


def test_a_residual_says_how_it_entered(client, db):
    small_economy()
    body = told(client, "fips=53033&cluster=G1")
    (glass,) = [one for one in body["residuals"] if one["parent"] == "3272"]
    assert glass["missing"] == ["327211", "327212"]
    assert (glass["residual"], glass["cluster_certain"], glass["rest_possible"]) == (60, 60, 0)


REFUSED = {
    "cluster=2": 400,
    "fips=99999&cluster=2": 400,
    "fips=53033&cluster=none": 400,
    "fips=53033": 400,
    "region_type=planet&region=1&cluster=2": 400,
    "region_type=ea&region=999&cluster=2": 404,
    "region_type=ea&region=003&cluster=2&basis=BA-none": 400,
}
NOWHERE = (
    "/explore/regions/ea/003/clusters/none/",
    "/explore/regions/ea/999/clusters/2/",
    "/explore/regions/nation/US/clusters/2/",
    "/explore/regions/ea/003/clusters/2/?basis=BA-none",
)


def test_what_is_not_understood_is_refused(client, basis):
    for query, status in REFUSED.items():
        answer = client.get(f"/api/v1/evidence/?{query}")
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert {client.get(address).status_code for address in NOWHERE} == {404}


def test_the_page_and_its_downloads(client, basis):
    address = "/explore/regions/ea/003/clusters/2/"
    page = client.get(address).content.decode()
    assert "How this figure is made" in page
    assert "x (x + y + a + b)" in page
    rows = b"".join(client.get(address.rstrip("/") + ".csv")).decode().splitlines()
    assert rows[0].startswith("line,county,code,part")
    assert any(row.startswith("residual,") for row in rows[1:])
    assert address in client.get("/explore/regions/ea/003/").content.decode()
