"""Who carries the match: small and other firms, the largest giver, what was let go.

A cluster whose match hangs on one giver falls with it; one that asks most of its small firms
drives them out. The page shows both, as shares of the verified match.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from accounts.rules.size_class import Size
from grants.rules.funnel import NOTHING
from grants.rules.terms import GiverClass


@dataclass(frozen=True, slots=True)
class Giver:
    """What one giver stands for.

    Attributes:
        name: As people know it.
        giver_class: Private, state, local or institution.
        size: Small or not by its industry's standard; only firms have a size.
        promised: What it promised at first.
        released: What of it was let go later.
        verified: What was verified.
    """

    name: str
    giver_class: GiverClass
    size: Size
    promised: Decimal = NOTHING
    released: Decimal = NOTHING
    verified: Decimal = NOTHING


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the givers together; ``share`` is of all verified match."""

    name: str
    givers: int
    promised: Decimal
    released: Decimal
    verified: Decimal
    share: Fraction


@dataclass(frozen=True, slots=True)
class Equity:
    """The match by giver.

    Attributes:
        parts: Firms by size, then the public givers; empty parts are left out.
        largest: Who gave most so far; None before anything is verified.
        largest_share: Its share of all verified match.
    """

    parts: tuple[Part, ...]
    largest: Giver | None
    largest_share: Fraction


PART_NAMES = {
    Size.SMALL: "Small firms",
    Size.OTHER: "Other firms",
    Size.UNKNOWN: "Firms whose size we cannot tell",
    GiverClass.INSTITUTION: "Institutions",
    GiverClass.STATE: "State governments",
    GiverClass.LOCAL: "Local governments",
}


def equity_of(givers: Iterable[Giver]) -> Equity:
    """Add up who carries the match.

    >>> small = Giver("Maumee Glass", GiverClass.PRIVATE, Size.SMALL, verified=Decimal(25))
    >>> state = Giver("Ohio", GiverClass.STATE, Size.UNKNOWN, verified=Decimal(75))
    >>> found = equity_of([small, state])
    >>> [(one.name, str(one.share)) for one in found.parts], str(found.largest_share)
    ([('Small firms', '1/4'), ('State governments', '3/4')], '3/4')
    """
    everybody = list(givers)
    total = sum((one.verified for one in everybody), NOTHING)
    groups: dict[str, list[Giver]] = {name: [] for name in PART_NAMES.values()}
    for one in everybody:
        groups[_part_of(one)].append(one)
    parts = tuple(_part(name, members, total) for name, members in groups.items() if members)
    largest = max(everybody, key=lambda one: one.verified, default=None)
    if largest is None or not largest.verified:
        return Equity(parts, None, Fraction(0))
    return Equity(parts, largest, Fraction(largest.verified) / Fraction(total))


def _part_of(giver: Giver) -> str:
    if giver.giver_class is GiverClass.PRIVATE:
        return PART_NAMES[giver.size]
    return PART_NAMES[giver.giver_class]


def _part(name: str, members: list[Giver], total: Decimal) -> Part:
    verified = sum((one.verified for one in members), NOTHING)
    return Part(
        name,
        len(members),
        sum((one.promised for one in members), NOTHING),
        sum((one.released for one in members), NOTHING),
        verified,
        Fraction(verified) / Fraction(total) if total else Fraction(0),
    )
