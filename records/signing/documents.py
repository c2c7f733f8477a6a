"""Signed JSON: a flattened JWS (RFC 7515) beside the same facts in the clear.

The file has one spelling only. Reading builds it again from what was signed and compares the
text, so that one changed character fails wherever it is, also in a part that the signature itself
does not cover.
"""

from __future__ import annotations

import json
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from records.models import SigningKey
from records.signing.keys import KeyPair
from records.signing.reading import ALTERED, NOT_OURS, Read, Seal

ALGORITHMS = [SigningKey.ALGORITHM]
MEMBERS = {"facts", "protected", "payload", "signature"}


def sign_document(facts: dict[str, Any], pair: KeyPair, kind: str) -> str:
    """Return the file's text; ``kind`` says in the signature what it is ("certificate")."""
    header = {"alg": SigningKey.ALGORITHM, "kid": pair.row.kid, "typ": f"clusters-{kind}"}
    payload = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
    signed = jws.serialize_json({"protected": header}, payload, pair.jwk(), algorithms=ALGORITHMS)
    return _spelled(facts, dict(signed))


def read_document(text: str, kind: str) -> Read:
    """Check a file's text against every key that the portal ever had."""
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return NOT_OURS
    if not isinstance(held, dict) or set(held) != MEMBERS:
        return NOT_OURS
    signed = {name: held[name] for name in ("protected", "payload", "signature")}
    if not all(isinstance(part, str) for part in signed.values()):
        return NOT_OURS
    kid = _kid(signed["protected"])
    row = SigningKey.objects.filter(kid=kid).first() if kid else None
    if row is None:
        return NOT_OURS
    facts = _verified(signed, row, kind)
    if facts is None or _spelled(facts, signed) != text:
        return ALTERED
    return Read(Seal.GENUINE, row.kid, facts)


def _verified(signed: dict[str, str], row: SigningKey, kind: str) -> dict[str, Any] | None:
    try:
        key = ECKey.import_key(row.public_jwk)
        flat: Any = signed
        found: Any = jws.deserialize_json(flat, key, algorithms=ALGORITHMS)
        header = found.headers()
        facts = json.loads(found.payload)
    except (JoseError, ValueError, RecursionError):
        return None
    ours = header.get("typ") == f"clusters-{kind}" and isinstance(facts, dict)
    return facts if ours else None


def _kid(protected: str) -> str:
    """The key's name as the file has it, not believed yet."""
    from joserfc.util import urlsafe_b64decode  # noqa: PLC0415 - only here

    try:
        header = json.loads(urlsafe_b64decode(protected.encode()))
    except (ValueError, RecursionError):
        return ""
    kid = header.get("kid", "") if isinstance(header, dict) else ""
    return kid if isinstance(kid, str) else ""


def _spelled(facts: dict[str, Any], signed: dict[str, Any]) -> str:
    members = {
        "facts": facts,
        "protected": signed["protected"],
        "payload": signed["payload"],
        "signature": signed["signature"],
    }
    return json.dumps(members, ensure_ascii=False, indent=2) + "\n"
