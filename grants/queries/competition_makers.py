"""Who wrote a competition: whoever did may not clear it."""

from __future__ import annotations

from grants.models import Competition

MAKING = ("create_competition", "edit_competition", "amend")


def makers_of(competition: Competition) -> frozenset[str]:
    """Return everybody who created or changed the words."""
    entries = competition.case.entries.filter(verb__in=MAKING)
    return frozenset({competition.created_by, *entries.values_list("actor", flat=True)})
