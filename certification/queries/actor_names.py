"""The names of people whom rows keep as actors."""

from __future__ import annotations

from collections.abc import Collection

from accounts.models import User

PERSON = "user:"


def actor_names(actors: Collection[str]) -> dict[str, str]:
    """Return the name of each actor with an account."""
    keys = [one.removeprefix(PERSON) for one in actors if one.startswith(PERSON)]
    people = User.objects.in_bulk([int(key) for key in keys if key.isdigit()])
    return {f"{PERSON}{key}": str(person) for key, person in people.items()}
