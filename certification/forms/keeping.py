"""Why a record is held, or no longer."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms


class HoldForm(forms.Form):
    """The reason, in words that stay in the record."""

    reason = forms.CharField(
        label="Reason",
        help_text="Name the lawsuit, claim or audit, and who asked. The record keeps these words.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": "Say why: the record keeps the reason."},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("reason")
