"""What upper apps add to a person's own page: invitations to seats that live above."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """Something a person is asked to accept.

    Attributes:
        title: What it is: "Authorized representative of Toledo Glass".
        detail: Who asks, until when.
        url: Where the answer is posted, with ``answer`` "accept" or "decline".
    """

    title: str
    detail: str
    url: str


InvitationProvider = Callable[[User, datetime], list[OpenInvitation]]
_providers: list[InvitationProvider] = []


def register_invitations(provider: InvitationProvider) -> None:
    """Name a function that finds a person's open invitations of an upper app."""
    if provider not in _providers:
        _providers.append(provider)


def open_invitations(user: User, at: datetime) -> list[OpenInvitation]:
    """Return what upper apps ask this person to accept."""
    return [invitation for provider in _providers for invitation in provider(user, at)]
