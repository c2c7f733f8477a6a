"""Forms of a proposal: people, subawards, givers, certification, withdrawal, late leave."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.rules.identifiers import uei_as_kept, uei_refusal
from certification.forms.plain_text import LineField, TextField
from grants.actions.list_giver import GiverDraft
from grants.actions.name_people import PartnerDraft, PersonDraft
from grants.rules.late import LATE_REASON_WORDS
from grants.rules.submitting import CERTIFICATION, FALSE_STATEMENTS
from grants.rules.terms import (
    GIVER_CLASS_WORDS,
    MATCH_KIND_WORDS,
    PERSON_ROLE_WORDS,
    GiverClass,
)
from kit.widgets import MoneyField


class UeiField(forms.CharField):
    """The published shape of an identifier, in capitals; empty where there is none."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Django's field arguments
        super().__init__(
            label="UEI",
            required=False,
            max_length=40,
            help_text="Its 12-character identifier at SAM.gov, where it has one. Never a tax "
            "number.",
            **kwargs,
        )

    def clean(self, value: object) -> str:
        """Read the identifier."""
        uei = uei_as_kept(super().clean(value))
        refusal = uei_refusal(uei)
        if refusal is not None:
            raise forms.ValidationError(refusal.sentence)
        return uei


class PersonForm(forms.Form):
    """Somebody whom the proposal names."""

    role = forms.ChoiceField(
        label="Role", choices=[(one.value, words) for one, words in PERSON_ROLE_WORDS.items()]
    )
    name = LineField(label="Full name", max_length=200)
    email = forms.EmailField(
        label="E-mail address",
        help_text="So that no reviewer reads a proposal of somebody close. Shown to nobody else.",
    )
    employer = LineField(label="Employer", max_length=200)
    unit = LineField(
        label="Department or unit", max_length=200, required=False, help_text="At large employers."
    )

    def draft(self) -> PersonDraft:
        """Return what was typed, for the action."""
        return PersonDraft(**self.cleaned_data)


class PartnerForm(forms.Form):
    """An organization that would receive a subaward."""

    name = LineField(label="Legal name", max_length=200)
    uei = UeiField()
    amount = MoneyField(label="Amount of the subaward")

    def draft(self) -> PartnerDraft:
        """Return what was typed, for the action."""
        given = self.cleaned_data
        return PartnerDraft(given["name"], given["amount"], given["uei"])


class GiverForm(forms.Form):
    """A promise of matching funds, before the giver is asked."""

    name = LineField(label="Who gives?", max_length=200, help_text="The legal name.")
    uei = UeiField()
    giver_class = forms.ChoiceField(label="What is it?", choices=[])
    kind = forms.ChoiceField(
        label="What does it give?",
        choices=[(one.value, words) for one, words in MATCH_KIND_WORDS.items()],
        help_text="In kind: goods, space, staff on loan, volunteer hours, at their fair value.",
    )
    amount = MoneyField(label="Amount or value")
    purpose = LineField(label="What is it for?", max_length=300, required=False)
    contact_name = LineField(label="Who signs?", max_length=200, help_text="A person.")
    contact_email = forms.EmailField(
        label="E-mail address of that person", help_text="We send a personal link; no account."
    )

    def __init__(self, *args: Any, classes: Iterable[str], **kwargs: Any) -> None:  # noqa: ANN401 - Django's form arguments
        super().__init__(*args, **kwargs)
        allowed = set(classes)
        choices = [("", "Choose")]
        choices += [
            (one.value, words) for one, words in GIVER_CLASS_WORDS.items() if one.value in allowed
        ]
        field: Any = self.fields["giver_class"]
        field.choices = choices
        refused = [GIVER_CLASS_WORDS[one].lower() for one in GiverClass if one.value not in allowed]
        if refused:
            field.help_text = f"This competition takes nothing from: {'; '.join(refused)}."

    def draft(self) -> GiverDraft:
        """Return what was typed, for the action."""
        return GiverDraft(**self.cleaned_data)


class CertifyForm(forms.Form):
    """Under which title somebody signs, and the statement itself."""

    title = LineField(
        label="Your title",
        max_length=200,
        help_text="The office in which you may sign for the group, like President.",
    )
    is_true = forms.BooleanField(
        label=CERTIFICATION,
        help_text=FALSE_STATEMENTS,
        error_messages={"required": "Tick the box if you can make this statement."},
    )


class WithdrawForm(forms.Form):
    """Why a proposal is taken back, if somebody wants to say."""

    reason = TextField(
        label="Reason",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The office reads it. You do not have to give one.",
    )


class LateForm(forms.Form):
    """Why, and until when, a group may submit after the close."""

    proposal = LineField(
        label="Reference of the proposal",
        max_length=20,
        help_text="As the group names it, like PR-7K3M-Q2XD-R. It is never listed here.",
    )
    reason = forms.ChoiceField(
        label="Reason",
        choices=[("", "Choose"), *((one.value, words) for one, words in LATE_REASON_WORDS.items())],
        help_text="There is no other. How many came late, and why, is published.",
    )
    note = TextField(
        label="What happened, and how do you know?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Kept on the trail of the proposal.",
    )
    hours = forms.TypedChoiceField(
        label="For how long from now?",
        coerce=int,
        choices=[(24, "24 hours"), (48, "48 hours"), (72, "3 days"), (168, "7 days")],
    )
