"""Where an award stands at a glance, and the one sentence that says what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from grants.rules.funnel import NOTHING
from grants.rules.match.accounts import MatchAccount
from grants.rules.match.limits import (
    Cap,
    Standing,
    Terms,
    cap_on,
    eligible_match,
    receivable,
    required_match,
    required_to_date,
)


@dataclass(frozen=True, slots=True)
class Promises:
    """Match by how far it has come; each holds what lies after it (review.md 5, L3).

    Attributes:
        pledged: Everything promised and not taken back.
        committed: Of it, what is in the approved budget.
        recorded: Of it, what was given by the recipient's account.
        verified: Of it, what was verified.
    """

    pledged: Decimal = NOTHING
    committed: Decimal = NOTHING
    recorded: Decimal = NOTHING
    verified: Decimal = NOTHING


def promises_from(balances: Mapping[MatchAccount, Decimal]) -> Promises:
    """Read how far match has come from what each account holds now.

    >>> promises_from({MatchAccount.PLEDGED: Decimal(10), MatchAccount.VERIFIED: Decimal(5)})
    Promises(pledged=Decimal('15.00'), committed=Decimal('5.00'), \
recorded=Decimal('5.00'), verified=Decimal('5.00'))
    """
    held = [balances.get(account, NOTHING) for account in list(MatchAccount)[1:]]
    return Promises(*(sum(held[place:], NOTHING) for place in range(len(held))))


@dataclass(frozen=True, slots=True)
class Position:
    """The figures of the position page, all of one day.

    Attributes:
        terms, standing, promises: What they rest on.
        obligated: What the award holds of its pool, drawn or not.
        required: M, the match of the whole award.
        required_now: Eligible match that must be there on the day.
        eligible: What of the verified match counts.
        beyond_cap: Verified match other than cash that lies beyond its cap.
        cap: The limit of draws, part by part.
        owed: What is owed back.
    """

    terms: Terms
    standing: Standing
    promises: Promises
    obligated: Decimal
    required: Decimal
    required_now: Decimal
    eligible: Decimal
    beyond_cap: Decimal
    cap: Cap
    owed: Decimal

    @property
    def shortfall(self) -> Decimal:
        """How much eligible match is missing today."""
        return max(NOTHING, self.required_now - self.eligible)

    @property
    def unpromised(self) -> Decimal:
        """How much of the whole match nobody has promised yet."""
        return max(NOTHING, self.required - self.promises.pledged)

    @property
    def undrawn(self) -> Decimal:
        """What of the award is still to be drawn."""
        return max(NOTHING, self.terms.federal - self.standing.drawn)


def position_of(
    terms: Terms, standing: Standing, promises: Promises, obligated: Decimal, day: date
) -> Position:
    """Put the figures of a day together."""
    eligible = eligible_match(terms, standing)
    return Position(
        terms=terms,
        standing=standing,
        promises=promises,
        obligated=obligated,
        required=required_match(terms.federal, terms.share),
        required_now=required_to_date(terms, standing, day),
        eligible=eligible,
        beyond_cap=standing.cash + standing.noncash - eligible,
        cap=cap_on(terms, standing, day),
        owed=receivable(terms, standing, day),
    )


def headline(position: Position) -> str:
    """What matters most today, in one sentence.

    >>> from fractions import Fraction
    >>> from grants.rules.terms import MatchPace
    >>> half = Terms(Decimal(1000), Fraction(1, 2), 40, MatchPace.PRO_RATA,
    ...              date(2026, 1, 1), date(2026, 12, 31))
    >>> headline(position_of(half, Standing(cash=Decimal(300), costs=Decimal(900)), Promises(),
    ...                      Decimal(1000), date(2026, 5, 1)))
    'Up to $300.00 can be drawn today. Verify more match to draw more.'
    """
    if position.owed:
        return (
            f"{_dollars(position.owed)} is owed back: more was drawn than the limit allows now. "
            "Nothing can be drawn until it is paid."
        )
    if position.shortfall:
        return (
            f"Match is behind: {_dollars(position.shortfall)} of verified match is missing today."
        )
    if not position.undrawn:
        return "The award is drawn in full."
    if position.cap.room:
        return f"Up to {_dollars(position.cap.room)} can be drawn today.{_more(position.cap)}"
    return f"Nothing can be drawn today.{_more(position.cap)}"


def _more(cap: Cap) -> str:
    if cap.limit == cap.federal:
        return ""
    if cap.match <= cap.costs:
        return " Verify more match to draw more."
    return " Report more costs to draw more."


def _dollars(amount: Decimal) -> str:
    return f"${amount:,.2f}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the page and of the download: what it is called, how much, what it means."""

    key: str
    name: str
    amount: Decimal
    means: str


def figures_of(position: Position) -> tuple[Figure, ...]:
    """Every figure of a position, from the award to what is missing."""
    standing, promises, cap = position.standing, position.promises, position.cap
    percent = position.terms.noncash_percent
    return (
        Figure("authorized", "Authorized", position.terms.federal, "What the award promises."),
        Figure("obligated", "Obligated", position.obligated, "What the pool holds for it."),
        Figure("drawn", "Drawn", standing.drawn, "Approved or paid, less what came back."),
        Figure("costs", "Federal costs to date", standing.costs, "As the requests report them."),
        Figure("advance", "Approved advance", standing.advance, "On costs still to come."),
        Figure("required", "Match of the whole award", position.required, "By its cost share."),
        Figure("pledged", "Pledged", promises.pledged, "Promised and not taken back."),
        Figure("committed", "In the approved budget", promises.committed, "Of what is pledged."),
        Figure("recorded", "Recorded", promises.recorded, "Given, by the recipient's account."),
        Figure("verified", "Verified", promises.verified, "Checked by another person."),
        Figure(
            "beyond_cap",
            "Verified beyond the cap",
            position.beyond_cap,
            f"Other than cash, at most {percent}% of the match counts.",
        ),
        Figure("eligible", "Match that counts", position.eligible, "Verified, within the cap."),
        Figure(
            "required_to_date",
            "Match required to date",
            position.required_now,
            "By the pace of the notice.",
        ),
        Figure("shortfall", "Match missing today", position.shortfall, "Required, not there."),
        Figure("room", "Can be drawn today", cap.room, "The limit less what was drawn."),
        Figure("owed", "Owed back", position.owed, "Drawn beyond the limit."),
    )
