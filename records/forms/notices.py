"""How notices should come."""

from __future__ import annotations

from django import forms

from records.rules.letters import RHYTHM_WORDS, Rhythm


class RhythmForm(forms.Form):
    """At once, or once a day."""

    rhythm = forms.ChoiceField(
        label="Notices",
        choices=[(one.value, words) for one, words in RHYTHM_WORDS.items()],
        widget=forms.RadioSelect,
        help_text="Whatever asks for an answer, decides or starts a clock always comes at once.",
    )

    def chosen(self) -> Rhythm:
        """The choice, typed."""
        return Rhythm(self.cleaned_data["rhythm"])
