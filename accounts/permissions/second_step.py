"""Officers of agencies keep a second sign-in step."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.actors import person_of
from accounts.queries.officers import roles_of
from accounts.queries.people import second_steps
from kit.refusals import Refusal


def keeps_second_step(request: HttpRequest, **_route: object) -> Refusal | None:
    """Refuse to take away an officer's last second step."""
    if not roles_of(request) or second_steps(person_of(request)) > 1:
        return None
    return Refusal(
        "last_second_step",
        "Officers of agencies keep a second sign-in step, and this is your only one. "
        "Add another passkey or an authenticator app first.",
    )
