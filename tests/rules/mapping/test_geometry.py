"""Geometry laws on the real shapes: unions conserve area, everything is drawn, places are right."""

from __future__ import annotations

import gzip
import json
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.rules.geometry import Detail, Sheet, draw, draw_state_lines, make_sheet, on_sheet
from mapping.rules.projection import ALASKA_INSET, HAWAII_INSET, LOWER_STATES, conic_of
from mapping.rules.simplify import simplified
from mapping.rules.topology import BrokenTopology, Outline, Topology, merged_rings, read_topology

ATLAS = Path(__file__).resolve().parents[3] / "node_modules" / "us-atlas"

pytestmark = pytest.mark.skipif(
    not ATLAS.is_dir(), reason="the front-end package us-atlas is not installed (npm ci)"
)


@pytest.fixture(scope="module")
def topology() -> Topology:
    return read_topology(json.loads((ATLAS / "counties-10m.json").read_text()))


@pytest.fixture(scope="module", params=list(Detail))
def sheet(request: pytest.FixtureRequest, topology: Topology) -> Sheet:
    return make_sheet(topology, request.param)


def test_every_county_has_a_path(sheet: Sheet):
    counties = on_sheet(sheet.topology)
    shapes = draw(sheet, {fips: [fips] for fips in counties})
    assert set(shapes) == set(counties)
    assert len(shapes) == 3142
    assert all(shape.path.startswith("M") and shape.path.endswith("z") for shape in shapes.values())
    assert all(shape.box.left < shape.box.right for shape in shapes.values())


def test_merging_conserves_area_exactly(sheet: Sheet):
    counties = on_sheet(sheet.topology)
    one_by_one = draw(sheet, {fips: [fips] for fips in counties})
    states = draw(
        sheet, {code: [f for f in counties if f[:2] == code] for code in {f[:2] for f in counties}}
    )
    assert len(states) == 51
    for code, state in states.items():
        members = [shape.area for fips, shape in one_by_one.items() if fips[:2] == code]
        assert state.area == sum(members)


def test_merging_drops_every_inner_border(topology: Topology):
    iowa = [outline for fips, outline in topology.counties.items() if fips[:2] == "19"]
    assert len(iowa) == 99
    around = {
        arc if arc >= 0 else ~arc for ring in merged_rings(iowa, topology.arcs) for arc in ring
    }
    state = topology.states["19"]
    assert around == {arc if arc >= 0 else ~arc for ring in state.rings for arc in ring}


def test_all_counties_compress_below_the_page_budget(topology: Topology):
    sheet = make_sheet(topology, Detail.SHEET)
    shapes = draw(sheet, {fips: [fips] for fips in on_sheet(topology)})
    paths = "\n".join(shape.path for shape in shapes.values())
    assert len(gzip.compress(paths.encode())) < 125_000


def test_unknown_counties_are_left_out_and_an_empty_region_has_no_shape(sheet: Sheet):
    shapes = draw(sheet, {"A": ["53033", "99999"], "B": ["99998"]})
    assert set(shapes) == {"A"}


def test_state_lines_lie_between_states_only(sheet: Sheet):
    lines = draw_state_lines(sheet)
    assert lines.path.startswith("M")
    assert "z" not in lines.path


PLACES = """
    53033   King                 lower
    25025   Suffolk              lower
    12086   Miami-Dade           lower
    06075   San Francisco        lower
    02020   Anchorage            Alaska
    15003   Honolulu             Hawaii
    15001   Hawaii               Hawaii
"""


@pytest.mark.parametrize("line", PLACES.strip().splitlines())
def test_projection_agrees_with_the_projected_file_of_the_same_package(
    line: str, topology: Topology
):
    """The package carries the same shapes projected by its authors: an oracle not of our making."""
    fips = line.split(maxsplit=1)[0]
    document = json.loads((ATLAS / "counties-albers-10m.json").read_text())
    theirs = _box_of_projected(document, fips)
    project = conic_of(fips[:2]).projected()
    ours = [
        project(point)
        for ring in topology.counties[fips].rings
        for arc in ring
        for point in topology.arcs[arc if arc >= 0 else ~arc]
    ]
    across, down = [p[0] for p in ours], [p[1] for p in ours]
    mine = (min(across), min(down), max(across), max(down))
    assert mine == pytest.approx(theirs, abs=0.8)  # both files are coarsened, each its own way


def _box_of_projected(document: dict, fips: str) -> tuple[float, ...]:
    geometry = next(g for g in document["objects"]["counties"]["geometries"] if g["id"] == fips)
    (sx, sy), (tx, ty) = document["transform"]["scale"], document["transform"]["translate"]
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    across, down = [], []
    for arc in {a if a >= 0 else ~a for polygon in polygons for ring in polygon for a in ring}:
        steps = document["arcs"][arc]
        across += [x * sx + tx for x in accumulate(step[0] for step in steps)]
        down += [y * sy + ty for y in accumulate(step[1] for step in steps)]
    return min(across), min(down), max(across), max(down)


@pytest.mark.parametrize("conic", [LOWER_STATES, ALASKA_INSET, HAWAII_INSET])
def test_the_middle_of_a_conic_falls_on_its_place(conic):
    middle = (conic.meridian + conic.middle[0], conic.middle[1])
    assert conic.projected()(middle) == pytest.approx(conic.place)


def test_both_sides_of_the_date_line_meet():
    project = ALASKA_INSET.projected()
    assert project((180.0, 52.0)) == pytest.approx(project((-180.0, 52.0)))


@given(
    st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=2, max_size=60),
    st.floats(0, 100),
)
def test_simplifying_keeps_ends_order_and_never_adds(line, tolerance):
    thin = simplified(line, tolerance)
    assert (thin[0], thin[-1]) == (line[0], line[-1])
    walk = iter(line)
    assert all(point in walk for point in thin)


@given(st.integers(2, 7), st.integers(2, 7), st.data())
def test_any_union_on_a_grid_of_squares_conserves_area(width, height, data):
    """Squares that share their sides as arcs: a union's area is the number of its squares."""
    topology = _squares(width, height)
    members = data.draw(st.sets(st.sampled_from(sorted(topology.counties)), min_size=1))
    rings = merged_rings((topology.counties[code] for code in members), topology.arcs)
    area = 0.0
    for ring in rings:
        points = [_start(topology, number) for number in ring]
        turned = points[1:] + points[:1]
        area += sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, turned, strict=True)) / 2
    assert area == len(members)


def _start(topology: Topology, number: int):
    return topology.arcs[number][0] if number >= 0 else topology.arcs[~number][-1]


def _squares(width: int, height: int) -> Topology:
    arcs, at = [], {}
    for y in range(height + 1):
        for x in range(width + 1):
            if x < width:
                at["across", x, y] = len(arcs)
                arcs.append(((x, y), (x + 1, y)))
            if y < height:
                at["up", x, y] = len(arcs)
                arcs.append(((x, y), (x, y + 1)))
    squares = {}
    for y in range(height):
        for x in range(width):
            ring = (
                at["across", x, y],
                at["up", x + 1, y],
                ~at["across", x, y + 1],
                ~at["up", x, y],
            )
            squares[f"{x}-{y}"] = Outline(f"{x}-{y}", "square", (ring,))
    return Topology(tuple(arcs), squares, {})


@pytest.mark.parametrize(
    "document", [{}, {"objects": {}}, {"objects": {"counties": {}}, "arcs": []}]
)
def test_something_else_is_refused(document):
    with pytest.raises(BrokenTopology):
        read_topology(document)
