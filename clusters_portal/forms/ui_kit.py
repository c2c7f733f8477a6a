"""One field of every kind; the UI kit shows it empty, filled, wrong, disabled and read-only."""

from __future__ import annotations

from typing import Any

from django import forms

from kit.widgets import ComboBox, DayInput, MoneyField

STATES = ("Alabama", "Alaska", "Arizona", "Arkansas", "California", "Colorado", "Connecticut")
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
RIGHT_TO_LEFT = "شركة الصلب العالمية للتصنيع"


class EveryFieldForm(forms.Form):
    """Every widget of the template pack."""

    public_fields = frozenset({"name", "kind"})

    name = forms.CharField(label="Legal name", max_length=120)
    email = forms.EmailField(
        label="E-mail", help_text="We write to this address only about this group."
    )
    kind = forms.ChoiceField(
        label="Kind", choices=[("", "Choose one"), ("firm", "Firm"), ("college", "College")]
    )
    state = forms.ChoiceField(
        label="State",
        choices=[("", "Choose one"), *((name.lower(), name) for name in STATES)],
        widget=ComboBox,
        help_text="Type a part of the name, or open the list.",
    )
    jobs = forms.IntegerField(label="Jobs in the county", min_value=0, required=False)
    dues = MoneyField(label="Yearly dues", help_text="Dollars and cents, like 1,250.50.")
    founded_on = forms.DateField(label="Founded on", widget=DayInput)
    meets_on = forms.DateField(
        label="Next meeting",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Your browser offers a calendar; typing works too.",
    )
    purpose = forms.CharField(
        label="What the group does together",
        help_text="Two or three sentences that a neighbour would understand.",
        max_length=600,
        widget=forms.Textarea,
    )
    admission = forms.ChoiceField(
        label="Who may join",
        choices=[("open", "Everybody who qualifies"), ("vote", "Who is voted in")],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label="Joint work",
        choices=[("skills", "Skills"), ("export", "Export"), ("standards", "Standards")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    charter = forms.FileField(label="Charter", required=False)
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    is_open = forms.BooleanField(
        label="I am allowed to speak for this organization",
        help_text="We send a copy of what you sign to the address above.",
    )


class DisabledForm(EveryFieldForm):
    """Nothing can be changed here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.disabled = True


class ReadOnlyForm(forms.Form):
    """What can be read and copied but not changed."""

    reference = forms.CharField(
        label="Reference", widget=forms.TextInput(attrs={"readonly": "readonly"})
    )
    statement = forms.CharField(
        label="What you sign", widget=forms.Textarea(attrs={"readonly": "readonly"})
    )


class HardWordsForm(forms.Form):
    """Words that break layouts: one very long, and right to left."""

    long = forms.CharField(label=LONG_WORD, help_text=f"{LONG_WORD} {LONG_WORD}")
    right_to_left = forms.CharField(
        label="Name in its own script", widget=forms.TextInput(attrs={"dir": "auto"})
    )
    choice = forms.ChoiceField(
        label="Which one",
        choices=[("a", LONG_WORD), ("b", RIGHT_TO_LEFT)],
        widget=forms.RadioSelect,
    )
    list = forms.ChoiceField(label="From a list", choices=[("a", LONG_WORD), ("b", RIGHT_TO_LEFT)])
