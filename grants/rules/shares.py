"""The federal share of the total cost: an exact fraction, read and written."""

from __future__ import annotations

import re
from fractions import Fraction

from kit.refusals import refuse

_FRACTION = re.compile(r"^(\d{1,4})\s*/\s*(\d{1,4})$", re.ASCII)
_PERCENT = re.compile(r"^(\d{1,3})(?:\.(\d{1,2}))?\s*%$", re.ASCII)


def read_share(text: str) -> Fraction:
    """Read a fraction or a percentage.

    Raises:
        Refused: ``not_a_share``.

    >>> read_share("50%"), read_share("1/3")
    (Fraction(1, 2), Fraction(1, 3))
    """
    share = _read(text.strip())
    if share is None or not 0 < share <= 1:
        raise refuse("not_a_share", "Enter a share above 0 and at most 1, like 1/2 or 50%.")
    return share


def share_words(share: Fraction) -> str:
    """Write a share: as whole percent where it is one, else as a fraction.

    >>> share_words(Fraction(1, 2)), share_words(Fraction(1, 3))
    ('50%', '1/3')
    """
    percent = share * 100
    return f"{percent}%" if percent.denominator == 1 else str(share)


def match_words(share: Fraction) -> str:
    """Say how much match one federal dollar asks for.

    >>> match_words(Fraction(1, 2))
    '$1.00 of match for each federal dollar'
    """
    if share == 1:
        return "No match is asked for"
    cents = -(-(1 - share) * 100 // share)
    return f"${int(cents) // 100}.{int(cents) % 100:02d} of match for each federal dollar"


def _read(text: str) -> Fraction | None:
    fraction, percent = _FRACTION.match(text), _PERCENT.match(text)
    if fraction and int(fraction[2]):
        return Fraction(int(fraction[1]), int(fraction[2]))
    if percent:
        return Fraction(f"{percent[1]}.{percent[2] or 0}") / 100
    return None
