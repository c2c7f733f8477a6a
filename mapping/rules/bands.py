"""Size bands of regions and the quartiles of a pool."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mapping.rules.terms import Band


@dataclass(frozen=True, slots=True)
class BandCuts:
    """Traded employment from which a region is medium, and from which it is large."""

    medium_from: int
    large_from: int

    def band_of(self, traded_employment: int) -> Band:
        """The band of a region.

        >>> BandCuts(19_000, 84_000).band_of(20_000)
        <Band.MEDIUM: 'medium'>
        """
        if traded_employment < self.medium_from:
            return Band.SMALL
        return Band.MEDIUM if traded_employment < self.large_from else Band.LARGE


def tercile_cuts(traded_employment: Iterable[int]) -> BandCuts:
    """Cut areas into thirds by traded employment; the remainder of the division is large.

    >>> tercile_cuts([1, 2, 3, 4, 5, 6, 7])
    BandCuts(medium_from=3, large_from=5)
    """
    ordered = sorted(traded_employment)
    third = len(ordered) // 3
    if third == 0:
        return BandCuts(0, 0)
    return BandCuts(ordered[third], ordered[2 * third])


def quantile(ordered: Sequence[Fraction], share: Fraction) -> Fraction:
    """Type-7 quantile of an ascending sequence, exactly; zero for an empty one.

    >>> quantile([Fraction(1), Fraction(2), Fraction(4)], Fraction(3, 4))
    Fraction(3, 1)
    """
    if not ordered:
        return Fraction(0)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


TOP_QUARTILE = Fraction(3, 4)
