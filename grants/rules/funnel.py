"""A ledger whose money moves forward through accounts, one step at a time, and back by reversal.

Two ledgers have this shape: the match ledger (per pledge, review.md 5) and the ledger of funds
(per pool). Each entry takes an amount out of one account and puts it into the next, so it
balances by construction. Nothing is ever changed: a mistake is reversed by another entry.

The database holds the same laws by triggers (`grants/models/ledger_locks.py`);
`manage.py verify_ledger` folds the rows again with this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from kit.refusals import refuse

NOTHING = Decimal("0.00")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Funnel:
    """The accounts of a ledger, in order; a step leads from one to the next.

    Attributes:
        accounts: From the outside to the last.
        steps: One verb between each two of them.
    """

    accounts: tuple[StrEnum, ...]
    steps: tuple[StrEnum, ...]

    @cached_property
    def ways(self) -> Mapping[str, tuple[StrEnum, StrEnum]]:
        """From where to where each step moves money; asked for every entry of a ledger."""
        return dict(zip(map(str, self.steps), pairwise(self.accounts), strict=True))

    def ends(self, step: str, *, is_reversal: bool = False) -> tuple[StrEnum, StrEnum]:
        """From where to where a step moves money; a reversal the other way."""
        source, target = self.ways[step]
        return (target, source) if is_reversal else (source, target)


@dataclass(frozen=True, slots=True)
class Movement:
    """One entry.

    Attributes:
        number: Its place in the ledger, from 1, without a gap.
        step: The verb.
        amount: More than nothing, in whole cents.
        thread: What it belongs to: all entries of one thread balance on their own.
        reverses: The number of the entry that it takes back, in part or in full.
    """

    number: int
    step: str
    amount: Decimal
    thread: str = ""
    reverses: int | None = None


@dataclass
class Ledger:
    """A ledger read from its first entry on; `post` refuses what breaks a law.

    >>> Jar = StrEnum("Jar", "OUTSIDE INSIDE")
    >>> ledger = Ledger(Funnel((Jar.OUTSIDE, Jar.INSIDE), (StrEnum("Verb", "FILL").FILL,)))
    >>> ledger.post(Movement(1, "fill", Decimal("2.50")))
    >>> ledger.post(Movement(2, "fill", Decimal("1.00"), reverses=1))
    >>> ledger.balance(Jar.INSIDE)
    Decimal('1.50')
    """

    funnel: Funnel
    movements: list[Movement] = field(default_factory=list)
    balances: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    reversed: dict[int, Decimal] = field(default_factory=dict)

    def balance(self, account: str, thread: str = "") -> Decimal:
        """What an account of a thread holds."""
        return self.balances.get((thread, str(account)), NOTHING)

    def post(self, movement: Movement) -> None:
        """Add an entry.

        Raises:
            Refused: ``not_next``, ``not_an_amount``, ``not_an_entry``, ``reversal_of_reversal``,
                ``not_the_mirror``, ``reversed_before``, ``not_there``.
        """
        self._check_shape(movement)
        if movement.reverses is not None:
            self._check_reversal(movement)
        source, target = self.funnel.ends(movement.step, is_reversal=movement.reverses is not None)
        held = self.balance(source, movement.thread)
        if source != self.funnel.accounts[0] and held < movement.amount:
            raise refuse(
                "not_there", "Less than that is left there. Take back the later steps first."
            )
        self.balances[movement.thread, str(source)] = held - movement.amount
        self.balances[movement.thread, str(target)] = (
            self.balance(target, movement.thread) + movement.amount
        )
        if movement.reverses is not None:
            self.reversed[movement.reverses] = (
                self.reversed.get(movement.reverses, NOTHING) + movement.amount
            )
        self.movements.append(movement)

    def _check_shape(self, movement: Movement) -> None:
        if movement.number != len(self.movements) + 1:
            raise refuse("not_next", "An entry has the number that follows the last one.")
        if movement.amount <= 0 or movement.amount != movement.amount.quantize(CENT):
            raise refuse("not_an_amount", "An entry moves at least one cent, in whole cents.")
        if movement.step not in self.funnel.ways:
            raise refuse("not_an_entry", "The ledger knows no such step.")

    def _check_reversal(self, movement: Movement) -> None:
        number = movement.reverses or 0
        if not 0 < number < movement.number:
            raise refuse("not_an_entry", "There is no earlier entry of this number.")
        taken_back = self.movements[number - 1]
        if taken_back.reverses is not None:
            raise refuse("reversal_of_reversal", "A reversal is not reversed: post it anew.")
        if (taken_back.step, taken_back.thread) != (movement.step, movement.thread):
            raise refuse("not_the_mirror", "A reversal mirrors the entry that it takes back.")
        if self.reversed.get(number, NOTHING) + movement.amount > taken_back.amount:
            raise refuse("reversed_before", "That is more than is left of the entry.")


def fold(funnel: Funnel, movements: Iterable[Movement]) -> Ledger:
    """Read a ledger from its rows.

    Raises:
        Refused: the first law that a row breaks.
    """
    ledger = Ledger(funnel)
    for movement in movements:
        ledger.post(movement)
    return ledger


def trial_balance(ledgers: Sequence[Ledger]) -> Mapping[str, Decimal]:
    """What each account holds over all ledgers; the sum over the accounts is nothing."""
    sums: dict[str, Decimal] = {}
    for ledger in ledgers:
        for (_, account), amount in ledger.balances.items():
            sums[account] = sums.get(account, NOTHING) + amount
    return sums
