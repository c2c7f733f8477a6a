"""The form that closes an account."""

from __future__ import annotations

from django import forms


class CloseAccountForm(forms.Form):
    """One deliberate tick."""

    is_certain = forms.BooleanField(
        label="Close my account. I know that this cannot be undone.",
        error_messages={"required": "Tick the box if you want to close your account."},
    )
