"""One strict parser for money typed by people."""

from __future__ import annotations

import re
from decimal import Decimal

from kit.refusals import refuse

_MONEY = re.compile(r"^\$?(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.(\d{2}))?$", re.ASCII)
LARGEST = Decimal("999999999999.99")


def parse_money(text: str) -> Decimal:
    """Return dollars and cents.

    ASCII digits, optional thousands commas, optional two decimals; no sign, exponent,
    underscore or other scripts' digits.

    Raises:
        Refused: code ``not_money``.

    >>> parse_money("1,250.50")
    Decimal('1250.50')
    """
    match = _MONEY.match(text.strip())
    if match is None:
        raise refuse("not_money", "Enter dollars and cents, like 1250 or 1,250.50.")
    amount = Decimal(match[1].replace(",", "") + "." + (match[2] or "00"))
    if amount > LARGEST:
        raise refuse("not_money", "That amount is larger than the portal can hold.")
    return amount
