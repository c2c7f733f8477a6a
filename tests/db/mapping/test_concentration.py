"""Concentrations of any union of counties: right, repeatable, and re-derivable."""

from fractions import Fraction

import pytest
from django.db import DatabaseError, connection, transaction

from kit.refusals import Refused
from mapping.actions.switch_basis import switch_basis
from mapping.models import Basis, CellBlock, Measure, Release
from mapping.queries.basis import BasisChoice, choose_basis, current_basis
from mapping.queries.concentration import concentration
from mapping.queries.custom_regions import drawn_region
from mapping.queries.integrity import check_everything, check_sources
from mapping.queries.measure_tables import TableWish, headline, measure_table
from mapping.queries.recomputation import Recomputation
from mapping.queries.regions import counties_named, region_by_code, states_share
from mapping.rules.terms import Band, Base, RegionType
from tests.factories.mapping import cell_lines, load, small_basis
from trail.actors import SYSTEM
from trail.queries.clock import database_now

SEATTLE = frozenset({"53033", "53053", "53061"})
MIXED = frozenset({"01005", "53061"})


@pytest.fixture
def basis(tmp_path):
    return small_basis(tmp_path / "data")


def test_quotient_of_a_region_by_hand(basis):
    found = concentration(basis, SEATTLE, "2")
    # Aerospace: 20,000 of the 20,045 published jobs; baking: 600 of 1,200 traded jobs beside it.
    here, nation = Fraction(20_000, 20_600), Fraction(20_045, 21_245)
    assert found.lq.value == here / nation
    assert found.employment.as_texts() == {"low": "20000", "value": "20000", "high": "20014"}
    assert found.base is Base.TRADED
    assert found.lq.low <= found.lq.value <= found.lq.high
    assert found.share_of_nation.value == Fraction(20_000, 20_045)


def test_stored_answer_equals_the_recomputation(basis):
    recomputation = Recomputation(basis)
    for fips in (SEATTLE, MIXED, frozenset({"01001"})):
        for cluster in ("1", "2", "101"):
            assert recomputation.concentration(fips, cluster) == concentration(basis, fips, cluster)


def test_region_and_its_area_agree(basis):
    area = region_by_code(RegionType.ECONOMIC_AREA, "003")
    assert area.fips == SEATTLE
    row = Measure.objects.get(basis=basis, region_type="ea", region_code="003", cluster_code="2")
    found = concentration(basis, area.fips, "2")
    assert float(found.lq.low) == pytest.approx(row.lq_low)
    assert float(found.lq.value) == pytest.approx(row.lq)
    assert float(found.lq.high) == pytest.approx(row.lq_high)
    assert found.establishments == row.establishments


def test_pool_holds_areas_of_the_band_and_never_the_draft(basis):
    found = concentration(basis, MIXED, "2")
    assert found.band in Band
    assert {peer.area_code for peer in found.peers} <= {"001", "002", "003"}
    assert list(found.peers) == sorted(found.peers)


def test_drafts_change_no_stored_measure(basis):
    before = list(Measure.objects.order_by("pk").values())
    for fips in (SEATTLE, MIXED, frozenset({"01003", "53053"})):
        drawn_region(basis, fips)
        concentration(basis, fips, "1")
    assert list(Measure.objects.order_by("pk").values()) == before


def test_digests_name_everything_that_was_read(basis):
    names = [source.name for source in concentration(basis, MIXED, "2").digests]
    assert names == [
        "release",
        "definition set",
        "geography",
        "totals release",
        "county 01005",
        "county 53061",
        "county 01005 totals",
        "county 53061 totals",
    ]


def test_unknown_cluster_and_county_are_refused_in_words(basis):
    with pytest.raises(Refused, match="no cluster 77"):
        concentration(basis, SEATTLE, "77")
    with pytest.raises(Refused, match="No county has the code 99999"):
        drawn_region(basis, ["53033", "99999"])


def test_states_share_and_names(basis):
    shares = states_share(basis, MIXED, "2")
    assert shares == {"53": Fraction(7000, 7045), "01": Fraction(45, 7045)}
    assert counties_named(["53033", "00000"]) == {"53033": "County 53033"}
    assert region_by_code("cbsa", "42660").fips == {"53033", "53053"}
    assert region_by_code("planet", "1") is None
    assert region_by_code("ea", "999") is None


def test_release_rows_never_change(basis):
    block = CellBlock.objects.first()
    for act in (
        lambda: CellBlock.objects.filter(pk=block.pk).update(block=b""),
        block.delete,
        lambda: Release.objects.update(year=1999),
        lambda: Basis.objects.update(digest="x"),
    ):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            act()


def alter(release, region):
    """Change one county's jobs behind the triggers' back, as a copy of the database could be."""
    row = CellBlock.objects.get(release=release, region_code=region)
    changed = bytearray(row.block)
    changed[8] ^= 1
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE mapping_cellblock SET block = %s WHERE id = %s", [bytes(changed), row.pk]
        )
        cursor.execute("SET session_replication_role = DEFAULT")


def test_altered_county_is_named_and_shows_in_the_recomputation(basis):
    assert check_everything().ok
    before = Recomputation(basis).concentration(SEATTLE, "2")
    alter(basis.release, "53061")
    report = check_sources(basis)
    assert [(item.kind, item.region_code) for item in report.broken] == [
        ("block", "53061"),
        ("release", ""),
    ]
    assert report.broken[0].release == basis.release.reference
    assert Recomputation(basis).concentration(SEATTLE, "2") != before


def test_published_release_counts_unless_another_is_named(basis, tmp_path):
    revised = tmp_path / "county_naics6_2021.csv"
    revised.write_text("\n".join(cell_lines(factor=2)) + "\n")
    load(revised, is_published=False)
    assert Release.objects.filter(year=2021, digits=6).count() == 2
    wish = BasisChoice("small_set", 2021)
    assert choose_basis(wish) == basis
    other = Release.objects.filter(year=2021, digits=6).order_by("-pk").first()
    named = choose_basis(BasisChoice("small_set", 2021, release=other.reference))
    assert named.release == other
    with pytest.raises(Refused, match="Publish these measures"):
        switch_basis(actor=SYSTEM, at=database_now(), basis=named)
    assert current_basis() == basis


def test_headline_and_table_speak_of_every_area(basis):
    found = headline(basis, RegionType.ECONOMIC_AREA)
    assert (found.regions, found.clusters, found.mean_share_of_top_five) == (3, 2, 1.0)
    rows = list(measure_table(basis, TableWish(RegionType.ECONOMIC_AREA, Base.TOTAL)))
    assert [row[:2] for row in rows[:3]] == [("001", "1"), ("001", "2"), ("001", "101")]
