"""What a publisher says about a version before another one releases it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from records.actions.publish import Announcement


class MomentField(forms.DateTimeField):
    """A moment as browsers write it, in the reader's own zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    input_formats = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S")


class AnnouncementForm(forms.Form):
    """When the public reads it and, for a newer version, what is new and why."""

    show_from = MomentField(
        label="Public from",
        required=False,
        error_messages={"invalid": "Enter a day and a time, like 2026-03-03 09:00."},
    )
    why = forms.CharField(
        label="What is new, and why",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Readers of the register see it beside the difference.",
    )
    is_correction = forms.BooleanField(
        label="The version before was wrong: list this in the public log of corrections",
        required=False,
    )
    public_fields = frozenset({"why"})

    def __init__(self, *args: Any, is_newer: bool, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        zone = timezone.get_current_timezone_name()
        self.fields[
            "show_from"
        ].help_text = f"Your time, {zone}. Leave it empty to show it as soon as it is released."
        if is_newer:
            self.fields["why"].required = True
        else:
            del self.fields["why"], self.fields["is_correction"]

    def announcement(self) -> Announcement:
        """What was said."""
        data = self.cleaned_data
        return Announcement(
            show_from=data.get("show_from"),
            why=data.get("why", ""),
            is_correction=data.get("is_correction", False),
        )


class DiscardForm(forms.Form):
    """Why a prepared version is taken away."""

    reason = forms.CharField(
        label="Why you discard it",
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only colleagues read it.",
    )
