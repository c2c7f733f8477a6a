"""Tokens and codes of personal links: derived from a row's nonce and the portal's secret.

The database holds digests only: who reads a row, a backup or a kept letter cannot sign with it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from django.conf import settings
from django.urls import reverse

from certification.models import Invitation, SeatInvitation
from certification.models.signing import PersonalLink
from records.sealed_words import SealedWord

_CODE_SPACE = 1_000_000


def fresh_nonce() -> str:
    """Return what a new link is derived from."""
    return secrets.token_hex(16)


def token_of(nonce: str) -> str:
    """Return the token of a link: 256 bits that only the portal can derive."""
    return base64.urlsafe_b64encode(_derive("token", nonce)).decode().rstrip("=")


def digest_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_of(invitation: PersonalLink) -> str:
    """Return the six digits last sent for an invitation."""
    number = int.from_bytes(_derive("code", f"{invitation.nonce}:{invitation.codes_sent}")[:8])
    return f"{number % _CODE_SPACE:06d}"


def code_digest(invitation: PersonalLink, code: str) -> str:
    """Return what is kept of a code; keyed, since six digits are soon tried."""
    return _derive("code digest", f"{invitation.nonce}:{code}").hex()


def address_digest(address: str) -> str:
    """Return what is kept of the network address from which somebody signed."""
    return _derive("address", address).hex() if address else ""


def signing_address(invitation: Invitation) -> str:
    """Return the path of the signing page as a letter carries it: the token sealed."""
    return sealed_address(
        "certification:confirm", SealedWord("invitation_token", str(invitation.pk))
    )


def seat_address(invitation: SeatInvitation) -> str:
    """Return the path of the page that accepts a seat, the token sealed."""
    return sealed_address("certification:accept_seat", SealedWord("seat_token", str(invitation.pk)))


def is_same(one: str, other: str) -> bool:
    """Compare digests in constant time."""
    return hmac.compare_digest(one, other)


def invitation_token(name: str) -> str:
    """Return the token for a letter that is being delivered."""
    return token_of(Invitation.objects.values_list("nonce", flat=True).get(pk=int(name)))


def seat_token(name: str) -> str:
    """Return the token of a seat invitation for a letter that is being delivered."""
    return token_of(SeatInvitation.objects.values_list("nonce", flat=True).get(pk=int(name)))


def invitation_code(name: str) -> str:
    """Return the code for a letter that is being delivered."""
    return code_of(Invitation.objects.get(pk=int(name)))


def sealed_address(route: str, word: SealedWord) -> str:
    """Return the path of a page with a token that only the delivered letter carries."""
    # The marker is put in after reversing, which would escape its brackets.
    return reverse(route, args=["TOKEN"]).replace("TOKEN", str(word))


def _derive(purpose: str, text: str) -> bytes:
    key = hashlib.sha256(f"personal-links:{settings.SECRET_KEY}".encode()).digest()
    return hmac.digest(key, f"{purpose}:{text}".encode(), "sha256")
