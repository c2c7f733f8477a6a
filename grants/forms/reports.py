"""What groups and officers type about reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from certification.forms.plain_text import LineField, TextField
from grants.actions.review_report import ReportOpinion
from grants.actions.save_report import DraftedReport
from grants.models import AwardReport
from grants.rules.report_form import (
    LONGEST,
    LONGEST_MILESTONE,
    MILESTONES,
    MOST_DAYS_TO_REVISE,
    PARTS,
    STANDING_WORDS,
    Milestone,
)
from grants.rules.report_states import (
    REPORT_KIND_WORDS,
    REPORT_OUTCOME_WORDS,
    ReportKind,
    ReportOutcome,
)
from kit.refusals import Refusal
from kit.widgets import DayInput

STANDINGS = [("", "Choose"), *((one.value, words) for one, words in STANDING_WORDS.items())]


def _text(label: str, hint: str, longest: int, rows: int) -> forms.CharField:
    return TextField(
        label=label,
        help_text=hint,
        required=False,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ReportForm(forms.Form):
    """A report as it is written: everything may stay empty until it is submitted."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        kind: ReportKind,
        milestones: Sequence[Milestone] = (),
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.milestones = kind, milestones
        if kind is ReportKind.FINANCIAL:
            hint = "What explains the figures, like why a cost came late. Leave empty if nothing."
            self.fields["remarks"] = _text("Remarks", hint, LONGEST, 6)
            return
        for one in milestones:
            self.fields[f"standing_{one.number}"] = forms.ChoiceField(
                label=f"Where milestone {one.number} stands", choices=STANDINGS, required=False
            )
            self.fields[f"words_{one.number}"] = _text(
                f"What you did for milestone {one.number}, and how anybody can see it",
                "If it is late or cannot be reached: why, and what you do about it.",
                LONGEST_MILESTONE,
                3,
            )
        for part in PARTS:
            self.fields[part.id] = _text(part.title, part.hint, LONGEST, 5)
        for name, field in self.fields.items():
            # Saved as far as it has come, but needed in the end: not simply optional.
            is_optional = name == "people" or name.startswith("words_")
            field.is_conditional = not is_optional  # type: ignore[attr-defined]

    def rows(self) -> list[dict[str, Any]]:
        """Each milestone with its two fields."""
        return [
            {
                "milestone": one,
                "standing": self[f"standing_{one.number}"],
                "words": self[f"words_{one.number}"],
            }
            for one in self.milestones
        ]

    def parts(self) -> list[forms.BoundField]:
        """The fields of the parts."""
        return [self[one.id] for one in PARTS if one.id in self.fields]

    def drafted(self, version: int) -> DraftedReport:
        """What stands in the form."""
        given = self.cleaned_data
        answers: dict[str, Any] = {one.id: given.get(one.id, "") for one in PARTS}
        answers[MILESTONES] = {
            str(one.number): {
                "standing": given.get(f"standing_{one.number}", ""),
                "words": given.get(f"words_{one.number}", ""),
            }
            for one in self.milestones
        }
        return DraftedReport(version, answers, given.get("remarks", ""))

    def show_refusals(self, found: Mapping[str, Refusal]) -> None:
        """Show what is missing, at the field where it is mended."""
        for name, refusal in found.items():
            self.add_error(name if name in self.fields else None, refusal.sentence)


def initial_of(report: AwardReport) -> dict[str, str]:
    """What is saved, as the form's fields."""
    if report.subject is ReportKind.FINANCIAL:
        return {"remarks": report.remarks}
    found = {one.id: str(report.answers.get(one.id, "")) for one in PARTS}
    for number, row in report.answers.get(MILESTONES, {}).items():
        found[f"standing_{number}"] = row.get("standing", "")
        found[f"words_{number}"] = row.get("words", "")
    return found


class SignReportForm(forms.Form):
    """The representative's title under the statement."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    title = LineField(label="Your title", max_length=200, help_text="Such as Executive Director.")
    is_certified = forms.BooleanField(
        label="I certify the statement above.",
        error_messages={"required": "Tick the box if you certify the statement."},
    )


class ReportReviewForm(forms.Form):
    """What an officer decides about a round."""

    round = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    outcome = forms.ChoiceField(
        label="What you decide",
        choices=[(one.value, words) for one, words in REPORT_OUTCOME_WORDS.items()],
        widget=forms.RadioSelect,
    )
    words = TextField(
        label="What you found",
        required=False,
        max_length=LONGEST,
        help_text="The group reads it. Needed if you ask for a revision: say what is missing.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    revise_by = forms.DateField(
        label="Last day for the revision",
        required=False,
        widget=DayInput,
        help_text=f"If you ask for one: within {MOST_DAYS_TO_REVISE} days.",
    )

    def opinion(self) -> ReportOpinion:
        """What was decided."""
        data = self.cleaned_data
        day: date | None = data["revise_by"]
        return ReportOpinion(ReportOutcome(data["outcome"]), data["words"], day, data["round"])


class ReportsForm(forms.Form):
    """Filters of the desk; nonsense counts as not filled in."""

    q = forms.CharField(label="Search", max_length=100, required=False)
    kind = forms.ChoiceField(
        label="Kind",
        choices=[("", "Both"), *((one.value, words) for one, words in REPORT_KIND_WORDS.items())],
        required=False,
    )
    show = forms.ChoiceField(
        label="Show",
        choices=[
            ("review", "Waiting for review"),
            ("late", "Late"),
            ("due", "Open, not submitted"),
            ("accepted", "Accepted"),
            ("all", "Everything"),
        ],
        required=False,
    )

    def asked(self) -> dict[str, str]:
        """What was asked for; what is late or waits for review unless something else was."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields}
