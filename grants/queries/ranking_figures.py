"""The ranking as one reader may see it: what is hidden from them is in no figure."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache

from grants.models import Competition, Proposal
from grants.queries.ranking_inputs import Pinned, ranked_proposals, ranking_inputs
from grants.queries.results import pool_name
from grants.rules.pinned import (
    Derived,
    Inputs,
    derive,
    inputs_as_data,
    inputs_from,
    offers,
    suggested,
    without,
)
from grants.rules.pools import Ask, Filling, Purse
from grants.rules.ranking import panel_scores
from grants.rules.scoring.report import Methods, methods_of
from grants.rules.states import CompetitionState
from grants.rules.terms import RankingRule
from kit.refusals import Refusal, Refused
from trail.rules.chain import canonical

SEEN_FROM = frozenset(
    {
        CompetitionState.REVIEW,
        CompetitionState.PANEL,
        CompetitionState.SELECTION,
        CompetitionState.ANNOUNCED,
        CompetitionState.ARCHIVED,
    }
)


@dataclass(frozen=True, slots=True)
class Figures:
    """A ranking for one reader.

    Attributes:
        inputs, derived: What it rests on and what came of it; None while there is no score.
        filling: Whom the money reaches if the rules alone decide.
        is_pinned: Whether selection has started, so that nothing changes any more.
        proposals: The proposals that the reader may know of, by reference.
        pools: Names of the pools by key.
        trouble: Why the notice's rule cannot rank yet; raw means are shown meanwhile.
    """

    inputs: Inputs
    derived: Derived | None
    filling: Filling | None
    is_pinned: bool
    proposals: dict[str, Proposal]
    pools: dict[str, str]
    drawn: tuple[str, ...]
    gone: frozenset[str]
    trouble: Refusal | None = None


def figures(competition: Competition, hidden: Collection[str]) -> Figures:
    """Gather the ranking for a reader from whom some proposals are hidden."""
    pinned = Pinned(competition)
    proposals = {
        one.case.reference: one
        for one in ranked_proposals(competition).select_related("advice", "selected_case")
        if one.case.reference not in hidden
    }
    if pinned.exists:
        inputs = without(pinned.inputs, hidden)
        gone = frozenset(pinned.gone - set(hidden))
        drawn = tuple(one for one in pinned.drawn if one not in hidden)
    else:
        inputs, gone, drawn = ranking_inputs(competition, set(proposals)), frozenset(), ()
    derived, trouble = _derived(pinned, inputs, hidden)
    filling = suggested(inputs, derived, drawn, gone) if derived and pinned.exists else None
    return Figures(
        inputs=inputs,
        derived=derived,
        filling=filling,
        is_pinned=pinned.exists,
        proposals=proposals,
        pools={str(one.pk): pool_name(one) for one in competition.pools.all()},
        drawn=drawn,
        gone=gone,
        trouble=trouble,
    )


def offered(found: Figures) -> tuple[list[Ask], tuple[Purse, ...], tuple[str, ...]]:
    """What `pools.what_if` needs of a pinned ranking; nothing before the pin."""
    if found.derived is None:
        return [], (), ()
    return offers(found.inputs, found.derived, found.drawn, found.gone)


def methods(found: Figures) -> Methods:
    """The report of Methods on what the reader may see.

    Raises:
        Refused: ``no_scores``, ``disconnected_reviews``.
    """
    awards = found.derived.reached if found.derived else 0
    return _methods(_words(found.inputs), awards)


def _words(inputs: Inputs) -> str:
    """Inputs as one text: equal inputs have equal words."""
    return canonical(inputs_as_data(inputs))


@lru_cache(maxsize=32)
def _derive(inputs: str, with_chances: bool) -> Derived:  # noqa: FBT001 - see the calls
    """Kept as `_methods` is: while no score changes, the panel is ranked once."""
    return derive(inputs_from(json.loads(inputs)), with_chances=with_chances)


@lru_cache(maxsize=32)
def _methods(inputs: str, awards: int) -> Methods:
    """Kept by the words of the inputs: the same panel is not computed for every reader."""
    read = inputs_from(json.loads(inputs))
    return methods_of(panel_scores(read.sheets, read.weights), awards, read.chance_seed)


def _derived(
    pinned: Pinned, inputs: Inputs, hidden: Collection[str]
) -> tuple[Derived | None, Refusal | None]:
    if pinned.exists and not hidden:
        return pinned.derived, None
    try:
        return _derive(_words(inputs), pinned.exists), None
    except Refused as refused:
        trouble = refused.refusal
    raw = replace(inputs, order=replace(inputs.order, ranking=RankingRule.RAW))
    try:
        return _derive(_words(raw), False), trouble
    except Refused:
        return None, trouble
