"""A very small economy of four counties, loaded by the very acts that load real files."""

from __future__ import annotations

from mapping.actions.load_source import load_source
from mapping.actions.make_basis import make_basis
from mapping.actions.publish_basis import publish_basis
from mapping.actions.switch_basis import switch_basis
from mapping.models import Basis, DefinitionSet, Release, Shape, ShapeSet
from mapping.queries.ingredients import possible_sources
from mapping.rules.readers.layouts import layout_of
from mapping.rules.readers.source_file import open_source
from trail.actors import SYSTEM
from trail.queries.clock import database_now

TITLES = """code,title
3272,Glass and Glass Product Manufacturing
327211,Flat Glass Manufacturing
327212,Other Pressed and Blown Glass
3361,Motor Vehicle Manufacturing
336111,Automobile Manufacturing
6211,Offices of Physicians
621111,Offices of Physicians (except Mental Health Specialists)
"""
AREAS = """fips,county,ea,ea_name
39095,"Lucas County, OH",164,"Toledo-Fremont, OH"
39173,"Wood County, OH",164,"Toledo-Fremont, OH"
53033,"King County, WA",152,"Seattle-Tacoma-Olympia, WA"
53053,"Pierce County, WA",152,"Seattle-Tacoma-Olympia, WA"
"""
DEFINITIONS = """cluster_code,cluster,kind,naics2017
G1,Glass,traded,327211
G1,Glass,traded,327212
V1,Vehicles,traded,336111
H1,Health Care,local,621111
"""
CELLS = """fips,naics,est,emp,ap
39095,327211,8,1200,72000
39095,327212,4,300,15000
39095,621111,90,900,81000
39173,327211,3,250,14000
39173,336111,3,700,49000
53033,336111,5,600,45000
53033,621111,300,4100,390000
53053,327212,3,90,4000
53053,621111,80,1000,88000
"""
TOTALS = """fips,naics,est,emp,ap
39095,3272,13,1530,88000
39095,6211,90,900,81000
39173,3272,3,250,14000
39173,3361,3,700,49000
53033,3361,5,600,45000
53033,3272,3,60,2500
53033,6211,300,4100,390000
53053,3272,3,90,4000
53053,6211,80,1000,88000
"""
EARLIER = 2020
FILES = {
    "naics_2017.csv": TITLES,
    "areas.csv": AREAS,
    "small_set.csv": DEFINITIONS,
    "county_naics4_2021.csv": TOTALS,
    "county_naics6_2021.csv": CELLS,
}


def load_file(name: str, text: str) -> None:
    """Load one file as `load_data` would."""
    source = open_source(name, text.encode())
    layout = layout_of(source)
    assert layout is not None
    load_source(actor=SYSTEM, at=database_now(), source=source, layout=layout)


def small_economy(*, is_current: bool = True) -> Basis:
    """Load, measure and publish the small economy; make it the current one unless told not to."""
    for name, text in FILES.items():
        load_file(name, text)
    at = database_now()
    owner = DefinitionSet.objects.get(code="small_set")
    sources = next(item for item in possible_sources() if item.definition_set == owner)
    assert Release.objects.filter(is_synthetic=False).count() == 2
    basis, _ = make_basis(actor=SYSTEM, at=at, sources=sources)
    publish_basis(actor=SYSTEM, at=at, basis=basis)
    if is_current:
        switch_basis(actor=SYSTEM, at=at, basis=basis)
    return basis


def square(shape_set: ShapeSet, layer: str, code: str, at: int, *neighbours: str) -> None:
    """Draw a region as a square, in both levels of detail."""
    for detail in ("sheet", "region"):
        Shape.objects.create(
            shape_set=shape_set,
            layer=layer,
            region_code=code,
            detail=detail,
            path=f"M{at} 0h10v10h-10z",
            left=at,
            top=0,
            right=at + 10,
            bottom=10,
            label_x=at + 5,
            label_y=5,
            neighbours=list(neighbours),
        )


def small_shapes(basis: Basis) -> ShapeSet:
    """Draw the small economy's regions as squares in a row."""
    drawn = ShapeSet.objects.create(
        geography_digest=basis.geography_digest,
        source="squares",
        source_digest="e" * 64,
        drawn_at=database_now(),
    )
    square(drawn, "county", "39095", 0, "39173")
    square(drawn, "county", "39173", 10, "39095")
    square(drawn, "county", "53033", 40, "53053")
    square(drawn, "county", "53053", 50, "53033")
    for layer, codes in (("ea", ("164", "152")), ("state", ("39", "53"))):
        for number, code in enumerate(codes):
            square(drawn, layer, code, number * 40)
    square(drawn, "lines", "state-lines", 0)
    return drawn


def other_year(year: int = EARLIER, *, is_published: bool = True) -> Basis:
    """Another year beside the small economy, one cell smaller; it is not the current one."""
    load_file(f"county_naics4_{year}.csv", TOTALS.replace("13,1530,88000", "13,1130,88000"))
    load_file(f"county_naics6_{year}.csv", CELLS.replace("8,1200,72000", "8,800,48000"))
    at = database_now()
    sources = next(one for one in possible_sources() if one.release.year == year)
    basis, _ = make_basis(actor=SYSTEM, at=at, sources=sources)
    if is_published:
        publish_basis(actor=SYSTEM, at=at, basis=basis)
    return basis


def parted_set() -> Basis:
    """The small economy by a sheet whose cluster of glass has two parts; published beside it."""
    parts = {"327211": "1,Flat glass", "327212": "2,Pressed glass"}
    rows = [line.rpartition(",") for line in DEFINITIONS.splitlines()[1:]]
    lines = [f"{start},{parts.get(code, ',')},{code}" for start, _, code in rows]
    header = "cluster_code,cluster,kind,sub_cluster_code,sub_cluster,naics2017"
    load_file("parted_set.csv", "\n".join([header, *lines, ""]))
    owner = DefinitionSet.objects.get(code="parted_set")
    sources = next(one for one in possible_sources() if one.definition_set == owner)
    basis, _ = make_basis(actor=SYSTEM, at=database_now(), sources=sources)
    publish_basis(actor=SYSTEM, at=database_now(), basis=basis)
    return basis
