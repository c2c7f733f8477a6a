"""The notice of a competition as the rules read it, and everything that is pinned from it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from accounts.models import Agency
from grants.models import Competition, Pool
from grants.rules.bundles import bundle_of
from grants.rules.notice import (
    AnchorLine,
    Basics,
    CriterionLine,
    Dates,
    Judging,
    Money,
    Notice,
    PoolLine,
    QuestionLine,
    Rubric,
    ShortForm,
)
from grants.rules.terms import PoolKind


def notice_of(competition: Competition) -> Notice:
    """Read the notice from its rows, fresh from the database."""
    row = competition
    return Notice(
        Basics(
            row.opportunity_number,
            row.listing_number,
            row.title,
            row.summary,
            row.shortest_years,
            row.longest_years,
            tuple(row.activities),
        ),
        Dates(row.opens_at, row.closes_at, row.time_zone, row.exigency),
        Money(
            row.federal_floor,
            row.federal_ceiling,
            Fraction(row.federal_share_numerator, row.federal_share_denominator),
            str(row.match_pace),
            tuple(row.giver_classes),
            tuple(_pool(one) for one in row.pools.select_related("agency").order_by("kind", "pk")),
        ),
        ShortForm(
            tuple(
                QuestionLine(one.heading, one.prompt, one.word_limit)
                for one in row.questions.order_by("position")
            )
        ),
        Rubric(row.score_low, row.score_high, _criteria(row)),
        Judging(
            row.reviews_per_proposal,
            str(row.ranking_rule),
            str(row.tie_rule),
            str(row.line_rule),
            row.quality_threshold,
            row.programme_factors,
        ),
    )


def bundle_for(competition: Competition, notice: Notice) -> dict[str, Any]:
    """Return the bundle of a notice of this competition."""
    return bundle_of(
        notice,
        reference=competition.case.reference,
        agency=competition.agency.name,
        kind=str(competition.kind),
    )


def current_bundle(competition: Competition) -> dict[str, Any]:
    """Return the bundle of what the rows say now: what opening pins, or should have pinned."""
    return bundle_for(competition, notice_of(competition))


def state_partners() -> list[Agency]:
    """Return the state agencies that may add money for their own groups."""
    return list(Agency.objects.filter(kind=Agency.Kind.STATE).order_by("name"))


def _pool(row: Pool) -> PoolLine:
    kind = PoolKind(row.kind)
    return PoolLine(kind, row.agency_id, row.agency.name, row.state_fips, row.amount)


def _criteria(competition: Competition) -> tuple[CriterionLine, ...]:
    rows = competition.criteria.prefetch_related("anchors").order_by("position")
    return tuple(
        CriterionLine(
            row.name,
            row.question,
            row.weight,
            tuple(AnchorLine(one.score, one.words) for one in row.anchors.all()),
        )
        for row in rows
    )
