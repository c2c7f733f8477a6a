"""One field of every kind; the UI kit shows it empty, filled and wrong."""

from __future__ import annotations

from django import forms

from kit.widgets import DayInput, MoneyInput


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
    jobs = forms.IntegerField(label="Jobs in the county", min_value=0, required=False)
    dues = forms.DecimalField(
        label="Yearly dues", max_digits=14, decimal_places=2, widget=MoneyInput
    )
    founded_on = forms.DateField(label="Founded on", widget=DayInput)
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
