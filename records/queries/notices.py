"""How people like to be told, and what waits for their digest."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from records.models import Letter, NoticePreference
from records.rules.letters import Rhythm


def wants_digest(address: str) -> bool:
    """Whether the person of an address wants notices once a day."""
    return NoticePreference.objects.filter(
        user__email__iexact=address, user__is_active=True, rhythm=Rhythm.DAILY
    ).exists()


def rhythm_of(user: User) -> Rhythm:
    """How a person wants notices; at once unless they said otherwise."""
    row = NoticePreference.objects.filter(user=user).first()
    return Rhythm(row.rhythm) if row else Rhythm.INSTANT


def waiting_addresses() -> list[str]:
    """Every address for which a notice waits."""
    rows = Letter.objects.filter(is_held=True, digest=None)
    return sorted(rows.values_list("to_address", flat=True).distinct())


def last_digest_at(address: str, template: str) -> datetime | None:
    """When the last digest to an address was written."""
    rows = Letter.objects.filter(to_address=address, template=template)
    last = rows.order_by("-written_at").first()
    return last.written_at if last else None
