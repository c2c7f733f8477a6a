"""What a reader asks of the public register, read the same way by page, download and API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms

from certification.rules.register import STANDING_WORDS, RegisterFilter, Sort, Standing

DEFAULT_SORT = "-number"
STANDINGS = [("", "All"), *((one.value, words) for one, words in STANDING_WORDS.items())]
SORTS = [(sign + one.value, one.value) for one in Sort for sign in ("", "-")]


class DayField(forms.DateField):
    """A day as browsers and addresses write it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    input_formats = ("%Y-%m-%d",)


class RegisterFilterForm(forms.Form):
    """Search, state, cluster, standing, the day, and the order."""

    q = forms.CharField(label="Search", max_length=100, required=False)
    state = forms.RegexField(r"^\d{2}$", label="State", required=False)
    cluster = forms.CharField(label="Cluster", max_length=8, required=False)
    standing = forms.ChoiceField(label="Status", choices=STANDINGS, required=False)
    as_of = DayField(
        label="As it read on",
        required=False,
        error_messages={"invalid": "Enter a day like 2026-03-03."},
    )
    sort = forms.ChoiceField(choices=SORTS, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_as_of(self) -> date | None:
        """The future has no register yet."""
        day: date | None = self.cleaned_data["as_of"]
        if day is not None and day > self.today:
            raise forms.ValidationError("Choose a day up to today.")
        return day

    def asked(self, at: datetime | None = None) -> RegisterFilter:
        """What was asked at a moment; a field that makes no sense counts as not filled in."""
        self.is_valid()
        data = self.cleaned_data
        sort = data.get("sort") or DEFAULT_SORT
        return RegisterFilter(
            on=data.get("as_of") or self.today,
            search=data.get("q", ""),
            state=data.get("state", ""),
            cluster=data.get("cluster", ""),
            standing=Standing(data["standing"]) if data.get("standing") else None,
            sort=Sort(sort.removeprefix("-")),
            is_descending=sort.startswith("-"),
            at=at,
        )


class ChosenRegisterForm(RegisterFilterForm):
    """The same with the states and clusters that occur, as lists to choose from."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        choices: tuple[list[tuple[str, str]], list[tuple[str, str]]],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        states, clusters = choices
        self.fields["state"].widget = forms.Select(choices=[("", "All states"), *states])
        self.fields["cluster"].widget = forms.Select(choices=[("", "All clusters"), *clusters])
