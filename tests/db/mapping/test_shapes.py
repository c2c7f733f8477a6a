"""Shapes: drawn once per geography, for every region type, in both levels of detail."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings

from mapping.actions.draw_shapes import draw_shapes
from mapping.models import County, EconomicArea, Shape, ShapeSet, State
from tests.constraints import refused_by, refused_by_trigger

AT = dt.datetime(2026, 3, 3, 12, 0, tzinfo=dt.UTC)
needs_borders = pytest.mark.skipif(
    not Path(settings.BORDERS_FILE).is_file(),
    reason="the front-end package us-atlas is not installed (npm ci)",
)


def shape_set(digest: str = "a" * 64) -> ShapeSet:
    return ShapeSet.objects.create(
        geography_digest=digest, source="borders", source_digest="b" * 64, drawn_at=AT
    )


def shape(of: ShapeSet, **fields: object) -> Shape:
    values = {
        "layer": "state",
        "region_code": "53",
        "detail": "sheet",
        "path": "M0 0h1v1z",
        "left": 0,
        "top": 0,
        "right": 1,
        "bottom": 1,
        "label_x": 0,
        "label_y": 0,
    }
    return Shape.objects.create(shape_set=of, **{**values, **fields})


def test_a_geography_is_drawn_once_per_file():
    shape_set()
    with refused_by("shape_set_once"):
        shape_set()


def test_a_region_has_one_shape_per_detail():
    drawn = shape_set()
    shape(drawn)
    shape(drawn, detail="region")
    with refused_by("shape_once"):
        shape(drawn)


def test_a_box_stands_upright():
    with refused_by("shape_box_in_order"):
        shape(shape_set(), left=2, right=1)


def test_shapes_never_change():
    drawn = shape(shape_set())
    with refused_by_trigger():
        Shape.objects.filter(pk=drawn.pk).update(path="M0 0z")
    with refused_by_trigger():
        Shape.objects.filter(pk=drawn.pk).delete()


@needs_borders
def test_drawing_covers_counties_states_and_areas():
    washington = State.objects.create(fips="53", name="Washington", postal="WA")
    seattle = EconomicArea.objects.create(code="152", name="Seattle-Tacoma-Olympia, WA")
    for fips, name in (("53033", "King"), ("53053", "Pierce"), ("53061", "Snohomish")):
        County.objects.create(fips=fips, name=name, state=washington, economic_area=seattle)
    drawn = draw_shapes(at=AT, geography_digest="c" * 64)
    assert drawn is not None
    sheet = drawn.shapes.filter(detail="sheet")
    assert sheet.filter(layer="county").count() == 3142
    assert sheet.filter(layer="state").count() == 51
    assert sheet.get(layer="ea").region_code == "152"
    assert sheet.filter(layer="lines").count() == 1
    assert drawn.shapes.filter(detail="region").count() == sheet.count()
    king = sheet.get(layer="county", region_code="53033")
    assert {"53053", "53061"} <= set(king.neighbours)
    assert "53033" not in king.neighbours
    oregon = sheet.get(layer="state", region_code="41")
    assert oregon.neighbours == ["06", "16", "32", "53"]
    assert draw_shapes(at=AT, geography_digest="c" * 64) == drawn


def test_without_the_file_there_are_no_shapes(tmp_path: Path):
    assert draw_shapes(at=AT, geography_digest="d" * 64, borders=tmp_path / "none.json") is None
    assert not ShapeSet.objects.exists()
