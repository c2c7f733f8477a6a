"""What search may find of competitions, narrowed to the reader before anything is matched."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from accounts.queries.matching import by_words
from grants.models import Competition

FIELDS = ("title", "opportunity_number", "summary")


def competitions_like(text: str) -> QuerySet[Competition]:
    """Return opened competitions by words or reference."""
    return _like(Competition.objects.opened(), text)


def office_competitions_like(agencies: Collection[int], text: str) -> QuerySet[Competition]:
    """Return competitions of an office by words or reference."""
    return _like(Competition.objects.filter(agency_id__in=agencies), text)


def _like(rows: QuerySet[Competition], text: str) -> QuerySet[Competition]:
    by_reference = rows.filter(case__reference__iexact=text.strip())
    if by_reference.exists():
        return by_reference.order_by("pk").select_related("case", "agency")
    return by_words(rows, text, *FIELDS).select_related("case", "agency")
