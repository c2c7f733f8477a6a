"""A line that a location quotient may reach: as rules draw it, or as a reader asks for it."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from kit.refusals import refuse

LARGEST = 1_000_000
MOST_DECIMALS = 12
UNREADABLE = (
    f"Write the line as a number above 0 and up to {LARGEST:,}, with at most {MOST_DECIMALS} "
    "decimals, as in 1.2."
)


@dataclass(frozen=True, slots=True)
class Line:
    """A quotient to reach, and whose line it is in one sentence."""

    value: Fraction
    words: str

    @property
    def text(self) -> str:
        """As a decimal that `read_line` reads."""
        return f"{float(self.value):g}"


CLASS_LINE = Line(Fraction(3, 2), "1.5 is the line of the class rule lq-1.5.")


def read_line(text: str) -> Fraction:
    """Read a positive finite decimal, to the last digit.

    Args:
        text: What a reader wrote, as "1.2".

    Returns:
        The number, exact.

    Raises:
        Refused: ``line_unreadable``, with a sentence that says what may be written.

    >>> read_line("1.2")
    Fraction(6, 5)
    """
    try:
        number = Decimal(text.strip()) if text.isascii() and "_" not in text else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not 0 < number <= LARGEST:
        raise refuse("line_unreadable", UNREADABLE)
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -MOST_DECIMALS:
        raise refuse("line_unreadable", UNREADABLE)
    return Fraction(number)
