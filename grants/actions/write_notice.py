"""Write one part of a notice to its rows; whoever calls has locked the competition."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import IntegrityError, models, transaction

from grants.models import Anchor, Competition, Criterion, FormQuestion, Pool
from grants.rules.notice import (
    Basics,
    CriterionLine,
    Dates,
    Judging,
    Money,
    PartText,
    Rubric,
    ShortForm,
)
from kit.refusals import refuse

NUMBER_TAKEN = "competition_number_once"


def write_part(row: Competition, text: PartText) -> None:
    """Write the columns and rows of one part; lines keep their rows by their place.

    Raises:
        Refused: ``number_taken``.
    """
    _WRITERS[type(text)](row, text)


def save_columns(row: Competition, values: dict[str, Any]) -> None:
    """Set and save columns.

    Raises:
        Refused: ``number_taken`` when the agency uses the number already.
    """
    for name, value in values.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save(update_fields=list(values))
    except IntegrityError as error:
        if NUMBER_TAKEN not in str(error):
            raise
        raise refuse(
            "number_taken", "Your agency already has a competition of this number."
        ) from error


def _basics(row: Competition, text: Basics) -> None:
    save_columns(
        row,
        {
            "opportunity_number": text.opportunity_number,
            "listing_number": text.listing_number,
            "title": text.title,
            "summary": text.summary,
            "shortest_years": text.shortest_years,
            "longest_years": text.longest_years,
            "activities": [str(one) for one in text.activities],
        },
    )


def _dates(row: Competition, text: Dates) -> None:
    save_columns(
        row,
        {
            "opens_at": text.opens_at,
            "closes_at": text.closes_at,
            "time_zone": text.time_zone,
            "exigency": text.exigency,
        },
    )


def _money(row: Competition, text: Money) -> None:
    save_columns(
        row,
        {
            "federal_floor": text.federal_floor,
            "federal_ceiling": text.federal_ceiling,
            "federal_share_numerator": text.federal_share.numerator,
            "federal_share_denominator": text.federal_share.denominator,
            "match_pace": text.match_pace,
            "giver_classes": [str(one) for one in text.giver_classes],
        },
    )
    kept = []
    for line in text.pools:
        pool, _ = Pool.objects.update_or_create(
            competition=row,
            kind=line.kind,
            state_fips=line.state_fips,
            defaults={"agency_id": line.agency_id, "amount": line.amount},
        )
        kept.append(pool.pk)
    row.pools.exclude(pk__in=kept).delete()


def _form(row: Competition, text: ShortForm) -> None:
    lines = (
        {"heading": one.heading, "prompt": one.prompt, "word_limit": one.word_limit}
        for one in text.questions
    )
    _by_place(row, FormQuestion.objects.filter(competition=row), lines)


def _rubric(row: Competition, text: Rubric) -> None:
    save_columns(row, {"score_low": text.score_low, "score_high": text.score_high})
    # Names first stand aside, so that two criteria may exchange theirs.
    for one in Criterion.objects.filter(competition=row):
        Criterion.objects.filter(pk=one.pk).update(name=f"{one.pk} is being renamed")
    gone = Criterion.objects.filter(competition=row, position__gt=len(text.criteria))
    Anchor.objects.filter(criterion__in=gone).delete()
    lines = (
        {"name": one.name, "question": one.question, "weight": one.weight} for one in text.criteria
    )
    kept = _by_place(row, Criterion.objects.filter(competition=row), lines)
    for criterion, line in zip(kept, text.criteria, strict=True):
        _anchors(criterion, line)


def _anchors(criterion: Criterion, line: CriterionLine) -> None:
    criterion.anchors.exclude(score__in=[one.score for one in line.anchors]).delete()
    for one in line.anchors:
        Anchor.objects.update_or_create(
            criterion=criterion, score=one.score, defaults={"words": one.words}
        )


def _judging(row: Competition, text: Judging) -> None:
    save_columns(
        row,
        {
            "reviews_per_proposal": text.reviews_per_proposal,
            "ranking_rule": text.ranking_rule,
            "tie_rule": text.tie_rule,
            "line_rule": text.line_rule,
            "quality_threshold": text.quality_threshold,
            "programme_factors": text.programme_factors,
        },
    )


def _by_place(
    row: Competition, rows: models.QuerySet[Any], lines: Iterable[dict[str, Any]]
) -> list[Any]:
    kept = [
        rows.update_or_create(competition=row, position=place, defaults=values)[0]
        for place, values in enumerate(lines, 1)
    ]
    rows.filter(position__gt=len(kept)).delete()
    return kept


_WRITERS: dict[type, Callable[[Competition, Any], None]] = {
    Basics: _basics,
    Dates: _dates,
    Money: _money,
    ShortForm: _form,
    Rubric: _rubric,
    Judging: _judging,
}
