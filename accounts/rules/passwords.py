"""Which passwords are too easy to guess: pure rules; length is Django's own validator.

No composition rules: a password is refused for what it is, never for what it lacks.
"""

from __future__ import annotations

import string
from collections.abc import Collection

from kit.refusals import Refusal

ENDS = string.digits + string.punctuation + string.whitespace
LOOKALIKES = str.maketrans("013457@$!", "oleastasi")
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1234567890",
    "0123456789",
)
FEWEST_LETTERS = 5
NOBODY_TRIES = 64  # characters: so long, even two letters are not tried in any order
LEFT_OVER = 8  # characters that must remain beside words that anybody would try
SHORTEST_WORD = 4


def why_guessable(
    password: str, *, known_words: Collection[str], common: Collection[str]
) -> Refusal | None:
    """Return why a password is among the first that somebody would try.

    Args:
        password: What the person typed.
        known_words: Their name, address, and the portal's name.
        common: Lists of common passwords, in lower case.

    >>> why_guessable("Password1Password1!", known_words=(), common={"password"}).code
    'common_password'
    """
    plain = password.casefold()
    if len(set(plain)) < FEWEST_LETTERS and len(plain) < NOBODY_TRIES:
        return Refusal(
            "few_characters", "This password repeats a few characters. Choose words instead."
        )
    spellings = _spellings(plain)
    if any(_is_row(one) for one in spellings):
        return Refusal(
            "keyboard_row", "This password follows the alphabet or the keyboard. Choose words."
        )
    if any(one in common for one in spellings):
        return Refusal(
            "common_password",
            "This is a common password, repeated or decorated. Choose words that do not belong "
            "together.",
        )
    if _is_mostly(plain, known_words):
        return Refusal(
            "own_words",
            "This password is little more than your name, your address or the portal's name. "
            "Choose words that nobody connects with you.",
        )
    return None


def _spellings(plain: str) -> set[str]:
    cores = {plain, plain.strip(ENDS), "".join(filter(str.isalnum, plain))}
    cores |= {core.translate(LOOKALIKES).strip(ENDS) for core in cores}
    units = {_unit(core) for core in cores}
    return {one for one in cores | units | {unit.strip(ENDS) for unit in units} if one}


def _unit(text: str) -> str:
    """Return what a text repeats: "passpass" repeats "pass"; other texts are their own unit."""
    at = (text + text).find(text, 1)
    return text[:at] if 0 < at < len(text) else text


def _is_row(text: str) -> bool:
    if len(text) < SHORTEST_WORD:
        return False
    return any(text in way for row in ROWS for way in (row * 3, row[::-1] * 3))


def _is_mostly(plain: str, words: Collection[str]) -> bool:
    rest = plain
    for word in sorted({word.casefold() for word in words}, key=len, reverse=True):
        if len(word) >= SHORTEST_WORD:
            rest = rest.replace(word, "")
    left = "".join(filter(str.isalnum, rest.strip(ENDS)))
    return rest != plain and len(left) < LEFT_OVER
