"""The letters that were written to a person: for their own data."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from accounts.registry import Belonging
from records.queries.letters import letters_to


def letter_rows(user: User) -> list[dict[str, Any]]:
    """Return the letters to the person's addresses."""
    return [
        {
            "Written": row.written_at,
            "Delivered": row.delivered_at,
            "To": row.to_address,
            "Subject": row.subject,
        }
        for row in letters_to(user)
    ]


LETTERS = Belonging("Letters to you", letter_rows)
