"""Numbers as people read them. Display rounding only: comparisons use the exact figures."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_SMALL = (
    *("no", "one", "two", "three", "four", "five", "six", "seven"),
    *("eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"),
)
_MOST_PLACES = 6


def count_word(number: int) -> str:
    """Small numbers in words: ``two``, ``fifteen``, ``23``."""
    return _SMALL[number] if 0 <= number < len(_SMALL) else f"{number:,}"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun: ``two suppliers``."""
    return f"{count_word(number)} {singular if number == 1 else plural or singular + 's'}"


def decimal_text(figure: Fraction, places: int = 2, *, against: Fraction | None = None) -> str:
    """A figure rounded half up to ``places``.

    Where rounding would make a figure look equal to the line it is held ``against``, more
    places are shown, so that nobody reads "1.50 of 1.50 needed: not met".
    """
    text = _rounded(figure, places)
    while against is not None and figure != against and text == _rounded(against, places):
        if places >= _MOST_PLACES:
            break
        places += 1
        text = _rounded(figure, places)
    return text


def percent_text(share: Fraction, places: int = 0, *, against: Fraction | None = None) -> str:
    """A share as a percentage: ``42%``."""
    held = None if against is None else against * 100
    return decimal_text(share * 100, places, against=held) + "%"


def whole_text(figure: Fraction) -> str:
    """A whole number with thousands separators."""
    return _rounded(figure, 0)


def listed(words: list[str]) -> str:
    """A list in a sentence: ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _rounded(figure: Fraction, places: int) -> str:
    step = Decimal(1).scaleb(-places)
    scaled = figure * 10**places
    # Rounded on the exact fraction: a Decimal quotient would be rounded twice.
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return f"{(Decimal(whole) * step).quantize(step, rounding=ROUND_HALF_UP):,}"
