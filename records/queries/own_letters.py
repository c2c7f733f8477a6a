"""The letters that were written to a person: for their own data."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from accounts.queries.people import verified_addresses
from accounts.registry import Belonging
from records.models import Letter


def letter_rows(user: User) -> list[dict[str, Any]]:
    """Return the letters to the person's addresses."""
    rows = Letter.objects.filter(to_address__in=verified_addresses(user)).order_by("-written_at")
    return [
        {
            "Written": row.written_at,
            "Delivered": row.delivered_at,
            "To": row.to_address,
            "Subject": row.subject,
        }
        for row in rows
    ]


LETTERS = Belonging("Letters to you", letter_rows)
