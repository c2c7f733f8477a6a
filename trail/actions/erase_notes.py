"""Names beside the chain are erased when the law asks; the chain stays valid without them."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from trail.models import PersonalNote


@transaction.atomic
def erase_personal_notes(*, person: str, key: int) -> int:
    """Erase the notes of what a person did and of what was done to them; return how many.

    Args:
        person: The written form of the actor, such as "user:7".
        key: The account's key, as entries about the person name it.
    """
    about = Q(entry__facts__person=person) | Q(entry__facts__user=key)
    count, _ = PersonalNote.objects.filter(Q(entry__actor=person) | about).delete()
    return count
