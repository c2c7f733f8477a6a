"""The key set that the portal publishes."""

from __future__ import annotations

from typing import Any

from records.models import SigningKey


def key_set() -> dict[str, Any]:
    """Every key, the one that signs first; retired ones stay, since old papers are checked too."""
    rows = SigningKey.objects.order_by("-made_at")
    return {"keys": [row.public_jwk for row in rows]}
