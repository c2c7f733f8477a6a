"""allauth's forms in the portal's words: visible labels and hints, no placeholders."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as entrance
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context as allauth_context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as authenticator
from django import forms

from accounts.actions.use_code import use_code_once

HINT = (
    "At least 15 characters. Three or four words that do not belong together are easy to keep "
    "in mind and hard to guess."
)
LABELS = {
    "login": "E-mail address",
    "email": "E-mail address",
    "password": "Password",
    "password1": "Password",
    "password2": "The same password again",
    "oldpassword": "Your password until now",
    "code": "Code",
}
FRESH = frozenset({"password1"})


class PlainWords(forms.Form):
    """Say what each field is in its label, and say nothing in placeholders."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            if name in LABELS:
                field.help_text = HINT if name in FRESH else ""


class SignInForm(PlainWords, entrance.LoginForm):  # type: ignore[misc]
    """E-mail address and password."""


class SignUpForm(PlainWords, entrance.SignupForm):  # type: ignore[misc]
    """Name, address, password."""


class ChangePasswordForm(PlainWords, entrance.ChangePasswordForm):  # type: ignore[misc]
    """Old password, new password."""


class FirstPasswordForm(PlainWords, entrance.SetPasswordForm):  # type: ignore[misc]
    """A password for somebody who signed in without one until now."""


class ForgottenPasswordForm(PlainWords, entrance.ResetPasswordForm):  # type: ignore[misc]
    """Where to send the link."""


class NewPasswordForm(PlainWords, entrance.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password after following the link."""


class AddressCodeForm(PlainWords, entrance.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """The code of the letter."""


class ConfirmPasswordForm(PlainWords, entrance.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""


class _OnceOnly(PlainWords):
    def clean_code(self) -> str:
        """Refuse a code that has opened something before."""
        code = str(super().clean_code())  # type: ignore[misc]
        if not use_code_once(authenticator=self.authenticator, code=code):  # type: ignore[attr-defined]
            raise get_adapter().validation_error("incorrect_code")
        return code


class SecondStepForm(_OnceOnly, second_step.AuthenticateForm):  # type: ignore[misc]
    """The code of the authenticator app, or a recovery code."""


class ConfirmSecondStepForm(_OnceOnly, second_step.ReauthenticateForm):  # type: ignore[misc]
    """The code once more."""


class SetUpAuthenticatorForm(PlainWords, authenticator.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app."""

    def clean_code(self) -> str:
        """Check it; whoever shows it has just proved the new second step."""
        code = str(super().clean_code())
        second_step_proved()
        return code


def second_step_proved() -> None:
    """Count a second step that is being set up as shown, so that it is not asked again at once."""
    request = allauth_context.request
    record_authentication(request, request.user, method="mfa")
