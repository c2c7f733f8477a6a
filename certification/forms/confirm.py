"""What a participant or a government types to sign."""

from __future__ import annotations

from typing import Any

from django import forms

from certification.forms.plain_text import LineField
from certification.rules.addressees import may_receive_code
from certification.rules.statements import Claim


class CodeForm(forms.Form):
    """Where the code should go: the invited address, or a colleague's."""

    colleague_email = forms.EmailField(
        label="A colleague's e-mail address",
        required=False,
        help_text="Only if you forward this to somebody else in your organization. The address "
        "must end the same way as the one we wrote to.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, invited: str, **kwargs: Any) -> None:  # noqa: ANN401 - Django's form arguments
        super().__init__(*args, **kwargs)
        self.invited = invited

    def clean_colleague_email(self) -> str:
        """Only addresses of the same organization."""
        address: str = self.cleaned_data["colleague_email"]
        if address and not may_receive_code(address, self.invited):
            domain = self.invited.rpartition("@")[2]
            message = f"Enter an address of your organization, ending in @{domain}."
            raise forms.ValidationError(message)
        return address


class SignForm(forms.Form):
    """Code, name, title, authority: the same whether one confirms or declines."""

    public_fields = frozenset({"is_public_consented"})

    code = forms.RegexField(
        r"^\s*\d{3}\s?\d{3}\s*$",
        label="Code from the e-mail",
        help_text="Six digits, for example 481 902.",
        error_messages={"invalid": "Enter the six digits from the e-mail."},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "code-input"}
        ),
    )
    name = LineField(
        label="Your full name", max_length=200, widget=forms.TextInput({"autocomplete": "name"})
    )
    title = LineField(
        label="Your title",
        max_length=200,
        help_text="For example owner, plant manager, dean.",
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )
    is_authorized = forms.BooleanField(
        error_messages={"required": "Tick the box if you may speak for the organization."}
    )
    is_public_consented = forms.BooleanField(required=False)

    def __init__(self, *args: Any, claim: Claim, is_participant: bool, **kwargs: Any) -> None:  # noqa: ANN401 - Django's form arguments
        super().__init__(*args, **kwargs)
        self.fields["is_authorized"].label = f"I may speak for {claim.body} in this matter."
        if is_participant:
            consent = "in public if the group is designated."
            label = f"Show the name, role and county of {claim.body} {consent}"
            self.fields["is_public_consented"].label = label
        else:
            del self.fields["is_public_consented"]

    def clean_code(self) -> str:
        """Digits only, however they were grouped."""
        return "".join(self.cleaned_data["code"].split())
