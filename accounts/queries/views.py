"""A person's saved views."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.models import SavedView


def views_of(request: HttpRequest, table: str) -> list[SavedView]:
    """Return the reader's views of a table, read once per request; nobody's for the public."""
    held: dict[str, list[SavedView]] = getattr(request, "_saved_views", {})
    if table not in held:
        held[table] = []
        if request.user.is_authenticated:
            rows = SavedView.objects.filter(user_id=request.user.pk, table=table)
            held[table] = list(rows.order_by("name"))
        request._saved_views = held  # type: ignore[attr-defined]  # noqa: SLF001
    return held[table]
