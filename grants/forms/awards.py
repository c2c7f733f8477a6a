"""Forms of awards."""

from __future__ import annotations

from django import forms

from grants.rules.award_states import AWARD


class AwardsForm(forms.Form):
    """Filters of the desk; nonsense counts as not filled in."""

    q = forms.CharField(label="Search", max_length=100, required=False)
    state = forms.ChoiceField(
        label="Stands at", choices=[("", "Everything"), *AWARD.choices()], required=False
    )

    def search(self) -> str:
        """The words that were asked for."""
        self.is_valid()
        return str(self.cleaned_data.get("q", ""))

    def state_asked(self) -> str:
        """The state that was asked for."""
        self.is_valid()
        return str(self.cleaned_data.get("state", ""))
