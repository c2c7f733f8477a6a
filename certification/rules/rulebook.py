"""The rulebook: the programme's numbers as dated, cited parameters.

Criteria ask a rulebook for their numbers; none of them holds one. Rulebooks are loaded from
rows, so that an old case is judged by the rows that were in force for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from certification.rules.results import Direction, Threshold


class RulebookIncompleteError(ValueError):
    """Raised when rows do not make a whole rulebook; nothing may be judged by it."""


@dataclass(frozen=True)
class Parameter:
    """One number of the rulebook, with the text it comes from."""

    key: str
    value: Fraction
    title: str
    citation: str


@dataclass(frozen=True)
class Rulebook:
    """The parameters in force from ``effective_from`` until (not on) ``effective_to``."""

    code: str
    version: int
    effective_from: date
    effective_to: date | None
    parameters: tuple[Parameter, ...]

    def parameter(self, key: str) -> Parameter:
        """The parameter of this name."""
        for parameter in self.parameters:
            if parameter.key == key:
                return parameter
        message = f"Rulebook {self.code} version {self.version} has no parameter {key}."
        raise RulebookIncompleteError(message)

    def value(self, key: str) -> Fraction:
        """The number of this parameter, exact."""
        return self.parameter(key).value

    def whole(self, key: str) -> int:
        """The number of a parameter that counts days, years or heads."""
        number = self.value(key)
        if number.denominator != 1:
            message = f"Parameter {key} must be a whole number, not {number}."
            raise RulebookIncompleteError(message)
        return int(number)

    def citation(self, key: str) -> str:
        """Where this number is written."""
        return self.parameter(key).citation

    def floor(self, key: str, *, is_count: bool = False, is_strict: bool = False) -> Threshold:
        """A minimum taken from a parameter."""
        return self.line(self.value(key), is_count=is_count, is_strict=is_strict)

    def ceiling(self, key: str) -> Threshold:
        """A maximum taken from a parameter."""
        return self.line(self.value(key), direction=Direction.MAXIMUM)

    def line(
        self,
        value: Fraction,
        *,
        direction: Direction = Direction.MINIMUM,
        is_count: bool = False,
        is_strict: bool = False,
    ) -> Threshold:
        """A threshold with this rulebook's idea of a near miss."""
        return Threshold(
            line=value,
            direction=direction,
            is_count=is_count,
            is_strict=is_strict,
            near_share=self.value("near.share"),
            near_count=self.whole("near.count"),
        )


def parse_value(text: str) -> Fraction:
    """Read a parameter as written in a row: ``1.50``, ``0.005`` or ``2/3``."""
    try:
        return Fraction(text.strip())
    except (ValueError, ZeroDivisionError) as error:
        message = f"'{text}' is not a number."
        raise RulebookIncompleteError(message) from error


def check_whole(rulebook: Rulebook, needed: Iterable[str]) -> Rulebook:
    """Return the rulebook if it holds exactly the needed parameters, each once."""
    keys = [parameter.key for parameter in rulebook.parameters]
    missing = sorted(set(needed) - set(keys))
    extra = sorted(set(keys) - set(needed))
    if missing or extra or len(keys) != len(set(keys)):
        message = (
            f"Rulebook {rulebook.code} version {rulebook.version}: "
            f"missing {missing}, not understood {extra}, {len(keys) - len(set(keys))} repeated."
        )
        raise RulebookIncompleteError(message)
    return rulebook
