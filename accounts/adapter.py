"""The one place where allauth is told how the portal wants it."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import force_bytes

from accounts.actions.queue_account_mail import AccountMail, queue_account_mail
from accounts.fresh_step import confirmed_lately
from accounts.queries.officers import is_officer
from accounts.queries.people import second_steps
from accounts.rules.devices import device_words
from trail.queries.clock import database_now


class PortalAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Names come with the sign-up form; letters go out by the outbox."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": (
            "Too many failed login attempts. Wait ten minutes and try again, or get a new "
            "password by e-mail. Where you are signed in already, you stay signed in."
        ),
    }

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:  # noqa: ANN401, FBT001, FBT002
        """Keep the full name that the person typed."""
        user = super().save_user(request, user, form, commit=False)
        user.name = form.cleaned_data.get("name", "")
        if commit:
            user.save()
        return user

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Name our own address, never the host that the request brought along."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "U", "key": "K"})
        return settings.PORTAL_ADDRESS.rstrip("/") + path.replace("U-K", key)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the letter now; it is delivered when the mail server can be reached."""
        values = {
            "request": allauth_context.request,
            "email": email,
            "portal_address": settings.PORTAL_ADDRESS,
            **context,
        }
        message = self.render_mail(template_prefix, email, values)
        mail = AccountMail(address=email, subject=message.subject, text=str(message.body))
        queue_account_mail(at=database_now(), mail=mail)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ANN401
        """Count wrong passwords by account and visitor: nobody locks somebody else out."""
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{self.get_client_ip(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ANN401
        """Slow guessing down; the limit over all visitors does not bind who is signed in."""
        super().pre_authenticate(request, **credentials)
        if request.user.is_authenticated:
            return
        everywhere = ratelimit.consume(
            request,
            app="allauth.account",
            action="login_failed_account",
            key=str(credentials.get("email", "")).lower(),
        )
        if not everywhere:
            raise self.validation_error("too_many_login_attempts")
        # Given back with the other count when the password is right.
        self._login_failed_rl_usage.usage.extend(everywhere.usage)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:  # noqa: ANN401
        """Whoever has a second step confirms with it; the password alone does not do."""
        if not user.is_authenticated:
            return []
        methods = super().get_reauthentication_methods(user)
        seconds = [method for method in methods if method["id"] != "reauthenticate"]
        words = {
            "reauthenticate": "Use your password",
            "mfa_reauthenticate": "Use a code instead",
            "mfa_reauthenticate:webauthn": "Use a passkey instead",
        }
        if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
            seconds.reverse()  # the passkey first; recovery codes are for bad days
        return [
            {**method, "description": words.get(method["id"], method["description"])}
            for method in seconds or methods
        ]

    def is_reauthentication_required(self, *, app: str, **_more: Any) -> bool:  # noqa: ANN401, ARG002
        """One rule for allauth's doors and ours (accounts/rules/freshness.py)."""
        return not confirmed_lately(allauth_context.request)


class PortalSecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticator apps are encrypted; officers keep the second step."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret before it is stored."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read a stored secret; keys that were replaced still open it."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Officers of agencies may not go back to a password alone."""
        return not is_officer(authenticator.user_id) or second_steps(authenticator.user) > 1

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002, ANN401
        """Propose the browser's name for a new passkey."""
        del user, type
        agent = allauth_context.request.headers.get("User-Agent", "")
        return device_words(agent)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the portal's host, which the settings know; ports do not matter."""
        host = allauth_context.request.get_host().partition(":")[0]
        return {"id": host, "name": settings.MFA_TOTP_ISSUER}


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"mfa:" + force_bytes(key)).digest()))
            for key in keys
        ]
    )
