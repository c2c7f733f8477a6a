"""Which money pays for which proposal: restricted money first, by rank, skip and fit.

A state's pool serves only groups that lie in the state. An award is paid from one pool. A
proposal that does not fit into what is left is skipped, and a later one that fits is taken. No
knapsack: choosing by price would buy cheap proposals and lose a third of the best (review.md 3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Purse:
    """Money of a competition; ``state`` is empty for federal money."""

    key: str
    amount: Decimal
    state: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a proposal asks for, and in which states its group lies."""

    proposal: str
    amount: Decimal
    states: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Filling:
    """The outcome.

    Attributes:
        paid_by: proposal -> key of the pool.
        left: pool -> what is left.
        skipped: in order, those that did not fit while a later one did.
        reserve: in order, those that are next if money comes.
    """

    paid_by: dict[str, str]
    left: dict[str, Decimal]
    skipped: tuple[str, ...]
    reserve: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What more money would change; skip and fit may also displace somebody, and that is said."""

    filling: Filling
    gained: tuple[str, ...]
    lost: tuple[str, ...]


def fill(
    ranked: Sequence[Ask], purses: Sequence[Purse], general: Sequence[str] | None = None
) -> Filling:
    """Pay by rank, each state's pool first.

    Args:
        ranked: Everybody above the quality threshold, best first.
        purses: The money.
        general: Who may have federal money, in which order; by rank if not given.

    >>> asks = [Ask("A", Decimal(6)), Ask("B", Decimal(5), frozenset({"39"})), Ask("C", Decimal(4))]
    >>> fill(asks, [Purse("US", Decimal(10)), Purse("OH", Decimal(5), "39")]).paid_by
    {'B': 'OH', 'A': 'US', 'C': 'US'}
    """
    left = {one.key: one.amount for one in purses}
    paid: dict[str, str] = {}
    for purse in sorted((one for one in purses if one.state), key=lambda one: one.state):
        _pay([one for one in ranked if purse.state in one.states], purse.key, left, paid)
    by_name = {one.proposal: one for one in ranked}
    order = [one.proposal for one in ranked] if general is None else general
    offered = [by_name[name] for name in order if name in by_name]
    for purse in purses:
        if not purse.state:
            _pay(offered, purse.key, left, paid)
    unpaid = [one.proposal for one in offered if one.proposal not in paid]
    last = max((place for place, one in enumerate(offered) if one.proposal in paid), default=-1)
    early = {one.proposal for one in offered[: last + 1]}
    rest = [one.proposal for one in ranked if one.proposal not in {*paid, *unpaid}]
    return Filling(paid, left, tuple(one for one in unpaid if one in early), (*unpaid, *rest))


def what_if(
    ranked: Sequence[Ask],
    purses: Sequence[Purse],
    added: Mapping[str, Decimal],
    general: Sequence[str] | None = None,
) -> WhatIf:
    """Fill again with more money (or less, by a negative amount; never below nothing)."""
    before = fill(ranked, purses, general)
    richer = [
        replace(one, amount=max(one.amount + added.get(one.key, Decimal(0)), Decimal(0)))
        for one in purses
    ]
    after = fill(ranked, richer, general)
    names = [one.proposal for one in ranked]
    return WhatIf(
        after,
        gained=tuple(one for one in names if one in after.paid_by and one not in before.paid_by),
        lost=tuple(one for one in names if one in before.paid_by and one not in after.paid_by),
    )


def _pay(asks: Sequence[Ask], key: str, left: dict[str, Decimal], paid: dict[str, str]) -> None:
    for one in asks:
        if one.proposal not in paid and one.amount <= left[key]:
            left[key] -= one.amount
            paid[one.proposal] = key
