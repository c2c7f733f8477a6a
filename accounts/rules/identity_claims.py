"""What an identity provider says of a person: which statements count. Pure rules."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kit.refusals import Refusal

SKEW = 60  # seconds that two clocks may differ
OLDEST = 600  # seconds since the statement was made
NOT_BELIEVED = "The other site's answer could not be trusted, so nobody was signed in. Try again."


@dataclass(frozen=True, slots=True)
class Expected:
    """What an answer must say.

    Attributes:
        issuer: Who speaks.
        client: To whom: the portal's own name there.
        nonce: In answer to which question.
    """

    issuer: str
    client: str
    nonce: str


def claims_refusal(claims: Mapping[str, Any], expected: Expected, now: float) -> Refusal | None:
    """Return why a signed statement does not count, or None.

    The signature has been checked before; this is about what was signed.
    """
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    checks = {
        "wrong_issuer": claims.get("iss") == expected.issuer,
        "wrong_audience": audiences == [expected.client],
        "wrong_nonce": hmac.compare_digest(
            str(claims.get("nonce", "")).encode(), expected.nonce.encode()
        ),
        "expired": _number(claims.get("exp")) > now - SKEW,
        "not_now": now - OLDEST <= _number(claims.get("iat")) <= now + SKEW,
        "no_subject": bool(claims.get("sub")) and isinstance(claims.get("sub"), str),
    }
    failed = next((code for code, holds in checks.items() if not holds), None)
    return None if failed is None else Refusal(failed, NOT_BELIEVED)


def address_refusal(claims: Mapping[str, Any]) -> Refusal | None:
    """Return why the address of a statement cannot become an account's address."""
    address = claims.get("email")
    if isinstance(address, str) and "@" in address and claims.get("email_verified") is True:
        return None
    return Refusal(
        "address_not_verified",
        "The other site has not checked your e-mail address. Confirm it there, or create an "
        "account here.",
    )


def _number(value: object) -> float:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if is_number else float("-inf")  # type: ignore[arg-type]
