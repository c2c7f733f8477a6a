"""The location quotient and its bounds, exactly.

Write x for the cluster's jobs in the region, y for the rest of the region's base, a and b for the
same two elsewhere in the nation. Then

    LQ = (x / (x + y)) / ((x + a) / (x + y + a + b)) = x (x + y + a + b) / ((x + y)(x + a)).

It falls in y and a and rises in b. In x it rises to one maximum and falls after it (a region that
holds nearly the whole cluster), so that the greatest value may lie inside x's range. With each of
the four in its own range these are the sharp bounds; numerator and denominator move together.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt


@dataclass(frozen=True, slots=True)
class Span:
    """An integer between what must be there and what can be there; the value may lie below."""

    certain: int
    value: int
    high: int

    def __post_init__(self) -> None:
        if self.certain > self.high or self.value > self.high:
            raise ValueError(f"not a span: {self.certain}, {self.value}, {self.high}")


@dataclass(frozen=True, slots=True)
class Place:
    """A cluster's jobs and the rest of the base, in the region or elsewhere."""

    cluster: Span
    rest: Span


def quotient(x: int, y: int, a: int, b: int) -> Fraction:
    """Location quotient of exact counts; zero where the cluster or the base is empty."""
    if x <= 0 or x + y <= 0 or x + a <= 0:
        return Fraction(0)
    return Fraction(x * (x + y + a + b), (x + y) * (x + a))


def greatest_quotient(x: tuple[int, int], y: int, a: int, b: int) -> Fraction:
    """Largest quotient over a range of x, with y, a and b fixed."""
    low, high = x
    candidates = {low, high}
    if b > 0:
        root = (a * y + isqrt(a * a * y * y + a * b * y * (y + a + b))) // b
        candidates |= {min(max(root + step, low), high) for step in (0, 1)}
    return max(quotient(candidate, y, a, b) for candidate in candidates)


def quotient_bounds(here: Place, elsewhere: Place) -> tuple[Fraction, Fraction, Fraction]:
    """Least, value and greatest location quotient."""
    x, y, a, b = here.cluster, here.rest, elsewhere.cluster, elsewhere.rest
    value = quotient(x.value, y.value, a.value, b.value)
    least = min(quotient(end, y.high, a.high, b.certain) for end in (x.certain, x.high))
    most = greatest_quotient((x.certain, x.high), y.certain, a.certain, b.high)
    return min(least, value), value, max(most, value)


def share_bounds(part: Span, rest: Span) -> tuple[Fraction, Fraction, Fraction]:
    """Bounds of part / (part + rest)."""

    def share(one: int, other: int) -> Fraction:
        return Fraction(one, one + other) if one > 0 else Fraction(0)

    value = share(part.value, rest.value)
    return (
        min(share(part.certain, rest.high), value),
        value,
        max(share(part.high, rest.certain), value),
    )
