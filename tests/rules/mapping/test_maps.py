"""Classes of colour, names of counties, and SVG that keeps a strict content policy."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.rules.county_texts import read_counties
from mapping.rules.geometry import Box
from mapping.rules.map_classes import NONE, SCALES, MapMeasure
from mapping.rules.states import STATES
from mapping.rules.svg import (
    AreaMark,
    MapFrame,
    composition_svg,
    map_svg,
    range_svg,
    standalone,
)

LQ = SCALES[MapMeasure.LQ]
NAMES = {
    "53033": "King County, WA",
    "48269": "King County, TX",
    "22033": "East Baton Rouge Parish, LA",
    "29510": "St. Louis city, MO",
    "24510": "Baltimore city, MD",
}
STATE_CODES = {
    text.lower(): code for code, names in STATES.items() for text in (names.name, names.postal)
}


@pytest.mark.parametrize("scale", SCALES.values(), ids=lambda scale: scale.measure)
def test_every_scale_has_seven_named_classes(scale):
    assert len(scale.starts) == 6
    assert len(scale.labels) == 7
    assert list(scale.starts) == sorted(scale.starts)


CLASSES = """
    low   value  high   class
    0     0      0      class-none
    1.2   1.3    1.4    class-4
    1.4   1.5    1.5    class-5
    3     3      9      class-6
    0     0      0.2    class-0
    0.1   0.2    1.1    class-0 is-wide
    0.9   2.0    4.0    class-5 is-wide
    0     0      2.0    class-unsure
"""


@pytest.mark.parametrize("line", CLASSES.strip().splitlines()[1:])
def test_class_of_a_figure_with_bounds(line: str):
    low, value, high, expected = line.split(maxsplit=3)
    assert LQ.css_class(float(low), float(value), float(high)) == expected


@given(st.tuples(*[st.floats(0, 50)] * 3).map(sorted))
def test_a_narrow_range_is_never_unsure(bounds):
    low, value, high = bounds
    found = LQ.css_class(low, value, high)
    if high > 0 and LQ.class_of(low) == LQ.class_of(high):
        assert found == f"class-{LQ.class_of(value)}"
    if high == 0:
        assert found == NONE


WRITTEN = """
    53033, 48269                     -> 53033 48269
    53033 53033                      -> 53033
    King, WA; king county, texas     -> 53033 48269
    East Baton Rouge, Louisiana      -> 22033
    st louis, mo                     -> 29510
    Baltimore, MD                    -> 24510
"""


@pytest.mark.parametrize("line", WRITTEN.strip().splitlines())
def test_counties_as_people_write_them(line: str):
    text, _, codes = line.partition("->")
    found = read_counties(text.strip(), NAMES, STATE_CODES)
    assert found.fips == tuple(codes.split())
    assert found.unknown == ()


def test_a_name_in_two_states_is_asked_about():
    found = read_counties("King", NAMES, STATE_CODES)
    assert found.fips == ()
    assert found.ambiguous == (("King", ("53033", "48269")),)


def test_what_names_nothing_is_said():
    found = read_counties("Atlantis\n99999", NAMES, STATE_CODES)
    assert found.unknown == ("Atlantis", "99999")


@given(st.text(max_size=40))
def test_any_text_is_read_without_a_crash(text):
    read_counties(text, NAMES, STATE_CODES)


@given(st.text(alphabet=st.characters(codec="utf-8", categories=["L", "P", "S"]), max_size=20))
def test_maps_escape_whatever_a_name_holds(name):
    marks = [AreaMark("M0 0h1v1z", "class-1", name, "/x/?a=1&b=2")]
    drawn = map_svg(marks, MapFrame(Box(0, 0, 10, 10), name))
    root = ET.fromstring(drawn)  # noqa: S314 - our own text
    title = root.find(".//{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert (title.text or "") == name
    assert not re.search(r'\sstyle=|<script|\son\w+="', drawn)
    assert ET.fromstring(standalone(drawn, name)) is not None  # noqa: S314


@given(st.tuples(*[st.floats(0, 100)] * 3).map(sorted))
def test_range_bars_stay_inside_their_box(bounds):
    low, value, high = bounds
    root = ET.fromstring(range_svg(low, value, high))  # noqa: S314
    bar = root.find("rect")
    assert bar is not None
    assert 0 <= float(bar.get("x", "-1")) <= 240
    assert f"{value:.2f}" in root.get("aria-label", "")


def test_compositions_leave_out_what_is_empty():
    drawn = composition_svg([("part-a", "A", 0.25), ("part-b", "B", 0.0)], "Jobs")
    assert "part-a" in drawn
    assert "part-b" not in drawn
