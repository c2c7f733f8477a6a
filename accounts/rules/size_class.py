"""Small or not by the size standard of an industry (13 CFR 121.201), or an honest "we cannot tell".

The limit is a dated row, never a constant here. A standard counts employees (the average of 24
months, 13 CFR 121.106) or annual receipts (the average of five years, 13 CFR 121.104), affiliates
included. Receipts are stated as a band: a limit inside the band leaves the answer open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from kit.refusals import Refusal


class Measure(StrEnum):
    """What a size standard counts."""

    EMPLOYEES = "employees"
    RECEIPTS = "receipts"


MEASURE_WORDS = {Measure.EMPLOYEES: "Employees", Measure.RECEIPTS: "Average annual receipts"}


class Size(StrEnum):
    """The answer."""

    SMALL = "small"
    OTHER = "other"
    UNKNOWN = "unknown"


SIZE_WORDS = {
    Size.SMALL: "Small",
    Size.OTHER: "Not small",
    Size.UNKNOWN: "We cannot tell",
}
# Upper edges of the bands in dollars; each belongs to its band. They are limits that occur often
# in the table, so that most bands give an answer.
EDGES = (
    1_000_000,
    2_250_000,
    5_000_000,
    9_000_000,
    12_500_000,
    16_000_000,
    19_000_000,
    22_000_000,
    25_500_000,
    30_000_000,
    34_000_000,
    40_000_000,
    47_000_000,
)


@dataclass(frozen=True, slots=True)
class Band:
    """Receipts above ``low`` and up to ``high`` dollars; ``high`` is None for the last band."""

    code: str
    low: int
    high: int | None

    @property
    def words(self) -> str:
        """The band as people choose it."""
        if self.high is None:
            return f"More than {dollars(self.low)}"
        if not self.low:
            return f"Up to {dollars(self.high)}"
        return f"More than {dollars(self.low)}, up to {dollars(self.high)}"


@dataclass(frozen=True, slots=True)
class Standard:
    """One row of the table, as far as the rule is concerned.

    Attributes:
        naics: Six digits.
        measure: What is counted.
        limit: The largest number of employees, or of dollars, that is still small.
        citation: Where the limit is published.
        effective_from: Since when.
        note: A footnote that a person must read; the rule then only tells, it does not judge.
    """

    naics: str
    measure: Measure
    limit: int
    citation: str
    effective_from: date
    note: str = ""

    @property
    def words(self) -> str:
        """The limit in words."""
        if self.measure is Measure.EMPLOYEES:
            return f"{self.limit:,} employees"
        return f"{dollars(self.limit)} in average annual receipts"


@dataclass(frozen=True, slots=True)
class Figures:
    """What an organization states of its size; nothing is stated as None and as an empty text."""

    naics: str = ""
    employees: int | None = None
    receipts_band: str = ""


@dataclass(frozen=True, slots=True)
class SizeAnswer:
    """The class and the sentence that explains it."""

    size: Size
    sentence: str

    @property
    def words(self) -> str:
        """The class in words."""
        return SIZE_WORDS[self.size]


def dollars(amount: int) -> str:
    """Return an amount in words.

    >>> dollars(25_500_000), dollars(750_000)
    ('$25.5 million', '$750,000')
    """
    if amount < 1_000_000:
        return f"${amount:,}"
    return f"${amount / 1_000_000:.2f}".rstrip("0").rstrip(".") + " million"


def bands() -> tuple[Band, ...]:
    """Return the bands from low to high."""
    known = [Band(f"up_to_{high}", low, high) for low, high in pairwise((0, *EDGES))]
    return (*known, Band(f"above_{EDGES[-1]}", EDGES[-1], None))


BANDS = {band.code: band for band in bands()}


def size_of(figures: Figures, standard: Standard | None) -> SizeAnswer:
    """Judge what is stated by the standard of the industry.

    >>> row = Standard("332710", Measure.EMPLOYEES, 500, "13 CFR 121.201", date(2023, 3, 17))
    >>> size_of(Figures("332710", employees=120), row).size
    <Size.SMALL: 'small'>
    """
    if standard is None:
        return _no_standard(figures.naics)
    source = f"{standard.citation}, in force since {_day(standard.effective_from)}"
    limit = f"The standard for NAICS {standard.naics} is {standard.words} ({source})."
    low, high = _stated(figures, standard.measure)
    if low is None:
        asked = MEASURE_WORDS[standard.measure].lower()
        return SizeAnswer(Size.UNKNOWN, f"We cannot tell: {asked} not given. {limit}")
    if standard.note:
        return SizeAnswer(
            Size.UNKNOWN, f"We cannot tell: the standard has a footnote. {limit} {standard.note}"
        )
    if high is not None and high <= standard.limit:
        return SizeAnswer(Size.SMALL, f"Small. {limit}")
    if low > standard.limit or (low == standard.limit and high != low):
        return SizeAnswer(Size.OTHER, f"Not small. {limit}")
    return SizeAnswer(Size.UNKNOWN, f"We cannot tell: the limit lies inside the band. {limit}")


def statement_refusal(stated: str, answer: SizeAnswer) -> Refusal | None:
    """Say why a stated class contradicts the figures beside it.

    >>> statement_refusal("small", SizeAnswer(Size.OTHER, "Not small.")).code
    'size_contradicts_figures'
    """
    if not stated or answer.size is Size.UNKNOWN or stated == answer.size:
        return None
    return Refusal(
        "size_contradicts_figures",
        f"By the figures given it is the other way round: {answer.sentence}",
    )


def _no_standard(naics: str) -> SizeAnswer:
    if not naics:
        sentence = "We cannot tell: no industry code given, and each industry has its own limit."
    elif len(naics) < 6:
        sentence = (
            f"We cannot tell: size standards are set for six-digit codes, and {naics} is shorter."
        )
    else:
        sentence = f"We cannot tell: the portal holds no size standard for NAICS {naics}."
    return SizeAnswer(Size.UNKNOWN, sentence)


def _stated(figures: Figures, measure: Measure) -> tuple[int | None, int | None]:
    """Return the lowest and highest value that the statement allows."""
    if measure is Measure.EMPLOYEES:
        return figures.employees, figures.employees
    band = BANDS.get(figures.receipts_band)
    return (band.low, band.high) if band else (None, None)


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
