"""Forms about the address one signs in with."""

from __future__ import annotations

from django import forms


class NewAddressForm(forms.Form):
    """Where the code goes."""

    address = forms.EmailField(
        label="New e-mail address",
        max_length=254,
        help_text="We send a code there. Nothing changes before you have entered it.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class NewAddressCodeForm(forms.Form):
    """The code that arrived there."""

    code = forms.CharField(
        label="Code from the e-mail",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "12"}
        ),
    )
