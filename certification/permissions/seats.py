"""Who may answer an invitation to a seat."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.actors import person_of
from accounts.gates import NOBODY_KNOWS
from certification.models import SeatInvitation
from kit.refusals import Refusal


def was_invited(request: HttpRequest, invitation: str, **_route: object) -> Refusal | None:
    """Let the person pass to whose address the invitation went."""
    found = SeatInvitation.objects.filter(
        reference=invitation, email__iexact=person_of(request).email
    )
    return None if found.exists() else NOBODY_KNOWS
