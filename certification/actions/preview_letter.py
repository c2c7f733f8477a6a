"""A letter before it is written: the act is done, its letter read, and everything taken back."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from records.models import Letter
from trail.models import Case


def preview_letter(act: Callable[[], object], case: Case) -> Letter | None:
    """Return the letter exactly as the act would send it, or None where it sends none.

    Nothing is kept: the transaction is rolled back, and nobody is woken to send anything.

    Raises:
        Refused: whatever the act refuses.
    """
    with transaction.atomic():
        before = Letter.objects.filter(case=case).count()
        act()
        letters = Letter.objects.filter(case=case).order_by("pk")
        letter = letters[before] if letters.count() > before else None
        transaction.set_rollback(True)
    return letter
