"""Results: gathered once to be released; read by everybody from what was released, only."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet

from certification.models import Participant
from certification.models.groups import GroupCounty
from grants.models import Competition, Draw, Pool, SelectedCase, Selection
from grants.queries.ranking_inputs import Pinned
from grants.queries.selection import draw_of
from grants.rules.neutrality import Applied, neutrality
from grants.rules.results import (
    KIND_DRAW_LIST,
    KIND_RESULTS,
    Drawn,
    Purse,
    Result,
    Results,
    Rules,
    outcome_of,
)
from grants.rules.selection import Advice
from grants.rules.states import ProposalState
from grants.rules.terms import POOL_KIND_WORDS, PoolKind
from mapping.models import State
from records.models import Publication


def gather_results(decision: Selection) -> Results:
    """Everything that is to be announced, as it was pinned and decided."""
    competition = decision.competition
    pinned = Pinned(competition)
    cases = {one.proposal.case.reference: one for one in _cases(decision)}
    return Results(
        reference=competition.case.reference,
        opportunity_number=competition.opportunity_number,
        title=competition.title,
        agency=competition.agency.name,
        decided_at=decision.decided_at,
        rationale=decision.rationale,
        rules=Rules(
            ranking=pinned.inputs.order.ranking,
            tie=pinned.inputs.order.tie,
            line=pinned.inputs.line.rule,
            threshold=pinned.inputs.line.threshold,
            bundle_hash=competition.bundle_hash,
            ranking_digest=pinned.stored.digest,
            is_adjusted=pinned.derived.ranking.is_adjusted,
        ),
        lines=_lines(pinned, cases),
        purses=_purses(competition, cases),
        report=neutrality(_applied(cases)),
        draw=_drawn(draw_of(competition)),
    )


def released_results(at: datetime) -> QuerySet[Publication]:
    """Every competition's results that the public reads at a moment, the newest first."""
    rows = Publication.objects.filter(kind=KIND_RESULTS).shown_at(at).select_related("case")
    return rows.order_by("-number")


def results_of(reference: str, at: datetime) -> Publication | None:
    """One competition's results as the public reads them; None while they are embargoed."""
    return released_results(at).filter(case__reference=reference).first()


def draw_list_of(reference: str, at: datetime) -> Publication | None:
    """The published digest of a draw's list."""
    rows = Publication.objects.filter(kind=KIND_DRAW_LIST, case__reference=reference)
    return rows.shown_at(at).first()


def latest_publication(competition: Competition, kind: str = KIND_RESULTS) -> Publication | None:
    """What was prepared or released last and not discarded."""
    rows = Publication.objects.filter(case=competition.case_id, kind=kind, discarded_at=None)
    return rows.order_by("-number").first()


def _cases(decision: Selection) -> QuerySet[SelectedCase]:
    rows = decision.cases.select_related(
        "proposal__case", "proposal__group", "proposal__advice", "pool"
    )
    return rows.exclude(proposal__state=ProposalState.WITHDRAWN)


def _lines(pinned: Pinned, cases: dict[str, SelectedCase]) -> tuple[Result, ...]:
    return tuple(
        Result(
            rank=one.rank,
            reference=one.proposal,
            mean=one.mean,
            lowest=one.lowest,
            highest=one.highest,
            score=one.score,
            tie_broken_by=one.tie_broken_by,
            band=pinned.derived.bands[one.proposal],
            **_decided(cases[one.proposal]),
        )
        for one in pinned.derived.ranking.standings
        if one.proposal in cases
    )


def _decided(case: SelectedCase) -> dict[str, Any]:
    is_reserve = case.proposal.advice.advice == Advice.PUT_IN_RESERVE
    return {
        "outcome": outcome_of(is_selected=case.is_selected, is_reserve=is_reserve),
        "group": case.proposal.group.name,
        "title": case.proposal.title,
        "pool": pool_name(case.pool) if case.pool else "",
        "amount": case.amount,
        "factor": case.factor,
    }


def pool_name(pool: Pool) -> str:
    """What the public calls a pool."""
    words = POOL_KIND_WORDS[PoolKind(pool.kind)]
    if not pool.state_fips:
        return words
    name = State.objects.filter(fips=pool.state_fips).values_list("name", flat=True).first()
    return f"{name or pool.state_fips}, state funds"


def _purses(competition: Competition, cases: dict[str, SelectedCase]) -> tuple[Purse, ...]:
    given: dict[int | None, Decimal] = defaultdict(Decimal)
    for case in cases.values():
        given[case.pool_id] += case.amount
    return tuple(
        Purse(pool_name(one), one.amount, given[one.pk]) for one in competition.pools.all()
    )


def _applied(cases: dict[str, SelectedCase]) -> list[Applied]:
    groups = {one.proposal.group_id for one in cases.values()}
    confirmed = Participant.objects.confirmed().filter(group__in=groups)
    sizes = dict(confirmed.values_list("group_id").annotate(count=Count("pk")))
    names = dict(State.objects.values_list("fips", "name"))
    held: dict[int, Counter[str]] = defaultdict(Counter)
    counties = GroupCounty.objects.filter(group__in=groups).order_by("fips")
    for group, fips in counties.values_list("group_id", "fips"):
        held[group][fips[:2]] += 1
    return [_counted(case, names, held[case.proposal.group_id], sizes) for case in cases.values()]


def _counted(
    case: SelectedCase, names: dict[str, str], counties: Counter[str], sizes: dict[int, int]
) -> Applied:
    # A group of two states counts where most of its counties lie.
    fips = min(counties, key=lambda one: (-counties[one], one)) if counties else ""
    return Applied(
        cluster=case.proposal.group.cluster_name,
        state=names.get(fips, fips) or "Not known",
        participants=sizes.get(case.proposal.group_id, 0),
        asked=case.proposal.federal_amount,
        given=case.amount,
        is_selected=case.is_selected,
    )


def _drawn(draw: Draw | None) -> Drawn | None:
    if draw is None or draw.drawn_at is None:
        return None
    return Drawn(
        references=draw.references,
        salt=draw.salt,
        list_digest=draw.list_digest,
        source=draw.source,
        value=draw.value,
        seed=draw.seed,
        order=draw.order or [],
    )
