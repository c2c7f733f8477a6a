"""Signing in, failing to, and signing out each leave a line: who by number, never a password.

A failed attempt names no account, not even a wrong address: people type passwords there.
"""

from __future__ import annotations

import logging
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

logger = logging.getLogger("clusters_portal.sign_in")


@receiver(user_logged_in)
def signed_in(user: Any, **_told: object) -> None:  # noqa: ANN401 - the framework's signature
    """Somebody came in."""
    logger.info("signed in", extra={"facts": {"person": user.pk}})


@receiver(user_logged_out)
def signed_out(user: Any, **_told: object) -> None:  # noqa: ANN401
    """Somebody left."""
    logger.info("signed out", extra={"facts": {"person": getattr(user, "pk", None)}})


@receiver(user_login_failed)
def refused(**_told: object) -> None:
    """Somebody did not come in."""
    logger.warning("sign-in refused")
