"""Changing the address one signs in with: how long a code lives, how often one may ask."""

from __future__ import annotations

from datetime import timedelta

from kit.refusals import Refusal

CODE_LIFE = timedelta(minutes=30)
CODE_ATTEMPTS = 5
WINDOW = timedelta(hours=1)
ASKS_BY_PERSON = 5
# Whoever asks: nobody's mailbox is filled by strangers.
ASKS_TO_ADDRESS = 5

SAME_ADDRESS = Refusal("same_address", "You sign in with this address already.")
TOO_MANY = Refusal("too_many_asks", "You asked for many codes. Wait an hour and try again.")
NOTHING_ASKED = Refusal("nothing_asked", "No change of your address is waiting for a code.")
TAKEN_MEANWHILE = Refusal(
    "address_taken",
    "This address is yours, but an account signs in with it by now. Close that account first.",
)


def ask_refusal(
    *, current: str, wanted: str, asks_by_person: int, asks_to_address: int
) -> Refusal | None:
    """Say why no code is sent. Whether an account has the address plays no part: it never shows.

    Args:
        current: The address that the person signs in with.
        wanted: The new one.
        asks_by_person: How often the person asked within the window.
        asks_to_address: How often anybody asked for this address within the window.

    >>> ask_refusal(current="a@b.us", wanted="A@b.us", asks_by_person=0, asks_to_address=0).code
    'same_address'
    """
    if current.casefold() == wanted.casefold():
        return SAME_ADDRESS
    if asks_by_person >= ASKS_BY_PERSON or asks_to_address >= ASKS_TO_ADDRESS:
        return TOO_MANY
    return None
