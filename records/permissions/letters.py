"""Whose letters somebody may read: their own; for others they do not exist."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.actors import person_of
from accounts.gates import NOBODY_KNOWS
from kit.refusals import Refusal
from records.models import Letter
from records.queries.letters import letters_to


def own_letter(request: HttpRequest, reference: str) -> Letter | None:
    """Return a letter that was written to the reader."""
    if not request.user.is_authenticated:
        return None
    return letters_to(person_of(request)).filter(reference=reference).first()


def reads_letter(request: HttpRequest, letter: str, **_route: object) -> Refusal | None:
    """Let the letter's reader pass."""
    return None if own_letter(request, letter) else NOBODY_KNOWS
