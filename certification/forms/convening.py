"""The convening body: the whole of criterion 5 on one page, saved as far as it has come."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from certification.actions.save_convening import ConveningDraft
from certification.forms.plain_text import LineField, TextField
from certification.models import ConveningBody
from certification.models.convening import FORMS
from certification.rules.convening_board import SEAT_CLASS_WORDS, SeatClass
from certification.rules.participants import ConveningForm
from kit.widgets import MoneyField

LEAST_LINES = 3
MOST_LINES = 20
SPARE_LINES = 2
FIELDS = (
    "legal_name",
    "form",
    "fiscal_sponsor_name",
    "formation_plan",
    "management_fte",
    "is_management_paid_or_pledged",
    "has_open_admission_rule",
    "admission_rule_text",
    "members_jobs",
    "has_published_dues",
    "dues_relief_rule",
    "has_antitrust_statement",
    "antitrust_policy_text",
)


class ConveningBodyForm(forms.Form):
    """Every field may stay empty while the group is still deciding."""

    public_fields = frozenset({"legal_name", "form"})

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    legal_name = LineField(label="Name of the organization", max_length=200, required=False)
    form = forms.ChoiceField(
        label="What is it?", choices=FORMS, widget=forms.RadioSelect, required=False
    )
    fiscal_sponsor_name = LineField(
        label="Name of the fiscal sponsor", max_length=200, required=False
    )
    formation_plan = TextField(
        label="Plan for forming it",
        max_length=4000,
        required=False,
        help_text="Who founds it, in which form, by when, and who pays for it.",
    )
    management_fte = forms.DecimalField(
        label="Full-time posts of management",
        min_value=0,
        max_value=99,
        decimal_places=2,
        required=False,
        help_text="Half a post is 0.5, which is what the rulebook asks for.",
    )
    is_management_paid_or_pledged = forms.BooleanField(
        label="These posts are paid, or somebody has pledged to pay them.", required=False
    )
    has_open_admission_rule = forms.BooleanField(
        label="A written rule lets every firm and institution of the cluster join.", required=False
    )
    admission_rule_text = TextField(
        label="Text of the admission rule", max_length=4000, required=False
    )
    members_jobs = forms.IntegerField(
        label="Jobs of the member firms in the region",
        min_value=0,
        max_value=9_999_999,
        required=False,
        help_text="Your best count, all members together. We show it as a share of the "
        "cluster's published jobs.",
    )
    has_published_dues = forms.BooleanField(
        label="The dues are published, also if there are none.", required=False
    )
    dues_relief_rule = TextField(
        label="Relief for small firms",
        max_length=2000,
        required=False,
        help_text="How dues stay within the reach of a firm with a handful of people.",
    )
    has_antitrust_statement = forms.BooleanField(
        label="We do not discuss or agree on prices, customers, territories or bids, and our "
        "meetings follow a written antitrust policy.",
        required=False,
    )
    antitrust_policy_text = TextField(
        label="Your antitrust policy, or where it is kept", max_length=4000, required=False
    )

    def __init__(self, *args: Any, body: ConveningBody | None = None, **kwargs: Any) -> None:  # noqa: ANN401 - Django's form arguments
        kwargs["initial"] = _initial(body)
        super().__init__(*args, **kwargs)
        for one in SeatClass:
            self.fields[f"seats_{one.value}"] = forms.IntegerField(
                label=SEAT_CLASS_WORDS[one], min_value=0, max_value=999, required=False
            )
        self.lines = self._line_count(body)
        for line in range(self.lines):
            self.fields[f"payer_{line}"] = LineField(
                label=f"Who pays, line {line + 1}", max_length=120, required=False
            )
            self.fields[f"amount_{line}"] = MoneyField(
                label=f"Dollars a year, line {line + 1}", required=False
            )
        for field in self.fields.values():
            # Saved as far as it has come, but needed in the end: not simply optional.
            field.is_conditional = True  # type: ignore[attr-defined]

    def _line_count(self, body: ConveningBody | None) -> int:
        """Return how many lines of dues to show: those in use and some to spare."""
        saved = len(body.dues.all()) if body else 0
        sent = [line for line in range(MOST_LINES) if self.data.get(f"payer_{line}")]
        used = max(saved, max(sent, default=-1) + 1)
        return min(MOST_LINES, max(LEAST_LINES, used + SPARE_LINES))

    def clean(self) -> dict[str, Any]:
        """What belongs together is given together."""
        given = super().clean() or {}
        wanted = {
            ConveningForm.FISCAL_SPONSOR.value: "fiscal_sponsor_name",
            ConveningForm.FORMATION_PLAN.value: "formation_plan",
        }.get(given.get("form", ""))
        if wanted and not given.get(wanted):
            self.add_error(wanted, f"Fill in: {self.fields[wanted].label}.")
        if given.get("has_open_admission_rule") and not given.get("admission_rule_text"):
            self.add_error("admission_rule_text", "Add the text of the rule.")
        for line in range(self.lines):
            payer, amount = given.get(f"payer_{line}"), given.get(f"amount_{line}")
            if payer and amount is None and f"amount_{line}" not in self.errors:
                self.add_error(f"amount_{line}", "Enter the amount; 0 if they pay nothing.")
            if amount is not None and not payer:
                self.add_error(f"payer_{line}", "Say who pays this.")
        return given

    def draft(self) -> ConveningDraft:
        """Return what was typed, for the action."""
        given = self.cleaned_data
        values = {name: given[name] for name in FIELDS}
        values["management_fte"] = given["management_fte"] or Decimal(0)
        dues = tuple(
            (given[f"payer_{line}"], given[f"amount_{line}"])
            for line in range(self.lines)
            if given[f"payer_{line}"]
        )
        board = {one.value: given[f"seats_{one.value}"] or 0 for one in SeatClass}
        return ConveningDraft(values, board, dues, given["version"] or 0)

    def seats(self) -> Iterable[BoundField]:
        """Yield the fields of the board."""
        return (self[f"seats_{one.value}"] for one in SeatClass)

    def dues(self) -> Iterable[tuple[BoundField, BoundField]]:
        """Yield the lines of the dues schedule."""
        return ((self[f"payer_{n}"], self[f"amount_{n}"]) for n in range(self.lines))

    def differences(self, body: ConveningBody) -> list[tuple[str, str]]:
        """Return what is saved now wherever it differs from what was typed."""
        saved = _initial(body)
        return [
            (str(self.fields[name].label), str(saved.get(name) or "nothing"))
            for name in self.fields
            if name != "version" and str(saved.get(name) or "") != str(self[name].value() or "")
        ]


def _initial(body: ConveningBody | None) -> dict[str, Any]:
    if body is None:
        return {"version": 0}
    values: dict[str, Any] = {name: getattr(body, name) for name in FIELDS}
    values["version"] = body.version
    values |= {f"seats_{row.seat_class}": row.seats for row in body.board.all()}
    for line, row in enumerate(body.dues.all()):
        values |= {f"payer_{line}": row.payer, f"amount_{line}": str(row.yearly_amount)}
    return values
