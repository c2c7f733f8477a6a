"""A figure with what is certainly there and what could be there at most."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Bounds:
    """An exact value between a low and a high bound.

    `low` is what the published cells prove, `value` is what the chosen imputation reads,
    `high` is the most that the withheld or absent cells allow.
    """

    low: Fraction
    value: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise ValueError(f"not in order: {self.low} <= {self.value} <= {self.high}")

    @classmethod
    def of(
        cls, low: Fraction | int | str, value: Fraction | int | str, high: Fraction | int | str
    ) -> "Bounds":
        """Bounds of anything that reads as an exact fraction."""
        return cls(Fraction(low), Fraction(value), Fraction(high))

    @classmethod
    def exact(cls, value: Fraction | int | str) -> "Bounds":
        """A figure without doubt."""
        return cls.of(value, value, value)

    @classmethod
    def from_texts(cls, texts: Mapping[str, str]) -> "Bounds":
        """The inverse of `as_texts`."""
        return cls.of(texts["low"], texts["value"], texts["high"])

    def as_texts(self) -> dict[str, str]:
        """Exact texts ("3/2") for a snapshot or a digest."""
        return {"low": str(self.low), "value": str(self.value), "high": str(self.high)}

    @property
    def is_exact(self) -> bool:
        """Whether nothing is open."""
        return self.low == self.high

    def contains(self, number: Fraction | int) -> bool:
        """Whether a number lies within the bounds."""
        return self.low <= number <= self.high

    def __add__(self, other: "Bounds") -> "Bounds":
        return Bounds(self.low + other.low, self.value + other.value, self.high + other.high)
