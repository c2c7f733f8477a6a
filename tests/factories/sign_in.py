"""Being signed in without pages, as somebody who proved who they are just now."""

from __future__ import annotations

import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY as WHOSE,
)
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as PROOFS
from django.test import Client

from accounts.models import User


def sign_in_freshly(client: Client, user: User, *, seconds_ago: float = 0) -> Client:
    """Sign in with a second step that many seconds ago."""
    client.force_login(user)
    return confirm(client, user, seconds_ago=seconds_ago)


def confirm(client: Client, user: User, *, method: str = "mfa", seconds_ago: float = 0) -> Client:
    """Prove who it is, as pages for codes and passkeys do."""
    session = client.session
    session[PROOFS] = [
        *session.get(PROOFS, []),
        {"method": method, "at": time.time() - seconds_ago},
    ]
    session[WHOSE] = str(user.pk)
    session.save()
    return client
