"""Validators of new passwords (settings: AUTH_PASSWORD_VALIDATORS)."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ImproperlyConfigured, ValidationError

from accounts.models import User
from accounts.queries.breached import is_breached
from accounts.rules.passwords import why_guessable

SITE_WORDS = ("clusters", "cluster", "portal")


class GuessablePassword:
    """Refuse what somebody would try first; works without any file."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise with the reason."""
        words = [*SITE_WORDS, *_words_of(user)]
        refusal = why_guessable(password, known_words=words, common=_common())
        if refusal is not None:
            raise ValidationError(refusal.sentence, code=refusal.code)

    def get_help_text(self) -> str:
        """Say what is asked."""
        return "Not your name, your address or a common password."


class BreachedPassword:
    """Refuse what was published in a breach; needs the file that the setting names."""

    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002 - Django's
        """Raise when the file holds the password."""
        if not settings.BREACHED_PASSWORDS:
            return
        file = Path(settings.BREACHED_PASSWORDS)
        if not file.is_file():
            message = f"PORTAL_BREACHED_PASSWORDS names {file}, which is not there."
            raise ImproperlyConfigured(message)
        if is_breached(password, file):
            raise ValidationError(
                "This password was published after a break-in elsewhere, so others try it. "
                "Choose another one.",
                code="breached_password",
            )

    def get_help_text(self) -> str:
        """Say what is asked."""
        return "Not a password that was published after a break-in elsewhere."


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)


def _words_of(user: User | None) -> list[str]:
    if user is None:
        return []
    return [word for word in re.split(r"[\W_]+", f"{user.name} {user.email}") if word]
