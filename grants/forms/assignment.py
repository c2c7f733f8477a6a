"""What the chair fills in around the assignment board."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms

from grants.queries.assignment_facts import Relaxed
from kit.widgets import DayInput


class RunForm(forms.Form):
    """Limits that the chair may give up."""

    more_load = forms.TypedChoiceField(
        label="Proposals more than a reviewer agreed to",
        coerce=int,
        choices=[(0, "None"), (1, "One more"), (2, "Two more"), (3, "Three more")],
        initial=0,
    )
    ignore_least = forms.BooleanField(
        label="Reviewers may get fewer proposals than the least they agreed to", required=False
    )
    same_institution = forms.BooleanField(
        label="Two reviewers of one institution may read the same proposal", required=False
    )

    def relaxed(self) -> Relaxed:
        """The limits as the solver reads them."""
        given = self.cleaned_data
        return Relaxed(given["more_load"], given["ignore_least"], given["same_institution"])


class ReleaseForm(forms.Form):
    """Until when the reviews are due."""

    due_on = forms.DateField(
        label="Reviews are due on", widget=DayInput, help_text="To the end of that day."
    )

    def __init__(self, *args: object, zone: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.zone = ZoneInfo(zone)

    def due_at(self) -> datetime:
        """The first instant that is too late."""
        day = self.cleaned_data["due_on"] + timedelta(days=1)
        return datetime.combine(day, time.min, tzinfo=self.zone)


class ReasonForm(forms.Form):
    """Why, in a few words."""

    reason = forms.CharField(
        label="Reason", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: object, hint: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["reason"].help_text = hint
