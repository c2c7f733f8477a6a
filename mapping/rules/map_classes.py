"""The classes by which a map is coloured: seven steps with names, hatching, "we cannot tell"."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

NONE, UNSURE, WIDE = "class-none", "class-unsure", "is-wide"
# A range that spans more classes than this is hatched: its class is what is published, no more.
WIDEST_RANGE = 2


class MapMeasure(StrEnum):
    """What a map can be coloured by."""

    LQ = "lq"
    LQ_TOTAL = "lq-total"
    JOBS = "jobs"
    SHARE = "share"
    SHARE_OF_REGION = "region"
    ESTABLISHMENTS = "workplaces"
    WAGE = "wage"
    GROWTH = "growth"
    PERCENTILE = "percentile"


class ReadingEnd(StrEnum):
    """Which end of a figure's bounds a map is coloured by."""

    VALUE = "value"
    LOW = "low"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Scale:
    """One measure's classes.

    Attributes:
        measure: The measure.
        name: As people say it, at the start of a sentence.
        explanation: What the figure means, in one sentence.
        starts: Where each class but the first begins, ascending: six numbers, seven classes.
        labels: The classes' names, lowest first.
        without: What a region without a figure has not.
        is_signed: Whether less than nothing is a figure too.
    """

    measure: MapMeasure
    name: str
    explanation: str
    starts: tuple[float, ...]
    labels: tuple[str, ...]
    without: str = "No published jobs"
    is_signed: bool = False

    def class_of(self, value: float) -> int:
        """Return the class of a value; a class contains its own start.

        >>> SCALES[MapMeasure.LQ].class_of(1.5)
        5
        """
        return bisect_right(self.starts, value)

    def css_class(self, low: float, value: float, high: float) -> str:
        """Return the class of a figure with bounds.

        A figure of nothing is "none" where nothing is possible. Where the bounds are wide, the
        class of the published value is hatched; where nothing is published and much is possible,
        we cannot tell.
        """
        if high <= 0 and not self.is_signed:
            return NONE
        if not self.is_wide(low, high):
            return f"class-{self.class_of(value)}"
        return f"class-{self.class_of(value)} {WIDE}" if value > 0 else UNSURE

    def css_class_of_end(self, end: float, high: float) -> str:
        """Return the class of one end of the bounds; nothing where nothing is possible."""
        return f"class-{self.class_of(end)}" if high > 0 or self.is_signed else NONE

    def is_wide(self, low: float, high: float) -> bool:
        """Whether the bounds span so many classes that the value alone says little."""
        return self.class_of(high) - self.class_of(low) > WIDEST_RANGE


_QUOTIENT_STARTS = (0.25, 0.5, 0.8, 1.2, 1.5, 3.0)
_QUOTIENT_LABELS = (
    "Less than a quarter of the national share",
    "A quarter to half",
    "Half to 0.8",
    "About the national share (0.8 to 1.2)",
    "1.2 to 1.5 times",
    "1.5 to 3 times",
    "3 times the national share or more",
)

SCALES: dict[MapMeasure, Scale] = {
    scale.measure: scale
    for scale in (
        Scale(
            MapMeasure.LQ,
            "Location quotient",
            "How many times the national share of jobs the cluster has here, "
            "among clusters of its own kind.",
            _QUOTIENT_STARTS,
            _QUOTIENT_LABELS,
        ),
        Scale(
            MapMeasure.LQ_TOTAL,
            "Location quotient over all jobs",
            "How many times the national share of all jobs the cluster has here.",
            _QUOTIENT_STARTS,
            _QUOTIENT_LABELS,
        ),
        Scale(
            MapMeasure.JOBS,
            "Jobs",
            "Published jobs of the cluster.",
            (20, 100, 500, 2_000, 10_000, 50_000),
            (
                "Fewer than 20",
                "20 to 99",
                "100 to 499",
                "500 to 1,999",
                "2,000 to 9,999",
                "10,000 to 49,999",
                "50,000 or more",
            ),
        ),
        Scale(
            MapMeasure.SHARE,
            "Share of the nation",
            "The region's share of the cluster's jobs in the nation.",
            (0.0001, 0.0005, 0.002, 0.01, 0.03, 0.1),
            (
                "Less than 0.01 %",
                "0.01 to 0.05 %",
                "0.05 to 0.2 %",
                "0.2 to 1 %",
                "1 to 3 %",
                "3 to 10 %",
                "10 % or more",
            ),
        ),
        Scale(
            MapMeasure.SHARE_OF_REGION,
            "Share of the region",
            "The cluster's share of the region's jobs, among clusters of its own kind.",
            (0.002, 0.005, 0.01, 0.03, 0.08, 0.2),
            (
                "Less than 0.2 %",
                "0.2 to 0.5 %",
                "0.5 to 1 %",
                "1 to 3 %",
                "3 to 8 %",
                "8 to 20 %",
                "20 % or more",
            ),
        ),
        Scale(
            MapMeasure.ESTABLISHMENTS,
            "Workplaces",
            "Published workplaces (establishments) of the cluster.",
            (5, 10, 25, 100, 400, 2_000),
            (
                "Fewer than 5",
                "5 to 9",
                "10 to 24",
                "25 to 99",
                "100 to 399",
                "400 to 1,999",
                "2,000 or more",
            ),
        ),
        Scale(
            MapMeasure.WAGE,
            "Average wage",
            "Payroll of a year for each job, in dollars, over cells that publish both.",
            (30_000, 40_000, 50_000, 65_000, 80_000, 110_000),
            (
                "Less than $30,000",
                "$30,000 to $39,999",
                "$40,000 to $49,999",
                "$50,000 to $64,999",
                "$65,000 to $79,999",
                "$80,000 to $109,999",
                "$110,000 or more",
            ),
        ),
        Scale(
            MapMeasure.GROWTH,
            "Growth of jobs a year",
            "How much published jobs grew or shrank in a year, since the earlier data of the same "
            "kind.",
            (-0.10, -0.03, -0.005, 0.005, 0.03, 0.10),
            (
                "Shrank by 10 % or more",
                "Shrank by 3 to 10 %",
                "Shrank by 0.5 to 3 %",
                "About the same",
                "Grew by 0.5 to 3 %",
                "Grew by 3 to 10 %",
                "Grew by 10 % or more",
            ),
            without="No jobs published now or in the earlier data",
            is_signed=True,
        ),
        Scale(
            MapMeasure.PERCENTILE,
            "Place among regions",
            "The share of regions of this type, among those with any published jobs of the "
            "cluster, whose location quotient is lower.",
            (0.1, 0.25, 0.5, 0.75, 0.9, 0.95),
            (
                "In the lowest tenth",
                "In the lowest quarter",
                "In the lower half",
                "In the upper half",
                "In the highest quarter",
                "In the highest tenth",
                "In the highest twentieth",
            ),
            is_signed=True,
        ),
    )
}
LABELS_BESIDE = {
    WIDE: "Hatched: the published data allow a much lower or higher figure",
    UNSURE: "Nothing published, but we cannot tell: cells are withheld",
}
