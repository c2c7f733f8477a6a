"""A person says how notices should come."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from records.models import NoticePreference
from records.rules.letters import Rhythm


@transaction.atomic
def choose_rhythm(*, user: User, at: datetime, rhythm: Rhythm) -> None:
    """Keep the choice; what waits already comes with the next digest."""
    NoticePreference.objects.update_or_create(
        user=user, defaults={"rhythm": rhythm.value, "changed_at": at}
    )
