"""Signing in with an account of an OpenID Connect provider such as Login.gov.

The authorization code flow with PKCE; the portal proves itself by a signed assertion
(private_key_jwt), so there is no shared secret. Every statement's signature is verified against
the provider's published keys. Nothing here writes rows.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.module_loading import import_string
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey

from accounts.identity_transport import ProviderUnreachable
from accounts.rules.identity_claims import NOT_BELIEVED, Expected, claims_refusal
from kit.refusals import Refused, refuse

SIGNATURES = ["RS256"]  # never what the statement itself proposes
REMEMBER = 3600
ASSERTION_LIFE = 300


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked of the provider, kept in the asking browser's session.

    Attributes:
        state: Ties the answer to this browser.
        nonce: Ties the signed statement to this question.
        verifier: Proves at the token address that the same party asks (PKCE).
        way_back: Where the person wanted to go.
        links: Key of the signed-in person who links the account, or 0.
    """

    state: str
    nonce: str
    verifier: str
    way_back: str
    links: int

    def as_kept(self) -> dict[str, Any]:
        """Return the question as the session keeps it."""
        return asdict(self)


def is_on() -> bool:
    """Whether a provider is configured."""
    return bool(settings.IDENTITY_ISSUER and settings.IDENTITY_CLIENT and settings.IDENTITY_KEY)


def ask(request: HttpRequest, *, way_back: str, links: int) -> tuple[Question, str]:
    """Return a fresh question and the provider's address that answers it."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    question = Question(state, nonce, verifier, way_back, links)
    digest = hashlib.sha256(question.verifier.encode()).digest()
    values = {
        "response_type": "code",
        "client_id": settings.IDENTITY_CLIENT,
        "redirect_uri": _return_address(request),
        "scope": "openid email",
        "state": question.state,
        "nonce": question.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        "prompt": "select_account",
        "acr_values": settings.IDENTITY_ACR,
    }
    return question, f"{_address('authorization_endpoint')}?{urlencode(values)}"


def answer_of(request: HttpRequest, question: Question, code: str, now: float) -> dict[str, Any]:
    """Exchange the code for the provider's signed statement and return what it says.

    Raises:
        Refused: the statement does not count, by signature or by content.
        ProviderUnreachable: the provider did not answer.
    """
    endpoint = _address("token_endpoint")
    values = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": _return_address(request),
        "code_verifier": question.verifier,
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": client_assertion(endpoint, now),
    }
    claims = _verified(str(_fetch(endpoint, values).get("id_token", "")))
    expected = Expected(settings.IDENTITY_ISSUER, settings.IDENTITY_CLIENT, question.nonce)
    refusal = claims_refusal(claims, expected, now)
    if refusal is not None:
        raise Refused(refusal)
    return claims


def client_assertion(endpoint: str, now: float) -> str:
    """Return the portal's signed word that it is the portal (RFC 7523)."""
    claims = {
        "iss": settings.IDENTITY_CLIENT,
        "sub": settings.IDENTITY_CLIENT,
        "aud": endpoint,
        "jti": secrets.token_urlsafe(24),
        "iat": int(now),
        "exp": int(now) + ASSERTION_LIFE,
    }
    key = RSAKey.import_key(settings.IDENTITY_KEY)
    return jwt.encode({"alg": "RS256"}, claims, key, algorithms=SIGNATURES)


def _verified(statement: str) -> dict[str, Any]:
    for fresh in (False, True):  # keys rotate: an unknown one is looked up once more
        try:
            keys = KeySet.import_key_set(_published("jwks_uri", is_fresh=fresh))  # type: ignore[arg-type]
            return dict(jwt.decode(statement, keys, algorithms=SIGNATURES).claims)
        except (JoseError, ValueError, KeyError, TypeError):
            continue
    raise refuse("not_signed", NOT_BELIEVED)


def _address(name: str) -> str:
    found = _discovery().get(name)
    if not isinstance(found, str):
        raise ProviderUnreachable(f"{name} is not published")
    return found


def _discovery() -> dict[str, Any]:
    address = f"{settings.IDENTITY_ISSUER.rstrip('/')}/.well-known/openid-configuration"
    found = _remembered(address)
    if found.get("issuer") != settings.IDENTITY_ISSUER:
        raise ProviderUnreachable("the document is another issuer's")
    return found


def _published(name: str, *, is_fresh: bool) -> dict[str, Any]:
    return _remembered(_address(name), is_fresh=is_fresh)


def _remembered(address: str, *, is_fresh: bool = False) -> dict[str, Any]:
    key = f"identity:{hashlib.sha256(address.encode()).hexdigest()}"
    found: dict[str, Any] | None = None if is_fresh else cache.get(key)
    if found is None:
        found = _fetch(address)
        cache.set(key, found, REMEMBER)
    return found


def _fetch(address: str, data: dict[str, str] | None = None) -> dict[str, Any]:
    found: dict[str, Any] = import_string(settings.IDENTITY_TRANSPORT)(address, data)
    return found


def _return_address(request: HttpRequest) -> str:
    del request  # the settings know the portal's address; a request could lie about it
    return f"{settings.PORTAL_ADDRESS}{reverse('accounts:identity_answer')}"
