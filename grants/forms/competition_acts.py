"""What officers and applicants type when they act on a competition."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from accounts.models import Agency
from certification.forms.plain_text import LineField, TextField
from grants.rules.extensions import Outage
from grants.rules.local_times import instant_of, local_of
from kit.refusals import Refused
from kit.widgets import DayInput

LONG = 4000


def _long(label: str, help_text: str = "", *, required: bool = True) -> TextField:
    field = TextField(label=label, help_text=help_text, max_length=LONG, required=required)
    field.widget.attrs["rows"] = 5
    return field


class EmptyForm(forms.Form):
    """An act without words: the button says it all."""


class NewCompetitionForm(forms.Form):
    """How a competition is called, and whose it is."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="Agency", empty_label=None)
    opportunity_number = LineField(
        label="Funding opportunity number", max_length=40, help_text="As your agency numbers it."
    )
    title = LineField(
        label="Title",
        max_length=160,
        help_text="Like Planning grants for Designated Clusters, 2027.",
    )

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:  # noqa: ANN401 - a queryset
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        if len(agencies) == 1:
            self.fields["agency"].initial = agencies[0]
            self.fields["agency"].widget = forms.HiddenInput()


class SignForm(forms.Form):
    """A signature under the words as they stand."""

    note = _long("Remark", "Staff read it. You do not have to write one.", required=False)
    has_read = forms.BooleanField(
        label="I have read the competition as it stands on this page, and clear it for my office.",
        error_messages={"required": "Tick the box if you clear it."},
    )


class PaperworkSignForm(SignForm):
    """The paperwork clearance has a number."""

    control_number = LineField(
        label="Paperwork control number", max_length=40, help_text="Like 0610-0094."
    )
    field_order = ["control_number", "note", "has_read"]


class WhyForm(forms.Form):
    """A reason for staff."""

    why = _long("What has to change", "Staff read it.")


class CancelForm(forms.Form):
    """A reason for everybody."""

    why = _long("Reason", "Everybody who started a proposal gets it by letter.")
    public_fields = frozenset({"why"})


class AmendForm(forms.Form):
    """Why an opened competition changes, and whether it matters to what applicants write."""

    public_fields = frozenset({"why"})
    why = _long("Why it changes", "Everybody who started a proposal gets it by letter.")
    is_material = forms.TypedChoiceField(
        label="Does it change what applicants must do or write?",
        choices=[
            ("yes", "Yes. In the last 14 days this gives everybody 14 more days"),
            ("no", "No, it only corrects or explains"),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    seen_hash = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)


class OutageForm(forms.Form):
    """When the portal could not be used, as clocks of the competition's zone showed it."""

    public_fields = frozenset({"why"})
    began_on = forms.DateField(label="Began on", widget=DayInput())
    began_time = forms.TimeField(
        label="Began at", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ended_on = forms.DateField(label="Ended on", widget=DayInput())
    ended_time = forms.TimeField(
        label="Ended at", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    why = _long("What did not work", "Everybody who started a proposal gets it by letter.")

    def __init__(self, *args: Any, zone: str, at: datetime, **kwargs: Any) -> None:  # noqa: ANN401
        today = local_of(at, zone).date()
        kwargs.setdefault("initial", {"began_on": today, "ended_on": today})
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean(self) -> dict[str, Any]:
        """Each local time must name exactly one instant."""
        given = super().clean() or {}
        for name in ("began", "ended"):
            day, time = given.get(f"{name}_on"), given.get(f"{name}_time")
            if day is None or time is None:
                continue
            try:
                given[f"{name}_at"] = instant_of(datetime.combine(day, time), self.zone)
            except Refused as refused:
                self.add_error(f"{name}_time", refused.refusal.sentence)
            except (OverflowError, ValueError):
                self.add_error(f"{name}_on", "Enter a year between 2020 and 2100.")
        return given

    def outage(self) -> Outage:
        """Return what was typed."""
        return Outage(self.cleaned_data["began_at"], self.cleaned_data["ended_at"])


class AskForm(forms.Form):
    """A question about a competition."""

    text = TextField(
        label="Your question",
        max_length=2000,
        help_text="Only the office sees who asks. The answer is published for everybody, "
        "without your name.",
    )


class AnswerForm(forms.Form):
    """What everybody reads."""

    public_fields = frozenset({"question", "answer"})
    question = TextField(
        label="The question, as everybody will read it",
        max_length=2000,
        help_text="Take out everything that shows who asks.",
    )
    answer = _long("The answer")
