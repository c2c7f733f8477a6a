"""Who is behind the written form of an actor."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User


def named(actors: Iterable[str]) -> dict[str, str]:
    """Return people's names by actor; the portal itself by its own."""
    wanted = {one for one in actors if one}
    keys = {one: int(one[5:]) for one in wanted if one.startswith("user:") and one[5:].isdigit()}
    people = User.objects.in_bulk(list(set(keys.values())))
    found = {one: str(people[pk]) for one, pk in keys.items() if pk in people}
    return found | {one: "the portal" for one in wanted if one.startswith("system:")}
