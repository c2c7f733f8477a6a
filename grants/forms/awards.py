"""Forms of awards."""

from __future__ import annotations

from typing import Any

from django import forms

from certification.forms.plain_text import LineField, TextField
from grants.actions.answer_award import Answer
from grants.actions.check_award_risk import ConditionWords, Found
from grants.actions.draft_award import AwardTerms
from grants.models import RiskFinding
from grants.rules.award_signing import Finding, RiskCheck
from grants.rules.report_states import REPORT_PACE_WORDS, ReportPace
from kit.widgets import DayInput

LINES = forms.Textarea(attrs={"rows": 3})


class AwardTermsForm(forms.Form):
    """What an officer writes in a draft."""

    starts_on = forms.DateField(label="Period of performance starts on", widget=DayInput)
    ends_on = forms.DateField(label="Ends on", widget=DayInput, help_text="That day is included.")
    pre_award_days = forms.IntegerField(
        label="Days before the start whose costs are allowed",
        min_value=0,
        max_value=90,
        help_text="At most 90 (2 CFR 200.308).",
    )
    noncash_percent = forms.IntegerField(
        label="Match other than cash, in percent of what is required",
        min_value=0,
        max_value=100,
        help_text="At most this share of the required match may be goods, hours, space and so on.",
    )
    has_advances = forms.BooleanField(
        label="Advances are allowed: the recipient's systems qualify (2 CFR 200.305(b))",
        required=False,
    )
    report_pace = forms.ChoiceField(
        label="How often the recipient reports",
        choices=[(one.value, words) for one, words in REPORT_PACE_WORDS.items()],
        help_text="Performance and money, at most every quarter (2 CFR 200.328 and 200.329).",
    )
    terms = TextField(label="Terms", max_length=20_000, widget=forms.Textarea(attrs={"rows": 16}))

    def said(self) -> AwardTerms:
        """What was written."""
        data = self.cleaned_data
        return AwardTerms(**{**data, "report_pace": ReportPace(data["report_pace"])})


class RiskForm(forms.Form):
    """What a check found, where and when."""

    outcome = forms.ChoiceField(
        label="What you found", choices=RiskFinding.Outcome.choices, widget=forms.RadioSelect
    )
    source = LineField(
        label="Where you looked",
        max_length=300,
        help_text="Name the system and the record, like: SAM.gov exclusions, search by UEI.",
    )
    looked_on = forms.DateField(label="On which day", widget=DayInput)
    note = TextField(
        label="What it says",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Needed where there is a concern or the award cannot be made.",
    )

    def found(self, check: RiskCheck) -> Found:
        """What was found by this check."""
        data = self.cleaned_data
        return Found(
            check, Finding(data["outcome"]), data["source"], data["looked_on"], data["note"]
        )


class ConditionForm(forms.Form):
    """The five elements of a specific condition."""

    nature = TextField(label="What is asked", max_length=2000, widget=LINES)
    reason = TextField(label="Why it is asked", max_length=2000, widget=LINES)
    action = TextField(label="What removes it", max_length=2000, widget=LINES)
    time_allowed = LineField(label="Time allowed", max_length=200)
    reconsideration = TextField(label="How to ask for another look", max_length=2000, widget=LINES)
    holds_payments = forms.BooleanField(
        label="Payments are held until it is removed", required=False
    )

    def words(self) -> ConditionWords:
        """What was written."""
        return ConditionWords(**self.cleaned_data)


class ReasonForm(forms.Form):
    """A reason, where an act needs one."""

    reason = TextField(label="Reason", max_length=300, widget=LINES)


class ExtendForm(ReasonForm):
    """Until when a group may answer, and why it gets more time."""

    answer_by = forms.DateField(label="New last day to answer", widget=DayInput)
    field_order = ("answer_by", "reason")


class SignForm(forms.Form):
    """A signature under the words that were read."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    agrees = forms.BooleanField(
        error_messages={"required": "Tick the box if you can make this statement."}
    )

    def __init__(self, *args: Any, statement: str, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["agrees"].label = statement


class AnswerForm(SignForm):
    """The answer of the recipient, under a title."""

    title = LineField(
        label="Your title",
        max_length=200,
        help_text="The office in which you may sign for the group, like President.",
    )
    field_order: tuple[str, ...] = ("seen", "title", "agrees")

    def answer(self) -> Answer:
        """What was answered."""
        data = self.cleaned_data
        return Answer(data["title"], data["seen"], data.get("reason", ""))


class DeclineForm(AnswerForm):
    """Why an award is declined, if somebody wants to say."""

    reason = TextField(
        label="Reason",
        required=False,
        max_length=1000,
        widget=LINES,
        help_text="The agency reads it. You do not have to give one.",
    )
    field_order: tuple[str, ...] = ("seen", "title", "reason", "agrees")
