"""What upper apps know of a person: invitations to seats, data held, duties to hand over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from trail.actors import Actor


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


@dataclass(frozen=True, slots=True)
class Belonging:
    """What an upper app holds about people, and what ties them to others there.

    Attributes:
        title: As a heading of "Your data": "Seats in groups".
        rows: Everything held about a person; each row is words with JSON values.
        duties: What the person must hand over before an account can be closed, as sentences.
        leave: Ends what the person holds, when the account is closed.
    """

    title: str
    rows: Callable[[User], list[dict[str, Any]]]
    duties: Callable[[User], list[str]] | None = None
    leave: Callable[[Actor, datetime, User], None] | None = None


_belongings: dict[str, Belonging] = {}


def register_belonging(belonging: Belonging) -> None:
    """Name what an upper app holds about people."""
    _belongings[belonging.title] = belonging


def belongings() -> list[Belonging]:
    """Return what upper apps hold about people."""
    return list(_belongings.values())
