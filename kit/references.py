"""Human references such as ``CG-7K3M-Q2XD-R``: random, readable aloud, with a check character."""

from __future__ import annotations

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
BODY_LENGTH = 8
PATTERN = re.compile(rf"^([A-Z]{{2,3}})-([{ALPHABET}]{{4}})-([{ALPHABET}]{{4}})-([{ALPHABET}])$")
_PRIMES = (3, 5, 7, 11, 13, 17, 19, 23)


def check_character(prefix: str, body: str) -> str:
    """Return the check character; it catches every single wrong character and most swaps.

    Odd weights are invertible modulo 32, so that changing one character always changes the sum.

    >>> check_character("CG", "7K3MQ2XD") in ALPHABET
    True
    """
    total = sum(w * ALPHABET.index(c) for w, c in zip(_PRIMES, body, strict=True))
    total += sum(ord(c) for c in prefix)
    return ALPHABET[total % len(ALPHABET)]


def new_reference(prefix: str) -> str:
    """Return a fresh unguessable reference (40 random bits)."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(BODY_LENGTH))
    return f"{prefix}-{body[:4]}-{body[4:]}-{check_character(prefix, body)}"


def is_reference(text: str) -> bool:
    """Whether the text is a well-formed reference with the right check character."""
    match = PATTERN.match(text)
    if match is None:
        return False
    prefix, left, right, check = match.groups()
    return check_character(prefix, left + right) == check


class ReferenceConverter:
    """URL converter: nonsense in an address is 404 before any query runs."""

    regex = rf"[A-Z]{{2,3}}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}-[{ALPHABET}]"

    def to_python(self, value: str) -> str:
        """Accept only a reference whose check character fits."""
        if not is_reference(value):
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        """References are written as they are."""
        return value
