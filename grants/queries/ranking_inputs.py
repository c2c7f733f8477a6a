"""What a ranking rests on, gathered; and the ranking as it was pinned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import cached_property

from django.db.models import QuerySet

from certification.models.groups import GroupCounty
from grants.models import Competition, PinnedRanking, Proposal
from grants.queries.conflicts import FOR_PANELS
from grants.queries.panel_scores import Stage, scored_reviews, weighted_criteria
from grants.rules.line import LineTerms
from grants.rules.pinned import Derived, Inputs, derived_from, inputs_from, suggested
from grants.rules.pools import Ask, Filling, Purse
from grants.rules.ranking import OrderRule
from grants.rules.terms import LineRule, RankingRule, TieRule
from grants.rules.weighted import Sheet, Weight


def ranked_proposals(competition: Competition) -> QuerySet[Proposal]:
    """The proposals that are judged: found eligible, in review or beyond, not withdrawn."""
    rows = Proposal.objects.filter(competition=competition, state__in=FOR_PANELS)
    return rows.select_related("case", "group").order_by("case__reference")


def ranking_inputs(
    competition: Competition, shown: Collection[str] | None = None, stage: Stage = Stage.LATEST
) -> Inputs:
    """Gather inputs as of now.

    Args:
        competition: The competition.
        shown: References of the proposals that may count; all if not given. What a reader must
            not know of is left out of every figure, not only out of the list.
        stage: Own first scores, or those after the discussion.
    """
    rows = [
        one for one in ranked_proposals(competition) if shown is None or one.case.reference in shown
    ]
    names = {one.case.reference for one in rows}
    return Inputs(
        competition=competition.case.reference,
        order=OrderRule(
            RankingRule(competition.ranking_rule),
            TieRule(competition.tie_rule),
            competition.bundle_hash,
        ),
        line=LineTerms(LineRule(competition.line_rule), competition.quality_threshold),
        weights=tuple(
            Weight(str(one.key), one.name, one.weight) for one in weighted_criteria(competition)
        ),
        sheets=tuple(
            Sheet(one.proposal, one.reviewer, {str(k): v for k, v in one.values(stage).items()})
            for one in scored_reviews(competition)
            if one.proposal in names
        ),
        asks=_asks(rows),
        purses=tuple(
            Purse(str(one.pk), one.amount, one.state_fips) for one in competition.pools.all()
        ),
    )


def _asks(rows: list[Proposal]) -> tuple[Ask, ...]:
    states: dict[int, set[str]] = defaultdict(set)
    counties = GroupCounty.objects.filter(group__in={one.group_id for one in rows})
    for group, fips in counties.values_list("group_id", "fips"):
        states[group].add(fips[:2])
    return tuple(
        Ask(one.case.reference, one.federal_amount, frozenset(states[one.group_id])) for one in rows
    )


class Pinned:
    """A pinned ranking, read once: inputs, result, and what the rules suggest after the draw."""

    def __init__(self, competition: Competition) -> None:
        self.row = (
            PinnedRanking.objects.select_related("competition")
            .filter(competition=competition)
            .first()
        )
        self.competition = competition

    @property
    def exists(self) -> bool:
        """Whether selection has started."""
        return self.row is not None

    @property
    def stored(self) -> PinnedRanking:
        """The row.

        Raises:
            LookupError: nothing is pinned (a programming error).
        """
        if self.row is None:
            message = f"no ranking of {self.competition} is pinned"
            raise LookupError(message)
        return self.row

    @cached_property
    def inputs(self) -> Inputs:
        """What was pinned."""
        return inputs_from(self.stored.inputs)

    @cached_property
    def derived(self) -> Derived:
        """What came of it."""
        return derived_from(self.stored.result)

    @cached_property
    def drawn(self) -> tuple[str, ...]:
        """The order of the draw; empty where none was held."""
        draw = getattr(self.competition, "draw", None)
        return tuple(draw.order) if draw is not None and draw.order else ()

    @cached_property
    def suggestion(self) -> Filling:
        """Who is paid if the notice's rules are followed and nothing else."""
        return suggested(self.inputs, self.derived, self.drawn, self.gone)

    @cached_property
    def gone(self) -> frozenset[str]:
        """Those who were ranked and withdrew since."""
        live = ranked_proposals(self.competition).values_list("case__reference", flat=True)
        return frozenset(self.derived.bands) - frozenset(live)
