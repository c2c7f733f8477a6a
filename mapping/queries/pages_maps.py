"""What a national map shows: every region of a type with its class, title and shape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mapping.models import Basis, Cluster, Shape, ShapeSet
from mapping.models.shapes import LINES
from mapping.queries.figures import Figure, figures_of_cluster
from mapping.rules.geometry import STATE_LINES, Box, Detail, inset_path
from mapping.rules.map_classes import (
    LABELS_BESIDE,
    NONE,
    SCALES,
    UNSURE,
    MapMeasure,
    ReadingEnd,
    Scale,
)
from mapping.rules.svg import AreaMark, MapFrame, map_svg, widened
from mapping.rules.terms import RegionType
from mapping.rules.wages import PARTIAL

Address = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class MapChoice:
    """What the reader chose to see."""

    cluster: Cluster
    measure: MapMeasure
    region_type: RegionType
    end: ReadingEnd = ReadingEnd.VALUE

    @property
    def scale(self) -> Scale:
        """The classes of the measure."""
        return SCALES[self.measure]

    def css_class(self, figure: Figure) -> str:
        """The class of colour of a figure."""
        return figure.css_class(self.measure, self.end)


@dataclass(frozen=True, slots=True)
class LegendItem:
    """One class of the legend, with how many regions are in it."""

    css_class: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class MapFigures:
    """All regions of a map: those with figures, and the names of all."""

    choice: MapChoice
    names: Mapping[str, str]
    figures: Sequence[Figure]

    def legend(self) -> list[LegendItem]:
        """Return all classes, and beside them those without a number where they occur."""
        counts = Counter(
            part for figure in self.figures for part in self.choice.css_class(figure).split()
        )
        counts[NONE] += len(self.names) - len(self.figures)
        labels = self.choice.scale.labels
        items = [
            LegendItem(f"class-{at}", label, counts[f"class-{at}"])
            for at, label in enumerate(labels)
        ]
        beside = {**LABELS_BESIDE, NONE: self.choice.scale.without}
        return items + [
            LegendItem(css_class, label, counts[css_class])
            for css_class, label in beside.items()
            if counts[css_class]
        ]


def map_figures(basis: Basis, choice: MapChoice) -> MapFigures:
    """Return everything that a map and its table show."""
    names, figures = figures_of_cluster(basis, choice.region_type, choice.cluster.code)
    return MapFigures(choice, names, figures)


def shape_set_of(basis: Basis) -> ShapeSet | None:
    """Return the shapes of the Basis's geography, or the latest ones."""
    own = ShapeSet.objects.filter(geography_digest=basis.geography_digest).first()
    return own or ShapeSet.objects.first()


def draw_national_map(shapes: ShapeSet, shown: MapFigures, address: Address) -> str:
    """Return the national map as SVG; `address` gives a region's page by its code."""
    choice = shown.choice
    rows = Shape.objects.filter(shape_set=shapes, detail=Detail.SHEET.value)
    by_code = {figure.code: figure for figure in shown.figures}
    areas, boxes = [], []
    for row in rows.filter(layer=choice.region_type.value).order_by("region_code"):
        figure = by_code.get(row.region_code)
        name = shown.names.get(row.region_code)
        areas.append(
            AreaMark(
                path=row.path,
                css_class=choice.css_class(figure) if figure else NONE,
                title=area_title(choice, name or row.region_code, figure),
                href=address(row.region_code) if name else "",
            )
        )
        boxes.append(Box(row.left, row.top, row.right, row.bottom))
    lines = rows.filter(layer=LINES, region_code=STATE_LINES).values_list("path", flat=True).first()
    frame = MapFrame(
        window=widened(boxes, 0.01),
        label=f"{choice.scale.name} of {choice.cluster.name}; the table has the same figures",
        insets=inset_path(Detail.SHEET),
        lines="" if choice.region_type is RegionType.STATE else lines or "",
    )
    return map_svg(areas, frame)


def area_title(choice: MapChoice, name: str, figure: Figure | None) -> str:
    """Return what an area says when pointed at."""
    reading = figure.reading(choice.measure) if figure else None
    if figure is None or reading is None or figure.css_class(choice.measure) == NONE:
        return f"{name}: {choice.scale.without[0].lower()}{choice.scale.without[1:]}"
    said = f"{name}: {figure_text(choice.measure, reading.value)}"
    if figure.css_class(choice.measure) == UNSURE:
        said += ", but we cannot tell"
    if choice.measure is MapMeasure.WAGE and figure.pay.is_partial:
        return f"{said}. {PARTIAL}"
    if reading.is_exact:
        return said
    low, high = (figure_text(choice.measure, end) for end in (reading.low, reading.high))
    return said if low == high else f"{said} (between {low} and {high})"


WRITTEN = {
    MapMeasure.JOBS: "{:,.0f} jobs",
    MapMeasure.SHARE: "{:.2%}",
    MapMeasure.SHARE_OF_REGION: "{:.2%}",
    MapMeasure.ESTABLISHMENTS: "{:,.0f} workplaces",
    MapMeasure.WAGE: "${:,.0f} a year",
    MapMeasure.GROWTH: "{:+.1%} a year",
    MapMeasure.PERCENTILE: "above {:.0%} of regions",
}


def figure_text(measure: MapMeasure, value: float) -> str:
    """Write one figure of a measure.

    >>> figure_text(MapMeasure.SHARE, 0.0123)
    '1.23%'
    """
    return WRITTEN.get(measure, "{:.2f}").format(value)
