"""Draw the shapes of the loaded geography, once per geography and file of borders."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from mapping.models import Cbsa, County, Shape, ShapeSet
from mapping.models.shapes import LINES
from mapping.rules.geometry import (
    Detail,
    draw,
    draw_state_lines,
    make_sheet,
    neighbours,
    on_sheet,
)
from mapping.rules.geometry import Shape as Drawn
from mapping.rules.terms import RegionType
from mapping.rules.topology import Topology, read_topology

Members = Mapping[str, list[str]]
SOURCE = "Census Bureau cartographic boundaries of 2017 (us-atlas 3.0.1)"


@transaction.atomic
def draw_shapes(
    *, at: datetime, geography_digest: str, borders: Path | None = None
) -> ShapeSet | None:
    """Draw and keep the shapes of all region types; nothing happens when they are there.

    Returns:
        The set, or None where the file of borders is absent: pages then show tables alone.
    """
    path = borders or settings.BORDERS_FILE
    if not path.is_file():
        return None
    content = path.read_bytes()
    source_digest = hashlib.sha256(content).hexdigest()
    shape_set, is_new = ShapeSet.objects.get_or_create(
        geography_digest=geography_digest,
        source_digest=source_digest,
        defaults={"source": SOURCE, "drawn_at": at},
    )
    if is_new:
        topology = read_topology(json.loads(content))
        # All are drawn before the first is written: a COPY lets no other query through.
        _copy(list(_shapes(shape_set, topology)))
    return shape_set


def _copy(shapes: list[Shape]) -> None:
    """Write thousands of long rows at once."""
    columns = [field for field in Shape._meta.concrete_fields if not field.primary_key]  # noqa: SLF001
    names = ", ".join(f'"{field.column}"' for field in columns)
    statement = f"COPY {Shape._meta.db_table} ({names}) FROM STDIN"  # noqa: SLF001
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for shape in shapes:
            copy.write_row([getattr(shape, field.attname) for field in columns])


def _shapes(shape_set: ShapeSet, topology: Topology) -> Iterator[Shape]:
    layers = _layers(topology)
    beside = {layer: neighbours(topology, members) for layer, members in layers.items()}
    for detail in Detail:
        sheet = make_sheet(topology, detail)
        yield _row(shape_set, LINES, detail, draw_state_lines(sheet))
        for layer, members in layers.items():
            for code, drawn in draw(sheet, members).items():
                row = _row(shape_set, layer, detail, drawn)
                row.neighbours = list(beside[layer].get(code, ()))
                yield row


def _row(shape_set: ShapeSet, layer: str, detail: Detail, drawn: Drawn) -> Shape:
    return Shape(
        shape_set=shape_set,
        layer=layer,
        region_code=drawn.code,
        detail=detail.value,
        path=drawn.path,
        left=drawn.box.left,
        top=drawn.box.top,
        right=drawn.box.right,
        bottom=drawn.box.bottom,
        label_x=drawn.label[0],
        label_y=drawn.label[1],
    )


def _layers(topology: Topology) -> dict[str, Members]:
    """Counties of every region, by layer, as the loaded geography has them."""
    counties = sorted(on_sheet(topology))
    states: dict[str, list[str]] = {}
    for fips in counties:
        states.setdefault(fips[:2], []).append(fips)
    return {
        RegionType.COUNTY.value: {fips: [fips] for fips in counties},
        RegionType.STATE.value: states,
        RegionType.ECONOMIC_AREA.value: _area_members(),
        RegionType.CBSA.value: _cbsa_members(),
    }


def _area_members() -> Members:
    members: dict[str, list[str]] = {}
    rows = County.objects.exclude(economic_area=None).order_by("fips")
    for fips, area in rows.values_list("fips", "economic_area_id"):
        members.setdefault(area, []).append(fips)
    return members


def _cbsa_members() -> Members:
    members: dict[str, list[str]] = {}
    for code, fips in Cbsa.counties.through.objects.values_list("cbsa_id", "county_id"):
        members.setdefault(code, []).append(fips)
    return {code: sorted(fips) for code, fips in sorted(members.items())}
