"""allauth's forms about passkeys in the portal's words; nonsense from a browser is an error."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as passkeys
from django import forms

from accounts.forms.entrance import PlainWords, second_step_proved

NAME = "Name of this passkey"
NAME_HINT = "So that you recognize it later: the telephone, computer or key it is kept on."
NONSENSE = (AttributeError, KeyError, TypeError, ValueError)


class AddPasskeyForm(PlainWords, passkeys.AddWebAuthnForm):  # type: ignore[misc]
    """A name for a new passkey; every passkey also signs in without a password."""

    name = forms.CharField(label=NAME, max_length=100, required=False, help_text=NAME_HINT)
    passwordless = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    def clean(self) -> dict[str, Any]:
        """Check what the browser made."""
        try:
            cleaned: dict[str, Any] = dict(super().clean() or {})
        except NONSENSE as error:
            raise get_adapter().validation_error("incorrect_code") from error
        if cleaned.get("credential"):
            second_step_proved()
        return cleaned


class RenamePasskeyForm(PlainWords, passkeys.EditWebAuthnForm):  # type: ignore[misc]
    """A better name."""

    name = forms.CharField(label=NAME, max_length=100, help_text=NAME_HINT)


class _Credential(PlainWords):
    def clean_credential(self) -> object:
        """Check what the browser signed."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except NONSENSE as error:
            raise get_adapter().validation_error("incorrect_code") from error


class PasskeySignInForm(_Credential, passkeys.LoginWebAuthnForm):  # type: ignore[misc]
    """Sign in with a passkey alone."""


class PasskeyStepForm(_Credential, passkeys.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey after the password."""


class ConfirmPasskeyForm(_Credential, passkeys.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey once more, before a dangerous act."""
