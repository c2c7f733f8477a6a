"""What a region's page shows beside its figures: its parts, what it belongs to, its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from mapping.models import Basis, County, RegionTotal, Shape, ShapeSet
from mapping.queries.figures import Figure, figures_of_region
from mapping.rules.geometry import Box, Detail
from mapping.rules.svg import AreaMark, MapFrame, map_svg, overlaps, widened
from mapping.rules.terms import RegionType

MANY_COUNTIES = 400


@dataclass(frozen=True, slots=True)
class RegionPage:
    """One region: its totals, every cluster's figures, its counties, and where it lies."""

    region_type: RegionType
    total: RegionTotal
    figures: Sequence[Figure]
    counties: Sequence[RegionTotal]
    belongs_to: Sequence[RegionTotal]
    neighbours: Sequence[RegionTotal]

    @property
    def other_jobs(self) -> int:
        """Jobs in no cluster of the definition set."""
        total = self.total
        return max(0, total.employment - total.traded - total.local - total.resource)


def region_total(basis: Basis, region_type: RegionType, code: str) -> RegionTotal | None:
    """Return one region's totals, or None for a region that the Basis does not know."""
    return RegionTotal.objects.filter(
        basis=basis, region_type=region_type.value, region_code=code
    ).first()


def region_page(basis: Basis, total: RegionTotal, shapes: ShapeSet | None) -> RegionPage:
    """Gather one region's page."""
    region_type = RegionType(total.region_type)
    return RegionPage(
        region_type=region_type,
        total=total,
        figures=figures_of_region(basis, total),
        counties=_totals(basis, RegionType.COUNTY, _county_codes(region_type, total.region_code)),
        belongs_to=_belongs_to(basis, total) if region_type is RegionType.COUNTY else (),
        neighbours=_totals(basis, region_type, _neighbour_codes(shapes, total)),
    )


def _county_codes(region_type: RegionType, code: str) -> list[str]:
    if region_type is RegionType.COUNTY:
        return []
    counties = County.objects.all()
    members = {
        RegionType.STATE: lambda: counties.filter(state=code),
        RegionType.ECONOMIC_AREA: lambda: counties.filter(economic_area=code),
        RegionType.CBSA: lambda: counties.filter(cbsas=code),
    }[region_type]()
    return list(members.values_list("fips", flat=True)[:MANY_COUNTIES])


def _belongs_to(basis: Basis, total: RegionTotal) -> list[RegionTotal]:
    county = County.objects.filter(fips=total.region_code).first()
    if county is None:
        return []
    found = []
    for region_type, code in (
        (RegionType.STATE, county.state_id),
        (RegionType.ECONOMIC_AREA, county.economic_area_id),
    ):
        found += _totals(basis, region_type, [code] if code else [])
    return found


def _neighbour_codes(shapes: ShapeSet | None, total: RegionTotal) -> list[str]:
    if shapes is None:
        return []
    row = Shape.objects.filter(
        shape_set=shapes,
        layer=total.region_type,
        region_code=total.region_code,
        detail=Detail.SHEET.value,
    ).first()
    return row.neighbours if row else []


def _totals(basis: Basis, region_type: RegionType, codes: Iterable[str]) -> list[RegionTotal]:
    codes = list(codes)
    if not codes:
        return []
    rows = RegionTotal.objects.filter(
        basis=basis, region_type=region_type.value, region_code__in=codes
    )
    return list(rows.order_by("-employment", "name"))


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """What the map of a place shows: the counties inside, what each says and where it leads."""

    name: str
    inside: frozenset[str]
    title: Callable[[str], str]
    address: Callable[[str], str]


def draw_place(shapes: ShapeSet, place: PlaceMap) -> str:
    """Return a map of some counties and their surroundings, or nothing without a shape."""
    rows = Shape.objects.filter(shape_set=shapes, detail=Detail.REGION.value)
    counties = rows.filter(layer=RegionType.COUNTY.value)
    boxes = [_box(row) for row in counties.filter(region_code__in=place.inside)]
    if not boxes:
        return ""
    window = widened(boxes, 0.25)
    around = counties.filter(
        left__lte=window.right,
        right__gte=window.left,
        top__lte=window.bottom,
        bottom__gte=window.top,
    )
    areas = [
        AreaMark(
            path=row.path,
            css_class="map__inside" if row.region_code in place.inside else "map__around",
            title=place.title(row.region_code),
            href=place.address(row.region_code),
        )
        for row in around.order_by("region_code")
    ]
    states = [
        row.path for row in rows.filter(layer=RegionType.STATE.value) if overlaps(_box(row), window)
    ]
    frame = MapFrame(window=window, label=f"Where {place.name} lies", lines="".join(states))
    return map_svg(areas, frame)


def _box(row: Shape) -> Box:
    return Box(row.left, row.top, row.right, row.bottom)
