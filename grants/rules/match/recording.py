"""Which contributions may enter the ledger, and who may verify one (review.md 5, L5 to L13).

The database holds the laws of the ledger again by triggers; these rules say the same in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from grants.rules.match.states import (
    CASH_KINDS,
    CONTRIBUTION_KIND_WORDS,
    FEDERAL_ORIGINS,
    ORIGIN_WORDS,
    SOURCE_KIND_WORDS,
    ContributionKind,
    Origin,
    SourceKind,
)
from grants.rules.match.values import value_rule
from grants.rules.terms import GiverClass, MatchKind
from kit.refusals import Refusal

# Whose money a giver can have; money of the federal government needs a statute whoever brings it.
ORIGINS_OF = {
    GiverClass.PRIVATE: frozenset({Origin.PRIVATE, *FEDERAL_ORIGINS}),
    GiverClass.STATE: frozenset({Origin.STATE, *FEDERAL_ORIGINS}),
    GiverClass.LOCAL: frozenset({Origin.LOCAL, Origin.STATE, *FEDERAL_ORIGINS}),
    GiverClass.INSTITUTION: frozenset(Origin),
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What the award says about what may be given.

    Attributes:
        starts_on: First day of the period of performance.
        ends_on: Its last day.
        pre_award_days: How many days before it were approved.
        categories: Those with match in the approved budget.
    """

    starts_on: date
    ends_on: date
    pre_award_days: int
    categories: frozenset[str]

    @property
    def opens_on(self) -> date:
        """The first day that counts."""
        return self.starts_on - timedelta(days=self.pre_award_days)


@dataclass(frozen=True, slots=True)
class Gift:
    """A contribution as it is to be recorded."""

    kind: ContributionKind
    category: str
    given_from: date
    given_through: date
    pledge_kind: MatchKind
    giver_class: GiverClass
    origin: Origin
    statute: str
    paper: SourceKind
    paper_dated_on: date


@dataclass(frozen=True, slots=True)
class Witness:
    """What is known of somebody who wants to verify, and of the evidence."""

    is_recorder: bool
    is_of_giver: bool
    is_of_group: bool
    has_evidence: bool
    is_evidence_checked: bool


def recording_refusal(frame: Frame, gift: Gift, today: date) -> Refusal | None:
    """The first rule that a contribution breaks."""
    return (
        _kind_refusal(gift)
        or _days_refusal(frame, gift, today)
        or _category_refusal(frame, gift)
        or origin_refusal(gift.giver_class, gift.origin, gift.statute)
        or _paper_refusal(gift, today)
    )


def origin_refusal(giver: GiverClass, origin: Origin, statute: str) -> Refusal | None:
    """L6: federal money, also passed through somebody, counts nothing unless a statute says so."""
    if origin in FEDERAL_ORIGINS and not statute.strip():
        return Refusal(
            "federal_money",
            "Federal money, also when a state or somebody else passes it on, is no match for a "
            "federal award (2 CFR 200.306(b)(5)), unless a statute says so: then name the statute.",
        )
    if statute.strip() and origin not in FEDERAL_ORIGINS:
        return Refusal("statute_not_needed", "Only federal money needs a statute. Leave it empty.")
    if origin not in ORIGINS_OF[giver]:
        return Refusal(
            "origin_of_another",
            f"“{ORIGIN_WORDS[origin]}” is not money that this kind of giver has. Trace it to "
            "where it comes from.",
        )
    return None


def pool_refusal(office: str) -> Refusal:
    """Money that feeds an award never matches it, whoever hands it over."""
    return Refusal(
        "feeds_the_award",
        f"{office} pays for this award from its own pool. What pays for an award never matches "
        "it: what this giver gives counts nothing here. Ask another giver.",
    )


def room_refusal(amount: Decimal, *, of_pledge: Decimal, of_source: Decimal) -> Refusal | None:
    """L3 and L5: no more than the promise and the paper have left."""
    if amount > of_source:
        return Refusal(
            "source_used",
            f"${of_source:,.2f} of this paper is left: the rest is counted already, here or for "
            "another award.",
        )
    if amount > of_pledge:
        return Refusal(
            "pledge_used",
            f"${of_pledge:,.2f} of this promise is left to give. Ask the giver for a further "
            "promise first.",
        )
    return None


def verifier_refusal(witness: Witness) -> Refusal | None:
    """L13: another person than the recorder and the giver, and evidence that was checked."""
    return judge_refusal(witness) or evidence_refusal(witness)


def judge_refusal(witness: Witness) -> Refusal | None:
    """L13: whoever verifies, asks, rejects or disallows is neither recorder nor of the giver."""
    if witness.is_recorder:
        return Refusal(
            "recorded_it",
            "You recorded this contribution. The rule asks for another person to judge it.",
        )
    if witness.is_of_giver or witness.is_of_group:
        return Refusal(
            "belongs_to_giver",
            "You belong to the giver or to the group. Somebody else must judge this.",
        )
    return None


def evidence_refusal(witness: Witness) -> Refusal | None:
    """Nothing is verified without evidence that somebody can open."""
    if not witness.has_evidence:
        return Refusal("no_evidence", "There is no evidence. Ask the group to attach it.")
    if not witness.is_evidence_checked:
        return Refusal(
            "evidence_unchecked",
            "The evidence has not passed our check of files. Look again in a minute, or ask the "
            "group for another file.",
        )
    return None


def _kind_refusal(gift: Gift) -> Refusal | None:
    is_cash = gift.kind in CASH_KINDS
    if is_cash == (gift.pledge_kind is MatchKind.CASH):
        return None
    promised = "in cash" if gift.pledge_kind is MatchKind.CASH else "in kind"
    return Refusal(
        "kind_not_promised",
        f"The giver promised {promised}; “{CONTRIBUTION_KIND_WORDS[gift.kind]}” is not that. "
        "Choose another promise, or ask the giver for a further one.",
    )


def _days_refusal(frame: Frame, gift: Gift, today: date) -> Refusal | None:
    if gift.given_through < gift.given_from:
        return Refusal("days_in_order", "The last day is before the first.")
    if gift.given_through > today:
        return Refusal("not_given_yet", "That day is still to come. Record what has been given.")
    if frame.opens_on <= gift.given_from and gift.given_through <= frame.ends_on:
        return None
    return Refusal(
        "outside_period",
        "Only what is given inside the period of performance counts: from "
        f"{frame.opens_on:%B %-d, %Y} through {frame.ends_on:%B %-d, %Y}.",
    )


def _category_refusal(frame: Frame, gift: Gift) -> Refusal | None:
    if gift.category in frame.categories:
        return None
    return Refusal(
        "not_in_budget",
        "The approved budget has no match in this category (2 CFR 200.306(b)(6)). Choose one that "
        "it has.",
    )


def _paper_refusal(gift: Gift, today: date) -> Refusal | None:
    allowed = value_rule(gift.kind, gift.given_from).papers
    if gift.paper not in allowed:
        words = "; ".join(sorted(SOURCE_KIND_WORDS[one] for one in allowed))
        return Refusal("paper_of_another_kind", f"This is proved by one of these: {words}.")
    if gift.paper_dated_on > today:
        return Refusal("paper_of_tomorrow", "The date of the paper is still to come.")
    return None
