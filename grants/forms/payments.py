"""What groups and officers type about payments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from certification.forms.plain_text import LineField, TextField
from grants.actions.prepare_payment import Prepared
from grants.actions.record_refund import Repayment
from grants.actions.review_payment import Opinion
from grants.models import SpecificCondition
from grants.queries.payment_lines import Figures
from grants.rules.funnel import NOTHING
from grants.rules.payment_states import (
    CAUSE_WORDS,
    OUTCOME_WORDS,
    RepaymentCause,
    ReviewKind,
    ReviewOutcome,
)
from grants.rules.payments import SHORTEST_PROGRESS, Line
from kit.widgets import DayInput, MoneyField

LONG = 4000
LARGEST_FILE = 1_000_000
COLUMNS = {
    "costs": "federal costs to date",
    "advance": "advance",
    "asked": "asked for now",
}


class PaymentForm(forms.Form):
    """Costs to date and what is asked for now, line by line."""

    costs_from = forms.DateField(label="First day of the costs", widget=DayInput)
    costs_through = forms.DateField(
        label="Last day of the costs",
        widget=DayInput,
        help_text="Costs to date run from the first day of the award to this day.",
    )
    progress = TextField(
        label="What was done for this money",
        max_length=LONG,
        help_text=f"In at least {SHORTEST_PROGRESS} characters. The programme officer compares "
        "it with your plan.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        lines: Mapping[str, Line],
        has_advances: bool,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.budget = lines
        self.columns = [one for one in COLUMNS if one != "advance" or has_advances]
        for category, line in lines.items():
            for column in self.columns:
                value = getattr(line, column)
                self.fields[f"{column}_{category}"] = MoneyField(
                    label=f"{line.words}, {COLUMNS[column]}",
                    required=False,
                    initial=f"{value:.2f}" if value else "",
                )

    def grid(self) -> Iterator[tuple[Line, list[forms.BoundField]]]:
        """Each line with its fields."""
        for category, line in self.budget.items():
            yield line, [self[f"{column}_{category}"] for column in self.columns]

    def prepared(self) -> Prepared:
        """What was typed."""
        data = self.cleaned_data
        return Prepared(
            days=(data["costs_from"], data["costs_through"]),
            progress=data["progress"],
            lines={name: self._figures(name) for name in self.budget},
            version=data["version"],
        )

    def _figures(self, category: str) -> Figures:
        typed = {
            column: self.cleaned_data.get(f"{column}_{category}") or NOTHING
            for column in self.columns
        }
        return Figures(**typed)


class SignPaymentForm(forms.Form):
    """The representative's title under the statement."""

    title = LineField(label="Your title", max_length=200, help_text="Such as Executive Director.")
    is_certified = forms.BooleanField(
        label="I certify the statement above.",
        error_messages={"required": "Tick the box if you certify the statement."},
    )


class RoundForm(forms.Form):
    """What is decided of a request names the round that was read."""

    round = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ReviewForm(RoundForm):
    """One of the two reviews."""

    outcome = forms.ChoiceField(
        label="What you decide",
        choices=[(one.value, words) for one, words in OUTCOME_WORDS.items()],
        widget=forms.RadioSelect,
    )
    words = TextField(
        label="What you looked at and found",
        max_length=LONG,
        help_text="If you return or deny the request, the group reads these words.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        kind: ReviewKind,
        lines: Mapping[str, Line],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.amounts = {
            name: line for name, line in lines.items() if kind is ReviewKind.MONEY and line.asked
        }
        for name, line in self.amounts.items():
            self.fields[f"approved_{name}"] = MoneyField(
                label=f"{line.words}: approved, of ${line.asked:,.2f} asked for",
                initial=f"{line.asked:.2f}",
            )

    def opinion(self) -> Opinion:
        """What was said."""
        data = self.cleaned_data
        approved = {name: data[f"approved_{name}"] for name in self.amounts}
        outcome = ReviewOutcome(data["outcome"])
        return Opinion(self.kind, outcome, data["words"], data["round"], approved)


class CertifyPaymentForm(RoundForm):
    """A certifying officer's signature."""

    is_certified = forms.BooleanField(
        label="I certify the statement above.",
        error_messages={"required": "Tick the box if you certify the statement."},
    )


class ReturnPaymentForm(RoundForm):
    """Why an approved request goes back."""

    words = TextField(
        label="What is wrong, and what the group must do",
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class HoldForm(forms.Form):
    """Under which condition a payment is held, and why."""

    condition = forms.ChoiceField(label="Condition of the award", widget=forms.RadioSelect)
    words = TextField(
        label="What the group has not done",
        max_length=LONG,
        help_text="The group reads it in our notice.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        terms: Sequence[SpecificCondition],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), one.nature) for one in terms]
        self.fields["condition"].choices = choices  # type: ignore[attr-defined]


class RefundForm(forms.Form):
    """What came back, line by line."""

    number = LineField(label="Reference of the repayment", max_length=60)
    received_on = forms.DateField(label="Received on", widget=DayInput)
    cause = forms.ChoiceField(
        label="What it means for the costs",
        choices=[(one.value, words) for one, words in CAUSE_WORDS.items()],
        widget=forms.RadioSelect,
    )
    reason = LineField(label="Why it was paid back", max_length=300)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        left: Mapping[str, tuple[str, Decimal]],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.left = left
        for name, (words, amount) in left.items():
            self.fields[f"back_{name}"] = MoneyField(
                label=f"{words}: paid back, of ${amount:,.2f} left", required=False
            )

    def repayment(self) -> Repayment:
        """What was typed."""
        data = self.cleaned_data
        amounts = {name: data.get(f"back_{name}") or NOTHING for name in self.left}
        day: date = data["received_on"]
        cause = RepaymentCause(data["cause"])
        return Repayment(amounts, data["number"], day, cause, data["reason"])


class ResultsForm(forms.Form):
    """A file of results from the disbursing office."""

    file = forms.FileField(
        label="File of results",
        help_text="CSV, UTF-8, with the columns payment, result, amount, date, trace, reason.",
    )

    def clean_file(self) -> tuple[str, str]:
        """The file's name and its text."""
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST_FILE:
            raise forms.ValidationError("The file is larger than 1 MB.")
        try:
            text: str = upload.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            message = "The file is not UTF-8 text. Ask for it as “CSV UTF-8”."
            raise forms.ValidationError(message) from error
        if "\0" in text:
            raise forms.ValidationError("The file is not text. Ask for it as “CSV UTF-8”.")
        return str(upload.name), text


class AgencyForm(forms.Form):
    """For which agency an act is done."""

    agency = forms.TypedChoiceField(label="Agency", coerce=int)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        agencies: Mapping[int, str],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        field.choices = list(agencies.items())  # type: ignore[attr-defined]
        if len(agencies) == 1:
            field.initial = next(iter(agencies))
            field.widget = forms.HiddenInput()
