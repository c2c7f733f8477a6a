"""What givers, groups and officers write about a complaint."""

from __future__ import annotations

from django import forms

from certification.forms.plain_text import TextField
from grants.rules.match.complaints import OUTCOME_WORDS, Outcome

LONG = 2000
LINES = forms.Textarea(attrs={"rows": 5})


class ComplaintForm(forms.Form):
    """What is wrong, in the words of the giver."""

    words = TextField(
        label="What is wrong",
        max_length=LONG,
        widget=LINES,
        help_text="The group and the officers of the award read it. It is kept as a record.",
    )


class AnswerForm(forms.Form):
    """What the group answers."""

    words = TextField(
        label="Your answer",
        max_length=LONG,
        widget=LINES,
        help_text="The giver gets it as a letter. You answer once.",
    )


class DecisionForm(forms.Form):
    """What the officer found."""

    outcome = forms.ChoiceField(
        label="What you found",
        choices=[(one.value, words) for one, words in OUTCOME_WORDS.items()],
        widget=forms.RadioSelect,
    )
    words = TextField(
        label="Why, and what follows",
        max_length=LONG,
        widget=LINES,
        help_text="The giver and the group get it as a letter.",
    )

    def found(self) -> Outcome:
        """What was found."""
        return Outcome(self.cleaned_data["outcome"])
