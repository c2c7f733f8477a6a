"""Which rulebook is in force."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from certification.models import Rulebook
from certification.rules import rulebook as rules
from certification.rules.rulebook_v1 import CODE, KEYS


class NoRulebookError(LookupError):
    """Raised when no rulebook is in force on a day: nothing can be judged then."""


def rulebook_row(on: date, code: str = CODE) -> Rulebook:
    """The row in force on a day, with its parameters.

    Raises:
        NoRulebookError: there is none.
    """
    in_force = Q(effective_from__lte=on) & (Q(effective_to=None) | Q(effective_to__gt=on))
    row = Rulebook.objects.filter(in_force, code=code).prefetch_related("parameters").first()
    if row is None:
        message = f"No rulebook {code} is in force on {on}."
        raise NoRulebookError(message)
    return row


def rulebook_in_force(on: date, code: str = CODE) -> rules.Rulebook:
    """The rulebook by which an act of this day is judged."""
    return rules.check_whole(rulebook_row(on, code).rules(), KEYS)
