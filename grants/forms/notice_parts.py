"""The parts of a notice as forms: each turns what was typed into a part of `rules.notice`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from certification.forms.plain_text import LineField, TextField
from grants.rules.local_times import first_late, instant_of, last_minute, local_of, zone_names
from grants.rules.notice import Basics, Dates, Judging, PartText
from grants.rules.terms import (
    ACTIVITY_WORDS,
    LINE_RULE_WORDS,
    RANKING_RULE_WORDS,
    TIE_RULE_WORDS,
)
from kit.refusals import Refused
from kit.widgets import ComboBox, DayInput


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together: each row is a list of a field and its width of twelve."""

    legend: str
    rows: list[list[tuple[BoundField, int]]]
    hint: str = ""


def choices_of(words: dict[Any, str]) -> list[tuple[str, str]]:
    """Return the codes and words of a list as choices."""
    return [(one.value, text) for one, text in words.items()]


class PartForm(forms.Form):
    """What all parts share: the version from which somebody started."""

    version = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, max_value=10**6, required=False
    )

    def groups(self) -> Iterable[Group]:
        """Yield the fields as they stand on the page."""
        yield Group("", [[(field, 12)] for field in self.visible_fields()])

    def text(self) -> PartText:
        """Return what was typed, for the action."""
        raise TypeError(type(self).__name__)

    def seen_version(self) -> int:
        """The version from which somebody started; the oldest where nothing is said."""
        return int(self.cleaned_data.get("version") or 0)


class BasicsForm(PartForm):
    """What the competition is for."""

    opportunity_number = LineField(
        label="Funding opportunity number", max_length=40, help_text="As your agency numbers it."
    )
    listing_number = LineField(
        label="Assistance listing number",
        max_length=6,
        required=False,
        help_text="Like 11.307, if the programme is listed.",
    )
    title = LineField(label="Title", max_length=160)
    summary = TextField(
        label="Summary", max_length=2000, help_text="What it is for, in plain words."
    )
    shortest_years = forms.TypedChoiceField(
        label="Shortest period", choices=[(1, "One year"), (2, "Two years")], coerce=int
    )
    longest_years = forms.TypedChoiceField(
        label="Longest period", choices=[(1, "One year"), (2, "Two years")], coerce=int
    )
    activities = forms.MultipleChoiceField(
        label="What the grant pays for",
        choices=choices_of(ACTIVITY_WORDS),
        widget=forms.CheckboxSelectMultiple,
    )

    @classmethod
    def initial_of(cls, text: Basics) -> dict[str, Any]:
        """Return the stored values for the fields."""
        names = ("opportunity_number", "listing_number", "title", "summary")
        return {
            **{name: getattr(text, name) for name in names},
            "shortest_years": text.shortest_years,
            "longest_years": text.longest_years,
            "activities": list(text.activities),
        }

    def clean_listing_number(self) -> str:
        """An assistance listing number has two digits, a point and three."""
        number = str(self.cleaned_data["listing_number"])
        left, _, right = number.partition(".")
        is_shaped = len(left) == 2 and len(right) == 3 and (left + right).isascii()
        if number and not (is_shaped and (left + right).isdigit()):
            raise forms.ValidationError("An assistance listing number looks like 11.307.")
        return number

    def text(self) -> Basics:
        """Return what was typed."""
        given = self.cleaned_data
        return Basics(
            given["opportunity_number"],
            given["listing_number"],
            given["title"],
            given["summary"],
            given["shortest_years"],
            given["longest_years"],
            tuple(given["activities"]),
        )


class DatesForm(PartForm):
    """When it opens and until when proposals are taken, as clocks of one zone show it."""

    time_zone = forms.ChoiceField(
        label="Time zone",
        choices=[(one, one.replace("_", " ")) for one in zone_names()],
        widget=ComboBox,
        help_text="All times on this page are meant in this zone.",
    )
    opens_on = forms.DateField(label="Opens on", widget=DayInput())
    opens_time = forms.TimeField(
        label="Opens at", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    closes_on = forms.DateField(label="Closes on", widget=DayInput())
    closes_time = forms.TimeField(
        label="Last minute to submit",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="This minute still counts: 4:59 p.m. means before 5:00 p.m.",
    )
    exigency = TextField(
        label="Why it is open for fewer than 60 days",
        max_length=2000,
        required=False,
        help_text="Only for 30 to 59 days. It is published, and the three who clear it sign it.",
    )

    @classmethod
    def initial_of(cls, text: Dates) -> dict[str, Any]:
        """Return the stored values for the fields."""
        values: dict[str, Any] = {"time_zone": text.time_zone, "exigency": text.exigency}
        stated = last_minute(text.closes_at) if text.closes_at else None
        for name, moment in (("opens", text.opens_at), ("closes", stated)):
            if moment is not None:
                local = local_of(moment, text.time_zone)
                values |= {f"{name}_on": local.date(), f"{name}_time": local.time()}
        return values

    def groups(self) -> Iterable[Group]:
        """Yield zone, opening, closing."""
        yield Group("", [[(self["time_zone"], 12)]])
        yield Group("Opening", [[(self["opens_on"], 7), (self["opens_time"], 5)]])
        yield Group("Closing", [[(self["closes_on"], 7), (self["closes_time"], 5)]])
        yield Group("Urgency", [[(self["exigency"], 12)]])

    def clean(self) -> dict[str, Any]:
        """Each local time must name exactly one instant."""
        given = super().clean() or {}
        given["opens_at"] = self._instant(given, "opens")
        stated = self._instant(given, "closes")
        given["closes_at"] = first_late(stated) if stated else None
        return given

    def _instant(self, given: dict[str, Any], name: str) -> datetime | None:
        day, time, zone = (given.get(one) for one in (f"{name}_on", f"{name}_time", "time_zone"))
        if day is None or time is None or not zone:
            return None
        try:
            return instant_of(datetime.combine(day, time.replace(second=0, microsecond=0)), zone)
        except Refused as refused:
            self.add_error(f"{name}_time", refused.refusal.sentence)
        except (OverflowError, ValueError):
            self.add_error(f"{name}_on", "Enter a year between 2020 and 2100.")
        return None

    def text(self) -> Dates:
        """Return what was typed."""
        given = self.cleaned_data
        return Dates(given["opens_at"], given["closes_at"], given["time_zone"], given["exigency"])


class JudgingForm(PartForm):
    """By which rules scores become a decision."""

    reviews_per_proposal = forms.TypedChoiceField(
        label="Reviewers of each proposal, at least",
        choices=[(number, str(number)) for number in range(3, 8)],
        coerce=int,
        help_text="Five where a proposal may ask for more than $1,000,000. Single reviewers "
        "disagree a lot: the mean of three has a reliability of about 0.51, of five about 0.64.",
    )
    ranking_rule = forms.ChoiceField(
        label="What orders the proposals",
        choices=choices_of(RANKING_RULE_WORDS),
        widget=forms.RadioSelect,
    )
    tie_rule = forms.ChoiceField(
        label="What decides between equal scores",
        choices=choices_of(TIE_RULE_WORDS),
        widget=forms.RadioSelect,
    )
    line_rule = forms.ChoiceField(
        label="What decides near the line",
        choices=choices_of(LINE_RULE_WORDS),
        widget=forms.RadioSelect,
    )
    quality_threshold = forms.DecimalField(
        label="Quality threshold",
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(100),
        max_digits=5,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text="A weighted score below which nothing is funded. Leave empty for none.",
    )
    programme_factors = TextField(
        label="Programme factors",
        max_length=4000,
        required=False,
        help_text="What the selecting official may weigh besides rank, such as regions not funded "
        "yet. What is not written here may not be used.",
    )

    @classmethod
    def initial_of(cls, text: Judging) -> dict[str, Any]:
        """Return the stored values for the fields."""
        return {name: getattr(text, name) for name in Judging.__dataclass_fields__}

    def text(self) -> Judging:
        """Return what was typed."""
        return Judging(**{name: self.cleaned_data[name] for name in Judging.__dataclass_fields__})
