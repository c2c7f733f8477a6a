"""Filters of the lists of competitions."""

from __future__ import annotations

from django import forms

from grants.queries.staff_competitions import STAGE_WORDS, Stage


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
