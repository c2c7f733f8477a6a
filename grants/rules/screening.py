"""Eligibility: the rules that can keep a proposal from being judged, and when review may start."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kit.refusals import Refusal

RECONSIDERATION = timedelta(days=10)


class Eligibility(StrEnum):
    """What an officer finds."""

    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"


class ScreeningRule(StrEnum):
    """Why a proposal cannot be judged; each cites where it is written."""

    NOT_DESIGNATED = "not_designated"
    OUTSIDE_PURPOSE = "outside_purpose"
    OUTSIDE_AMOUNTS = "outside_amounts"
    MATCH_NOT_SIGNED = "match_not_signed"
    GIVER_NOT_ALLOWED = "giver_not_allowed"
    PERIOD = "period"
    EXCLUDED = "excluded"
    SECOND_PROPOSAL = "second_proposal"


RULE_WORDS = {
    ScreeningRule.NOT_DESIGNATED: "The group held no designation in force on the closing day",
    ScreeningRule.OUTSIDE_PURPOSE: "The activities lie outside those of the notice",
    ScreeningRule.OUTSIDE_AMOUNTS: "The amount lies outside the floor and ceiling of the notice",
    ScreeningRule.MATCH_NOT_SIGNED: "Signed matching funds do not reach the rate of the notice",
    ScreeningRule.GIVER_NOT_ALLOWED: "A giver is of a class that the notice does not allow",
    ScreeningRule.PERIOD: "The period is not one that the notice offers",
    ScreeningRule.EXCLUDED: "A participant is excluded from federal awards",
    ScreeningRule.SECOND_PROPOSAL: "The group has another proposal in this competition",
}
RULE_CITATIONS = {
    ScreeningRule.NOT_DESIGNATED: "the notice, who may apply",
    ScreeningRule.OUTSIDE_PURPOSE: "the notice, activities",
    ScreeningRule.OUTSIDE_AMOUNTS: "the notice, amounts",
    ScreeningRule.MATCH_NOT_SIGNED: "the notice, matching funds; 2 CFR 200.306",
    ScreeningRule.GIVER_NOT_ALLOWED: "the notice, givers of matching funds",
    ScreeningRule.PERIOD: "the notice, period",
    ScreeningRule.EXCLUDED: "2 CFR 180.300 and 200.214",
    ScreeningRule.SECOND_PROPOSAL: "the notice, one proposal per group",
}


@dataclass(frozen=True, slots=True)
class Screened:
    """What the gate of review asks of one proposal."""

    is_waiting: bool
    ineligible_at: datetime | None = None
    is_asked_again: bool = False
    is_answered: bool = False


def reconsideration_until(found_at: datetime) -> datetime:
    """Until when a group may ask to look again."""
    return found_at + RECONSIDERATION


def may_ask_again(found_at: datetime, at: datetime) -> Refusal | None:
    """Say whether the time to ask has passed."""
    if at < reconsideration_until(found_at):
        return None
    return Refusal("too_late", "The ten days in which you could ask us to look again are over.")


def answered_by_another(took_part: Iterable[str], actor: str) -> Refusal | None:
    """Nobody answers a request about an own finding.

    >>> answered_by_another(["user:1", "user:2"], "user:2").code
    'took_part'
    """
    if actor not in set(took_part):
        return None
    return Refusal(
        "took_part",
        "You wrote or checked the finding. The rule asks for somebody else: ask a colleague.",
    )


def screening_refusal(proposals: Iterable[Screened], at: datetime) -> Refusal | None:
    """Say what must be settled before review starts: every finding, every request in time."""
    rows = list(proposals)
    waiting = sum(one.is_waiting for one in rows)
    if waiting:
        return Refusal(
            "screening_open",
            f"{waiting} of {len(rows)} proposals still wait for two officers to say whether they "
            "are eligible.",
        )
    asked = sum(one.is_asked_again and not one.is_answered for one in rows)
    if asked:
        return Refusal(
            "reconsideration_open", f"Answer the {asked} open requests to look again first."
        )
    times = [one.ineligible_at for one in rows if one.ineligible_at and not one.is_asked_again]
    latest = max(times, default=None)
    if latest is not None and at < reconsideration_until(latest):
        return Refusal(
            "reconsideration_possible",
            "A group whose proposal is not eligible may still ask us to look again. "
            "Start the review when its ten days are over.",
        )
    if not any(not one.ineligible_at for one in rows):
        return Refusal("nothing_eligible", "No proposal is eligible: there is nothing to review.")
    return None
