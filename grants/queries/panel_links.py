"""Tokens and codes of panels: derived from a row's nonce and the portal's secret."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from django.conf import settings
from django.urls import reverse

from grants.models import PanelInvitation, ReviewerAddress
from records.sealed_words import SealedWord

_CODE_SPACE = 1_000_000


def fresh_nonce() -> str:
    """Return what a new link or code is derived from."""
    return secrets.token_hex(16)


def panel_token(nonce: str) -> str:
    """Return the token of an invitation: 256 bits that only the portal can derive."""
    return base64.urlsafe_b64encode(_derive("panel token", nonce)).decode().rstrip("=")


def address_code(nonce: str) -> str:
    """Return the six digits that prove an address."""
    return f"{int.from_bytes(_derive('reviewer address', nonce)[:8]) % _CODE_SPACE:06d}"


def digest_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_same(one: str, other: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


def invitation_address(invitation: PanelInvitation) -> str:
    """Return the path of the page that answers an invitation, the token sealed."""
    word = SealedWord("panel_token", str(invitation.pk))
    # The marker is put in after reversing, which would escape its brackets.
    return reverse("grants:panel_invitation", args=["TOKEN"]).replace("TOKEN", str(word))


def token_for_letter(name: str) -> str:
    """Return the token for a letter that is being delivered."""
    return panel_token(PanelInvitation.objects.values_list("nonce", flat=True).get(pk=int(name)))


def code_for_letter(name: str) -> str:
    """Return the code for a letter that is being delivered."""
    return address_code(ReviewerAddress.objects.values_list("nonce", flat=True).get(pk=int(name)))


def _derive(purpose: str, text: str) -> bytes:
    key = hashlib.sha256(f"panel-links:{settings.SECRET_KEY}".encode()).digest()
    return hmac.digest(key, f"{purpose}:{text}".encode(), "sha256")
