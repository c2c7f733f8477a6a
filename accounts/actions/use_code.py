"""A code of an authenticator app opens once, whatever the cache remembers."""

from __future__ import annotations

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.utils.crypto import constant_time_compare


@transaction.atomic
def use_code_once(*, authenticator: Authenticator, code: str) -> bool:
    """Mark the code's half minute as used; False if it, or a later one, was used before.

    allauth remembers used codes in the cache, which may forget; the row does not.
    """
    if authenticator.type != Authenticator.Type.TOTP:
        return True
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    secret = decrypt(row.data["secret"])
    wanted = "".join(code.split())
    steps = [
        step
        for step in yield_hotp_counters_from_time()
        if constant_time_compare(format_hotp_value(hotp_value(secret, step)), wanted)
    ]
    step = max(steps, default=int(time.time()) // 30)
    if step <= row.data.get("last_step", 0):
        return False
    row.data = {**row.data, "last_step": step}
    row.save(update_fields=["data"])
    return True
