"""The public register: only released publications are read here, never a designation.

Page, CSV, JSON, API and counts all come through `published`, so that they cannot disagree and
nothing appears before its release (trust.md 14).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import DateTimeField, F, Q, QuerySet, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Least, Now

from accounts.queries.matching import by_words
from certification.rules.register import (
    KIND_DENIAL,
    KIND_DESIGNATION,
    SMALLEST_SHOWN,
    DenialLine,
    Published,
    RegisterFilter,
    RoleCount,
    Sort,
    Standing,
    denial_from,
    entry_from,
    suppressed,
)
from kit.periods import end_of_day
from records.models import Publication

ZONE = "America/New_York"  # the register's own days, whatever the reader's zone
COLUMNS = {
    Sort.GROUP: KT("snapshot__group"),
    Sort.CLUSTER: KT("snapshot__cluster"),
    Sort.REGION: KT("snapshot__region"),
    Sort.STARTS: KT("snapshot__starts_on"),
    Sort.ENDS: KT("snapshot__ends_on"),
}
SEARCHED = ("group", "cluster", "region", "convening", "reference")


def shown_on(on: date, at: datetime | None = None) -> Any:  # noqa: ANN401 - a moment or an expression
    """The moment as of which the register is read: the end of the day, but never the future."""
    end = end_of_day(on, ZONE) - timedelta(microseconds=1)
    if at is not None:
        return min(end, at)
    moment = DateTimeField()
    return Least(Value(end, output_field=moment), Now(), output_field=moment)


def released(kind: str, on: date, at: datetime | None = None) -> QuerySet[Publication]:
    """The version of each case that the public read at the end of a day."""
    return Publication.objects.filter(kind=kind).shown_at(shown_on(on, at))


def register(asked: RegisterFilter) -> QuerySet[Publication]:
    """The publications that a reader asks for, in order."""
    rows = released(KIND_DESIGNATION, asked.on, asked.at).filter(_matches(asked))
    if asked.standing is not None:
        rows = rows.filter(_standing(asked.standing, asked.on))
    number = F("snapshot__number")
    column = COLUMNS.get(asked.sort, number)
    order = column.desc() if asked.is_descending else column.asc()
    return rows.order_by(order, number.desc())


def search_register(text: str, on: date) -> QuerySet[Publication]:
    """The released publications in which words stand, in any form or typed nearly right."""
    rows = released(KIND_DESIGNATION, on).annotate(
        **{f"said_{name}": KT(f"snapshot__{name}") for name in SEARCHED}
    )
    return by_words(rows, text, *(f"said_{name}" for name in SEARCHED))


def published(row: Publication) -> Published:
    """A publication as the register shows it."""
    if row.public_from is None or row.version is None:
        message = f"{row} is not released"
        raise ValueError(message)
    return Published(entry_from(row.snapshot), row.version, row.public_from.isoformat(), row.digest)


def entry_on(reference: str, on: date, at: datetime | None = None) -> Published | None:
    """One designation as the register read at the end of a day."""
    row = released(KIND_DESIGNATION, on, at).filter(case__reference=reference).first()
    return published(row) if row else None


def releases_of(reference: str, on: date, at: datetime | None = None) -> list[Publication]:
    """Every version of a designation that was public by that day, the newest first."""
    rows = Publication.objects.filter(
        case__reference=reference, kind=KIND_DESIGNATION, shown__startswith__lte=shown_on(on, at)
    )
    return list(rows.order_by("-version"))


def choices(
    on: date, at: datetime | None = None
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The states and the clusters that occur in the register: (code, name) in order of name."""
    states: set[tuple[str, str]] = set()
    clusters: set[tuple[str, str]] = set()
    keys = ("snapshot__states", "snapshot__cluster_code", "snapshot__cluster")
    for held, code, name in released(KIND_DESIGNATION, on, at).values_list(*keys):
        states |= {(one["fips"], one["name"]) for one in held}
        clusters.add((code, name))
    return sorted(states, key=lambda one: one[1]), sorted(clusters, key=lambda one: one[1])


def denials(on: date, at: datetime | None = None) -> list[DenialLine]:
    """Every refused application that was released to the statistics until that day."""
    rows = released(KIND_DENIAL, on, at).order_by("-shown").values_list("snapshot", flat=True)
    return [denial_from(row) for row in rows]


def reason_counts(lines: Sequence[DenialLine]) -> tuple[RoleCount, ...]:
    """How often each reason was named, small numbers hidden, the most frequent first."""
    counts = Counter(reason for line in lines for reason in line.reasons)
    return suppressed(dict(counts.most_common()))


def shown_total(count: int) -> str:
    """A total of the statistics; a small one is not told."""
    return str(count) if count == 0 or count >= SMALLEST_SHOWN else f"fewer than {SMALLEST_SHOWN}"


def today(at: datetime) -> date:
    """The register's day at a moment."""
    return at.astimezone(ZoneInfo(ZONE)).date()


def _matches(asked: RegisterFilter) -> Q:
    found = Q()
    if asked.search:
        found &= Q(
            *((f"snapshot__{name}__icontains", asked.search) for name in SEARCHED),
            _connector=Q.OR,
        )
    if asked.state:
        found &= Q(snapshot__states__contains=[{"fips": asked.state}])
    if asked.cluster:
        found &= Q(snapshot__cluster_code=asked.cluster)
    return found


def _standing(standing: Standing, on: date) -> Q:
    """ISO days compare as text."""
    day = on.isoformat()
    return {
        Standing.IN_FORCE: Q(snapshot__starts_on__lte=day, snapshot__ends_on__gt=day),
        Standing.ENDED: Q(snapshot__ends_on__lte=day),
        Standing.NOT_YET: Q(snapshot__starts_on__gt=day),
    }[standing]
