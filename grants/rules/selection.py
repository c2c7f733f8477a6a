"""May selection start, does a choice follow the rank, may the official decide so?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from grants.rules.line import Band
from grants.rules.pinned import Inputs
from grants.rules.terms import LineRule
from kit.refusals import Refusal

SHORTEST_RATIONALE = 40
SHOWN = 3


class Advice(StrEnum):
    """What the programme officer recommends; also the verbs of the proposal's lifecycle."""

    RECOMMEND = "recommend"
    PUT_IN_RESERVE = "put_in_reserve"
    LEAVE_OUT = "leave_out"


ADVICE_WORDS = {
    Advice.RECOMMEND: "Recommend",
    Advice.PUT_IN_RESERVE: "Put in reserve",
    Advice.LEAVE_OUT: "Do not recommend",
}


@dataclass(frozen=True, slots=True)
class Advised:
    """What is recommended for one proposal, with the reason where it departs from the rank."""

    advice: Advice
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the official decides for one proposal.

    Attributes:
        pool: Key of the pool that pays; empty where the proposal is not selected.
        factor: The pre-published factor on which a departure from the rank rests.
        rationale: Why; asked for a departure, and near the line where the notice says so.
    """

    pool: str = ""
    factor: str = ""
    rationale: str = ""

    @property
    def is_selected(self) -> bool:
        """Whether the proposal gets money."""
        return bool(self.pool)


def factors_of(text: str) -> tuple[str, ...]:
    r"""Return the programme factors of a notice, one a line.

    >>> factors_of("- Rural regions\n\n* A first award in the state")
    ('Rural regions', 'A first award in the state')
    """
    lines = (line.strip().lstrip("-*• ").strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


def may_start(
    *, reviews: Mapping[str, int], required: int, open_discussions: int
) -> Refusal | None:
    """Every proposal has its reviews and no discussion is open."""
    if not reviews:
        return Refusal("nothing_to_rank", "No eligible proposal is in review.")
    if open_discussions:
        return Refusal(
            "discussion_open", "The panel still discusses. The chair closes each discussion first."
        )
    short = sorted(name for name, count in reviews.items() if count < required)
    if short:
        return Refusal(
            "reviews_missing",
            f"{_some(short)} {'has' if len(short) == 1 else 'have'} fewer than {required} final "
            "reviews that count. Assign another reviewer, or wait for the review.",
        )
    return None


def advice_of_rank(paid: Collection[str], band: Band, name: str) -> Advice:
    """Return what the notice's rules say by themselves."""
    if name in paid:
        return Advice.RECOMMEND
    return Advice.LEAVE_OUT if band is Band.BELOW else Advice.PUT_IN_RESERVE


def may_advise(given: Mapping[str, Advised], by_rank: Mapping[str, Advice]) -> Refusal | None:
    """Every proposal gets one advice; departures from the rank have a reason."""
    if missing := sorted(set(by_rank) - set(given)):
        return Refusal("advice_missing", f"Choose for {_some(missing)}.")
    for name, one in sorted(given.items()):
        if one.advice is not by_rank[name] and len(one.reason.strip()) < SHORTEST_RATIONALE:
            return Refusal(
                "reason_missing",
                f"{name}: your choice departs from the rank. Say why, in at least "
                f"{SHORTEST_RATIONALE} characters.",
            )
    return None


@dataclass(frozen=True, slots=True)
class Setting:
    """What a decision is measured against."""

    inputs: Inputs
    bands: Mapping[str, Band]
    by_rank: Mapping[str, str]
    factors: Sequence[str]


def may_decide(chosen: Mapping[str, Choice], setting: Setting) -> tuple[tuple[str, Refusal], ...]:
    """Return every reason against a decision, each with its proposal ("" for the whole)."""
    held = set(setting.bands)
    if missing := sorted(held - set(chosen)):
        return (("", Refusal("choice_missing", f"Decide on {_some(missing)}.")),)
    found = [
        (name, refusal)
        for name in sorted(held)
        if (refusal := _against(name, chosen[name], setting)) is not None
    ]
    return (*found, *(("", one) for one in _overspent(chosen, setting.inputs)))


def departs(name: str, choice: Choice, by_rank: Mapping[str, str]) -> bool:
    """Whether a choice is not what the rank says (which pool pays is no departure)."""
    return choice.is_selected is not (name in by_rank)


def _against(name: str, choice: Choice, setting: Setting) -> Refusal | None:
    if choice.is_selected and setting.bands[name] is Band.BELOW:
        return Refusal(
            "below_threshold",
            f"{name} lies below the quality threshold of the notice and cannot be selected.",
        )
    outside = _outside(name, choice, setting.inputs)
    if outside is not None:
        return outside
    return _unreasoned(name, choice, setting)


def _unreasoned(name: str, choice: Choice, setting: Setting) -> Refusal | None:
    words = choice.rationale.strip()
    if departs(name, choice, setting.by_rank):
        if choice.factor not in setting.factors:
            return Refusal(
                "factor_missing",
                f"{name}: a choice out of rank rests on a factor that the notice published. "
                + ("Choose one." if setting.factors else "This notice published none."),
            )
        if len(words) < SHORTEST_RATIONALE:
            return _rationale_missing(name, "This choice is out of rank.")
    asks_reasons = (
        setting.bands[name] is Band.ZONE and setting.inputs.line.rule is LineRule.DISCUSSION
    )
    if asks_reasons and len(words) < SHORTEST_RATIONALE:
        return _rationale_missing(name, "It lies near the line.")
    return None


def _rationale_missing(name: str, why: str) -> Refusal:
    return Refusal(
        "rationale_missing",
        f"{name}: {why} Write your reasons, in at least {SHORTEST_RATIONALE} characters.",
    )


def _outside(name: str, choice: Choice, inputs: Inputs) -> Refusal | None:
    if not choice.is_selected:
        return None
    purse = next((one for one in inputs.purses if one.key == choice.pool), None)
    if purse is None:
        return Refusal("pool_unknown", f"{name}: choose the money that pays for it.")
    states = next(one.states for one in inputs.asks if one.proposal == name)
    if purse.state and purse.state not in states:
        return Refusal(
            "not_of_the_state",
            f"{name}: the group does not lie in the state whose money you chose.",
        )
    return None


def _overspent(chosen: Mapping[str, Choice], inputs: Inputs) -> list[Refusal]:
    spent: dict[str, Decimal] = defaultdict(Decimal)
    for one in inputs.asks:
        if one.proposal in chosen and chosen[one.proposal].is_selected:
            spent[chosen[one.proposal].pool] += one.amount
    return [
        Refusal(
            "pool_overspent",
            f"The choices ask for ${spent[one.key]:,.2f} of a pool that holds ${one.amount:,.2f}. "
            "Take a proposal out or pay it from another pool.",
        )
        for one in inputs.purses
        if spent[one.key] > one.amount
    ]


def _some(names: Sequence[str]) -> str:
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")
