"""People keep views of lists: save, rename, open with, delete.

A view belongs to one person and is no fact of any case: nothing of it goes on a trail.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import SavedView, User
from accounts.rules.views import LONGEST_QUERY, MOST_VIEWS, kept_query
from kit.refusals import refuse


@dataclass(frozen=True, slots=True)
class ViewDetails:
    """What is kept: which table, under which name, with which query, where."""

    table: str
    name: str
    query: str
    address: str
    is_default: bool = False


@transaction.atomic
def save_view(*, user: User, at: datetime, details: ViewDetails) -> SavedView:
    """Keep a view; one of the same name is replaced.

    Raises:
        Refused: ``too_many_views`` or ``view_too_long``.
    """
    held = _views(user, details.table)
    query = kept_query(details.query)
    if len(query) > LONGEST_QUERY:
        raise refuse("view_too_long", "These filters are too long to keep. Use fewer words.")
    same = held.filter(name__iexact=details.name).first()
    if same is None and held.count() >= MOST_VIEWS:
        raise refuse("too_many_views", f"You have {MOST_VIEWS} views of this list. Delete one.")
    row = same or SavedView(user=user, table=details.table)
    row.name, row.query, row.address, row.saved_at = details.name, query, details.address, at
    if details.is_default:
        held.update(is_default=False)
        row.is_default = True
    row.save()
    return row


@transaction.atomic
def rename_view(*, view: SavedView, name: str) -> SavedView:
    """Give a view another name.

    Raises:
        Refused: ``view_name_taken``.
    """
    others = _views(view.user, view.table).exclude(pk=view.pk)
    if others.filter(name__iexact=name).exists():
        raise refuse("view_name_taken", f"You already have a view “{name}” of this list.")
    view.name = name
    view.save(update_fields=["name"])
    return view


@transaction.atomic
def open_with_view(*, view: SavedView, is_default: bool) -> SavedView:
    """Let the list open with this view, or no longer."""
    _views(view.user, view.table).update(is_default=False)
    view.is_default = is_default
    view.save(update_fields=["is_default"])
    return view


@transaction.atomic
def delete_view(*, view: SavedView) -> None:
    """Forget a view."""
    view.delete()


def _views(user: User, table: str) -> QuerySet[SavedView]:
    """One person's views of one table, that person locked: two windows save one after another."""
    User.objects.select_for_update().get(pk=user.pk)
    return SavedView.objects.filter(user=user, table=table)
