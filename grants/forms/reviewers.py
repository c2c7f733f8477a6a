"""What reviewers type: profile, certification, training."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.rules.identifiers import uei_as_kept, uei_refusal
from certification.forms.plain_text import LineField, TextField
from grants.actions.write_profile import Expertise, Job, Relation
from grants.rules.reviewers import RELATION_WORDS, WITH_PEOPLE, RelationKind
from kit.widgets import DayInput
from mapping.rules.states import STATES

LONG = 4000


def state_choices() -> list[tuple[str, str]]:
    """States by name."""
    return sorted(((fips, one.name) for fips, one in STATES.items()), key=lambda pair: pair[1])


class ExpertiseForm(forms.Form):
    """What somebody knows well."""

    expertise = TextField(
        label="What do you know well?",
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Industries, methods, kinds of project: the words decide what you are asked to "
        "read.",
    )
    states = forms.MultipleChoiceField(
        label="States that you know well",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["states"].choices = state_choices()  # type: ignore[attr-defined]

    def given(self) -> Expertise:
        """Return what was typed, for the action."""
        data = self.cleaned_data
        return Expertise(data["expertise"], (), tuple(data["states"]))


class _WithUei(forms.Form):
    def clean_uei(self) -> str:
        """Read a UEI as it is kept."""
        uei = uei_as_kept(self.cleaned_data.get("uei", ""))
        refusal = uei_refusal(uei)
        if refusal is not None:
            raise forms.ValidationError(refusal.sentence)
        return uei


class EmploymentForm(_WithUei):
    """One employer of the last 36 months."""

    organization_name = LineField(label="Employer", max_length=200)
    unit = LineField(
        label="Unit", max_length=200, required=False, help_text="Department, institute or division."
    )
    uei = LineField(label="Its UEI, if you know it", max_length=20, required=False)
    since = forms.DateField(label="Since", widget=DayInput)
    until = forms.DateField(label="Until", widget=DayInput, required=False)
    is_large = forms.BooleanField(
        label="It has 500 employees or more, or belongs to a university system", required=False
    )
    state_fips = forms.ChoiceField(
        label="If it is an office of a state: which state?", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        choices = [("", "It is not an office of a state"), *state_choices()]
        self.fields["state_fips"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A job ends after it starts."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", "The end lies before the start.")
        return data

    def job(self) -> Job:
        """Return what was typed, for the action."""
        return Job(**self.cleaned_data)


class RelationForm(_WithUei):
    """One declared relation."""

    kind = forms.ChoiceField(
        label="Who or what is it?",
        choices=[(one.value, words) for one, words in RELATION_WORDS.items()],
    )
    name = LineField(label="Name of the person or organization", max_length=200)
    email = forms.EmailField(label="The person's e-mail address, if you know it", required=False)
    uei = LineField(label="The organization's UEI, if you know it", max_length=20, required=False)
    until = forms.DateField(label="Until, if it has ended", widget=DayInput, required=False)

    def relation(self) -> Relation:
        """Return what was typed, for the action."""
        data = dict(self.cleaned_data)
        kind = RelationKind(data.pop("kind"))
        dropped = "uei" if kind in WITH_PEOPLE else "email"
        return Relation(kind, **{**data, dropped: ""})


class AddressForm(forms.Form):
    """A further address."""

    email = forms.EmailField(label="Another e-mail address that you use or used")


class CodeForm(forms.Form):
    """The code that proves an address."""

    code = LineField(
        label="Code",
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class CertificationForm(forms.Form):
    """The signature under the statement on conflicts."""

    declared = forms.MultipleChoiceField(
        label="I have a tie to these groups",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Leave all unmarked if you have none. What you mark is out of your reach from "
        "then on.",
    )
    reason = TextField(
        label="What ties you to them?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only conflict officers read it.",
    )
    signed_name = LineField(label="Type your full name to sign", max_length=200)
    agrees = forms.BooleanField(label="I have read the statement, and it is true.")

    def __init__(self, *args: Any, groups: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["declared"].choices = groups  # type: ignore[attr-defined]
        if not groups:
            del self.fields["declared"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """A tie has a reason."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("declared") and not data.get("reason", "").strip():
            self.add_error("reason", "Say what ties you to the groups that you marked.")
        return data


class TrainingForm(forms.Form):
    """One score per sample and criterion."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        samples: list[dict[str, Any]],
        low: int = 1,
        high: int = 9,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose"), *((str(n), str(n)) for n in range(low, high + 1))]
        for sample in samples:
            for one in sample["criteria"]:
                self.fields[f"{sample['id']}.{one['id']}"] = forms.TypedChoiceField(
                    label=one["name"], choices=choices, coerce=int
                )

    def scores(self) -> dict[tuple[str, str], int]:
        """Return the scores by sample and criterion."""
        return {
            (name.partition(".")[0], name.partition(".")[2]): value
            for name, value in self.cleaned_data.items()
        }
