"""People keep their own details right."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User


@transaction.atomic
def change_profile(*, user: User, name: str, title: str, time_zone: str) -> User:
    """Change how a person is shown and in which zone they read dates.

    The trail keeps names as they were when something was done.
    """
    row = User.objects.select_for_update().get(pk=user.pk)
    row.name, row.title, row.time_zone = name, title, time_zone
    row.save(update_fields=["name", "title", "time_zone"])
    return row
