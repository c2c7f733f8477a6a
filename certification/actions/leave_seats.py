"""Somebody closes their account: their seats end."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from accounts.registry import Belonging
from certification.actions.end_seat import end_seat
from certification.queries.own_seats import open_seats, seat_duties, seat_rows
from trail.actors import Actor


def leave_seats(actor: Actor, at: datetime, user: User) -> None:
    """End every seat of the person, in the transaction of the closing."""
    for seat in open_seats(user):
        end_seat(actor=actor, at=at, seat=seat)


SEATS = Belonging("Seats in groups", seat_rows, seat_duties, leave_seats)
