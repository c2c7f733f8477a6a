"""How long a case is kept, for people and for the operator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from trail.models import Case, Disposition, LegalHold
from trail.retention_registry import kinds_disposed_of, standing_of
from trail.rules.retention import RetentionRule, Standing, disposal_refusal, kept_until, rule_for


@dataclass(frozen=True, slots=True)
class Keeping:
    """What the page of a case says about its record."""

    standing: Standing
    rule: RetentionRule
    until: date | None
    hold: LegalHold | None
    disposition: Disposition | None


def keeping_of(case: Case) -> Keeping:
    """Return the class, the last day, the hold and the certificate of a case."""
    standing = standing_of(case)
    return Keeping(
        standing=standing,
        rule=rule_for(standing),
        until=kept_until(standing),
        hold=LegalHold.objects.filter(case=case, released_at=None).first(),
        disposition=Disposition.objects.filter(case=case).first(),
    )


def cases_to_dispose_of(today: date) -> Iterator[tuple[Case, Keeping]]:
    """Return the cases past their time, without a hold, that are still whole."""
    rows = Case.objects.filter(kind__in=kinds_disposed_of(), disposition=None).order_by("pk")
    for case in rows.iterator():
        keeping = keeping_of(case)
        is_held = keeping.hold is not None
        if disposal_refusal(keeping.standing, is_held=is_held, today=today) is None:
            yield case, keeping
