"""What a request for payment may ask for, and who may review and certify it (programme.md 4.3).

Money is asked for as on SF-270: federal costs from the first day of the award to now, line by
line of the approved budget, and in an advance what will be needed soon.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from grants.rules.funnel import NOTHING
from grants.rules.match.limits import Standing, Terms, may_draw
from kit.refusals import Refusal

DAYS_TO_PAY = 30  # 2 CFR 200.305(b)(3): calendar days after a proper request
SHORTEST_PROGRESS = 40
STATEMENT = (
    "By signing this request, I certify to the best of my knowledge and belief that it is true, "
    "complete and accurate, that the costs were paid or will be paid for the purposes of the "
    "award, that they are allowable under its terms, and that payment was not requested before. "
    "I know that false statements may be punished under 18 U.S.C. 1001 and 31 U.S.C. 3729."
)
CERTIFICATION = (
    "I certify that this payment is legal, proper and due, that the two reviews were made by "
    "other people, and that the money is available."
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the budget in a request.

    Attributes:
        words: The name of the line.
        budget: What the approved budget has of federal money.
        before: Federal costs of the last request, less what was paid back since.
        taken: What earlier requests took or still ask for, less what was paid back.
        costs: Federal costs to date.
        advance: What will be needed soon.
        asked: What is asked for now.
    """

    words: str
    budget: Decimal
    before: Decimal = NOTHING
    taken: Decimal = NOTHING
    costs: Decimal = NOTHING
    advance: Decimal = NOTHING
    asked: Decimal = NOTHING

    @property
    def room(self) -> Decimal:
        """What may be asked for on this line: its costs and advance, less what was taken."""
        return max(NOTHING, min(self.costs + self.advance, self.budget) - self.taken)


def line_refusals(line: Line, *, has_advances: bool) -> tuple[Refusal, ...]:
    """What is wrong with one line."""
    found = []
    if line.costs < line.before:
        found.append(
            Refusal(
                "costs_lower",
                f"{line.words}: costs to date are ${line.costs:,.2f}, lower than the "
                f"${line.before:,.2f} of your last request. Costs add up from the first day of "
                "the award. If a cost was wrong, pay it back first.",
            )
        )
    if line.advance and not has_advances:
        found.append(
            Refusal(
                "no_advances",
                f"{line.words}: the terms of this award allow no advance. Ask for costs that "
                "you have paid.",
            )
        )
    if line.costs + line.advance > line.budget:
        found.append(
            Refusal(
                "over_the_budget",
                f"{line.words}: costs and advance are ${line.costs + line.advance:,.2f}; the "
                f"approved budget has ${line.budget:,.2f}.",
            )
        )
    if line.asked > line.room:
        found.append(
            Refusal(
                "over_the_line",
                f"{line.words}: at most ${line.room:,.2f} can be asked for on this line. It has "
                f"${line.costs + line.advance:,.2f} of costs and advance, and earlier requests "
                f"took ${line.taken:,.2f}.",
            )
        )
    return tuple(found)


def days_refusals(
    terms: Terms, *, pre_award_days: int, days: tuple[date, date], today: date
) -> tuple[Refusal, ...]:
    """What is wrong with the days of the costs."""
    first, last = days
    earliest = terms.starts_on - timedelta(days=pre_award_days)
    found = []
    if last < first:
        found.append(Refusal("days_out_of_order", "The last day is before the first day."))
    if first < earliest or last > terms.ends_on:
        found.append(
            Refusal(
                "outside_the_period",
                f"Costs count from {earliest:%B %-d, %Y} to {terms.ends_on:%B %-d, %Y} only, "
                "the period of the award.",
            )
        )
    if last > today:
        found.append(
            Refusal("not_paid_yet", "The last day of the costs lies ahead. Costs are paid ones.")
        )
    return tuple(found)


def draw_refusal(
    terms: Terms, standing: Standing, asked: tuple[Decimal, Decimal], day: date
) -> Refusal | None:
    """Whether a request fits under the limit, beside what other requests ask for.

    Args:
        terms: The award's.
        standing: Where it stands, with the costs of this request.
        asked: What this request asks for, and what others ask for that is not taken yet.
        day: Today.
    """
    amount, pending = asked
    if amount <= 0:
        return Refusal("nothing_asked", "Ask for at least one cent on one line of the budget.")
    refusal = may_draw(terms, standing, amount + pending, day)
    if refusal is None or not pending or refusal.code != "over_the_limit":
        return refusal
    return Refusal(
        refusal.code,
        f"{refusal.sentence} ${pending:,.2f} of it is asked for in another request already.",
    )


def reviewer_refusal(
    *, reviewer: int, submitted_by: Iterable[int | None], other_reviewers: Iterable[int]
) -> Refusal | None:
    """Two people review, and nobody an own request.

    >>> reviewer_refusal(reviewer=1, submitted_by=[2], other_reviewers=[3]) is None
    True
    """
    if reviewer in set(submitted_by):
        return Refusal("own_request", "You asked for this payment, so you cannot review it.")
    if reviewer in set(other_reviewers):
        return Refusal(
            "reviewed_already",
            "You did the other review of this request. Another officer must do this one.",
        )
    return None


def certifier_refusal(
    *,
    certifier: int,
    submitted_by: Iterable[int | None],
    reviewers: Iterable[int],
    obligators: Iterable[int],
) -> Refusal | None:
    """Whoever asked, reviewed or obligated does not certify."""
    if certifier in set(submitted_by):
        return Refusal("own_request", "You asked for this payment, so you cannot certify it.")
    if certifier in set(reviewers):
        return Refusal(
            "reviewer_certifies",
            "You reviewed this request. A certifying officer who did not must certify it.",
        )
    if certifier in set(obligators):
        return Refusal(
            "obligator_pays",
            "You obligated the money of this award. Another certifying officer must certify "
            "its payments.",
        )
    return None


def hold_refusal(*, has_term: bool) -> Refusal | None:
    """A payment is held only where the award says so (2 CFR 200.305(b)(6))."""
    if has_term:
        return None
    return Refusal(
        "no_term",
        "No condition of this award lets you hold its payments. Review the request, return it "
        "or deny it.",
    )


def refund_refusal(words: str, *, paid: Decimal, back: Decimal, amount: Decimal) -> Refusal | None:
    """No more comes back than was paid.

    >>> refund_refusal("Travel", paid=Decimal(5), back=Decimal(1), amount=Decimal(4)) is None
    True
    """
    if back + amount <= paid:
        return None
    return Refusal(
        "refund_too_large",
        f"{words}: ${paid:,.2f} was paid and ${back:,.2f} came back already. At most "
        f"${paid - back:,.2f} can be paid back.",
    )


def pay_by(submitted_on: date) -> date:
    """The last day to pay a proper request.

    >>> pay_by(date(2026, 3, 3))
    datetime.date(2026, 4, 2)
    """
    return submitted_on + timedelta(days=DAYS_TO_PAY)


def total_asked(lines: Sequence[Line]) -> Decimal:
    """What all lines ask for together."""
    return sum((line.asked for line in lines), NOTHING)
