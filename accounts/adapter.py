"""The one place where allauth is told how the portal wants it."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import force_bytes

from accounts.actions.queue_account_mail import AccountMail, queue_account_mail
from accounts.models import AgencyRole
from trail.queries.clock import database_now


class PortalAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Names come with the sign-up form; letters go out by the outbox."""

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
        is_officer = AgencyRole.objects.filter(user=authenticator.user, until=None).exists()
        return not is_officer


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"mfa:" + force_bytes(key)).digest()))
            for key in keys
        ]
    )
