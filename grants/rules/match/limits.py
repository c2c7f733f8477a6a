"""How much may be drawn, and what is owed back (review.md 5, L6 to L9 and L18).

Amounts are exact; every rounding is against whoever draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_DOWN, Decimal
from fractions import Fraction

from grants.rules.funnel import CENT, NOTHING
from grants.rules.terms import MatchPace
from kit.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Terms:
    """What an award says about match.

    Attributes:
        federal: F, the award.
        share: f, the federal share of the total cost, above 0 and at most 1.
        noncash_percent: How much of the required match may be given otherwise than in cash.
        pace: When the match must be there.
        starts_on: First day of the period of performance.
        ends_on: Its last day.
    """

    federal: Decimal
    share: Fraction
    noncash_percent: int
    pace: MatchPace
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an award stands.

    Attributes:
        cash: Verified match that was money.
        noncash: Verified match of every other kind.
        costs: Federal costs to date.
        advance: Approved advance on costs to come.
        drawn: D: what was drawn and not paid back, payments under way included.
    """

    cash: Decimal = NOTHING
    noncash: Decimal = NOTHING
    costs: Decimal = NOTHING
    advance: Decimal = NOTHING
    drawn: Decimal = NOTHING


@dataclass(frozen=True, slots=True)
class Cap:
    """The limit of draws with its three parts, so that a page can explain it."""

    federal: Decimal
    costs: Decimal
    match: Decimal
    drawn: Decimal

    @property
    def limit(self) -> Decimal:
        """The least of the three."""
        return min(self.federal, self.costs, self.match)

    @property
    def room(self) -> Decimal:
        """What may still be drawn today."""
        return max(NOTHING, self.limit - self.drawn)


def required_match(federal: Decimal, share: Fraction) -> Decimal:
    """M: the match that the whole award asks for, rounded up to the cent.

    >>> required_match(Decimal(1_000_000), Fraction(1, 2))
    Decimal('1000000.00')
    >>> required_match(Decimal(100), Fraction(2, 3))
    Decimal('50.00')
    """
    exact = Fraction(federal) * (1 - share) / share
    return _cents(exact, ROUND_CEILING)


def noncash_cap(terms: Terms) -> Decimal:
    """The most that match other than cash may count for."""
    required = required_match(terms.federal, terms.share)
    return _cents(Fraction(required) * terms.noncash_percent / 100, ROUND_DOWN)


def eligible_match(terms: Terms, standing: Standing) -> Decimal:
    """What of the verified match counts: cash in full, the rest up to its cap.

    >>> from datetime import date
    >>> half = Terms(Decimal(1_000_000), Fraction(1, 2), 40, MatchPace.PRO_RATA,
    ...              date(2026, 1, 1), date(2027, 12, 31))
    >>> eligible_match(half, Standing(cash=Decimal(180_000), noncash=Decimal(550_000)))
    Decimal('580000.00')
    """
    return standing.cash + min(standing.noncash, noncash_cap(terms))


def matched_federal(eligible: Decimal, share: Fraction, federal: Decimal) -> Decimal:
    """The federal money that this much match carries, rounded down; all of it without match.

    >>> matched_federal(Decimal(100), Fraction(1, 3), Decimal(1_000))
    Decimal('50.00')
    """
    if share == 1:
        return federal
    return min(federal, _cents(Fraction(eligible) * share / (1 - share), ROUND_DOWN))


def cap_on(terms: Terms, standing: Standing, day: date) -> Cap:
    """The limit of L8 on a day, part by part."""
    return Cap(
        federal=terms.federal,
        costs=standing.costs + standing.advance,
        match=_match_limit(terms, standing, day),
        drawn=standing.drawn,
    )


def receivable(terms: Terms, standing: Standing, day: date) -> Decimal:
    """L9: what was drawn beyond the limit and is owed back.

    >>> from datetime import date
    >>> half = Terms(Decimal(1_000_000), Fraction(1, 2), 40, MatchPace.PRO_RATA,
    ...              date(2026, 1, 1), date(2027, 12, 31))
    >>> after_audit = Standing(Decimal(100_000), Decimal(550_000), drawn=Decimal(550_000),
    ...                        costs=Decimal(900_000))
    >>> receivable(half, after_audit, date(2026, 6, 1))
    Decimal('50000.00')
    """
    return max(NOTHING, standing.drawn - cap_on(terms, standing, day).limit)


def may_draw(terms: Terms, standing: Standing, amount: Decimal, day: date) -> Refusal | None:
    """L8: a draw fits under the limit, and nothing is owed back."""
    owed = receivable(terms, standing, day)
    if owed > 0:
        return Refusal(
            "receivable_open",
            f"${owed:,.2f} is owed back. Nothing can be drawn until it is paid.",
        )
    cap = cap_on(terms, standing, day)
    if standing.drawn + amount <= cap.limit:
        return None
    return Refusal(
        "over_the_limit",
        f"At most ${cap.room:,.2f} can be drawn today: {_why(cap)}.",
    )


def required_to_date(terms: Terms, standing: Standing, day: date) -> Decimal:
    """How much eligible match must be there today, by the pace of the notice."""
    required = required_match(terms.federal, terms.share)
    if terms.pace is MatchPace.PRO_RATA:
        return min(required, required_match(standing.drawn, terms.share))
    done, years = _years_done(terms, day)
    if terms.pace is MatchPace.BY_END:
        return required if done == years else NOTHING
    return _cents(Fraction(required) * done / years, ROUND_CEILING)


def final_federal(terms: Terms, standing: Standing, allowable: Decimal) -> Decimal:
    """L18: what the award pays in the end; anything drawn beyond is refunded.

    Args:
        terms: The award's.
        standing: At the end.
        allowable: Total allowable cost, federal and match.
    """
    by_match = matched_federal(eligible_match(terms, standing), terms.share, terms.federal)
    by_cost = _cents(Fraction(allowable) * terms.share, ROUND_DOWN)
    return min(terms.federal, standing.drawn, by_match, by_cost)


def _match_limit(terms: Terms, standing: Standing, day: date) -> Decimal:
    eligible = eligible_match(terms, standing)
    carried = matched_federal(eligible, terms.share, terms.federal)
    if terms.pace is MatchPace.PRO_RATA:
        return carried
    if eligible < required_to_date(terms, standing, day):
        return carried
    done, years = _years_done(terms, day)
    if terms.pace is MatchPace.BY_END:
        return terms.federal
    ahead = _cents(Fraction(terms.federal) * min(done + 1, years) / years, ROUND_DOWN)
    return max(carried, ahead)


def _years_done(terms: Terms, day: date) -> tuple[int, int]:
    """How many years of the period are over, of how many; a begun year counts as one."""
    over = terms.ends_on + timedelta(days=1)
    ends: list[date] = []
    while not ends or ends[-1] < over:
        ends.append(min(_anniversary(terms.starts_on, len(ends) + 1), over))
    return sum(one <= day for one in ends), len(ends)


def _anniversary(start: date, years: int) -> date:
    try:
        return start.replace(year=start.year + years)
    except ValueError:  # the 29th of February
        return date(start.year + years, 3, 1)


def _why(cap: Cap) -> str:
    if cap.limit == cap.match:
        return "the verified match carries no more"
    if cap.limit == cap.costs:
        return "the federal costs to date and the approved advance are no higher"
    return "the award is no larger"


def _cents(exact: Fraction, rounding: str) -> Decimal:
    hundredths = exact * 100
    whole = hundredths.numerator // hundredths.denominator
    if rounding == ROUND_CEILING and whole * hundredths.denominator != hundredths.numerator:
        whole += 1
    return (Decimal(whole) * CENT).quantize(CENT)
