"""A fresh key signs from now on; what older keys signed stays genuine."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from records.models import SigningKey
from records.signing.keys import lock_keys, make_key


@transaction.atomic
def rotate_signing_key(*, at: datetime) -> tuple[SigningKey | None, SigningKey]:
    """Retire the key that signs, if there is one, and make the next.

    Side effects: a file with the private half in ``settings.SIGNING_KEYS``.

    Returns:
        The retired key or None, and the new one.
    """
    lock_keys()
    old = SigningKey.objects.select_for_update().filter(retired_at=None).first()
    if old is not None:
        old.retired_at = at
        old.save(update_fields=["retired_at"])
    return old, make_key(at)


@transaction.atomic
def ensure_signing_key(*, at: datetime) -> SigningKey:
    """Return the key that signs; make one only where none does, however many ask at once."""
    lock_keys()
    return SigningKey.objects.filter(retired_at=None).first() or make_key(at)
