"""From a request to the actor of an act."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from accounts.models import User
from trail.actors import Actor
from trail.queries.clock import received_at


def actor_from_user(user: User) -> Actor:
    """Return the actor that the trail keeps for a person with an account."""
    return Actor("user", str(user.pk), str(user), user.pk)


def actor_of(request: HttpRequest) -> Actor:
    """Return the signed-in person as an actor.

    Raises:
        TypeError: nobody is signed in (the gate should have stopped the request).
    """
    return actor_from_user(person_of(request))


def person_of(request: HttpRequest) -> User:
    """Return the signed-in person, typed."""
    if not request.user.is_authenticated:
        message = "an act needs a signed-in person"
        raise TypeError(message)
    return request.user


def arrival_of(request: HttpRequest) -> datetime:
    """Return the instant that counts for this request (docs/decisions/0002)."""
    return received_at(request.arrived_at)  # type: ignore[attr-defined]
