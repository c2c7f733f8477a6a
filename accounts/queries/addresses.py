"""Addresses of people over time: what waits for a code, what was theirs before."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress

from accounts.models import AddressChange, User
from accounts.rules.address_change import WINDOW


def waiting_change(user: User, at: datetime) -> AddressChange | None:
    """Return the change whose code can still be entered."""
    rows = AddressChange.objects.filter(user=user, done_at=None, dropped_at=None, code_until__gt=at)
    return rows.first()


def asks_within_window(user: User, address: str, at: datetime) -> tuple[int, int]:
    """Return how often the person asked lately, and how often anybody did for this address."""
    rows = AddressChange.objects.filter(asked_at__gt=at - WINDOW)
    return rows.filter(user=user).count(), rows.filter(new_address__iexact=address).count()


def holds_account(address: str) -> bool:
    """Whether an account signs in with the address, or is about to prove it."""
    return (
        User.objects.filter(email__iexact=address).exists()
        or EmailAddress.objects.filter(email__iexact=address).exists()
    )


def former_addresses(user: User) -> dict[str, datetime]:
    """Return addresses that were the person's, in lower case, with the end of that time."""
    rows = AddressChange.objects.filter(user=user, done_at__isnull=False).order_by("done_at")
    return {
        address.lower(): done_at
        for address, done_at in rows.values_list("old_address", "done_at")
        if done_at is not None
    }
