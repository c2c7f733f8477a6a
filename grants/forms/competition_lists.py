"""Filters of the lists of competitions."""

from __future__ import annotations

from django import forms

from grants.queries.staff_competitions import STAGE_WORDS, Stage
from grants.rules.public_stages import PUBLIC_STAGE_WORDS, PublicStage


class DeskForm(forms.Form):
    """Filters of the desk; nonsense counts as not filled in."""

    q = forms.CharField(label="Search", max_length=100, required=False)
    stage = forms.ChoiceField(
        label="Stage",
        choices=[("", "Everything"), *((one.value, words) for one, words in STAGE_WORDS.items())],
        required=False,
    )

    def search(self) -> str:
        """The words that were asked for."""
        self.is_valid()
        return str(self.cleaned_data.get("q", ""))

    def stage_asked(self) -> Stage | None:
        """The stage that was asked for."""
        self.is_valid()
        value = self.cleaned_data.get("stage")
        return Stage(value) if value else None


class PublicForm(forms.Form):
    """Filters of the public list; nonsense counts as not filled in."""

    q = forms.CharField(label="Search", max_length=100, required=False)
    stage = forms.ChoiceField(
        label="Status",
        choices=[
            ("", "Every status"),
            *((one.value, words) for one, words in PUBLIC_STAGE_WORDS.items()),
        ],
        required=False,
    )

    def search(self) -> str:
        """The words that were asked for."""
        self.is_valid()
        return str(self.cleaned_data.get("q", ""))

    def stage_asked(self) -> PublicStage | None:
        """The stage that was asked for."""
        self.is_valid()
        value = self.cleaned_data.get("stage")
        return PublicStage(value) if value else None
