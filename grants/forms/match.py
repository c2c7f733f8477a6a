"""What people type about matching funds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from certification.forms.plain_text import LineField, TextField
from grants.actions.record_contribution import GiftDraft, PaperDraft
from grants.models import Pledge
from grants.rules.budget_lines import CATEGORY_WORDS, Category
from grants.rules.match.states import (
    CASH_KINDS,
    CONTRIBUTION,
    CONTRIBUTION_KIND_WORDS,
    ORIGIN_WORDS,
    REJECTION_WORDS,
    SOURCE_KIND_WORDS,
    ContributionKind,
    Origin,
    RejectionReason,
    SourceKind,
)
from grants.rules.match.values import Unit, ValueRule
from grants.rules.terms import MatchKind
from kit.widgets import DayInput, MoneyField
from records.rules.files import ACCEPT, ALLOWED_WORDS, LARGEST, megabytes

LONG = 2000
FIGURE = "figure_"


def _words(label: str, help_text: str = "", *, required: bool = True) -> TextField:
    field = TextField(label=label, help_text=help_text, max_length=LONG, required=required)
    field.widget.attrs["rows"] = 4
    return field


class MatchFilterForm(forms.Form):
    """Filters of a list of contributions; nonsense counts as not filled in."""

    q = forms.CharField(label="Search", max_length=100, required=False)
    state = forms.ChoiceField(label="Stands at", required=False)

    def __init__(self, *args: Any, is_staff: bool = False, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        waiting = [("waiting", "Waiting for the agency")] if is_staff else []
        everything = [("", "Everything"), *waiting, *CONTRIBUTION.choices()]
        self.fields["state"].choices = everything  # type: ignore[attr-defined]

    def asked(self) -> dict[str, str]:
        """Search words and state, as the queries take them."""
        self.is_valid()
        data = self.cleaned_data
        return {"search": str(data.get("q", "")), "state": str(data.get("state", ""))}


class StartGiftForm(forms.Form):
    """Whose promise it is, and what was given."""

    promise = forms.ChoiceField(label="Who gave")
    kind = forms.ChoiceField(label="What was given")

    def __init__(self, *args: Any, pledges: Iterable[Pledge], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.pledges = {one.reference: one for one in pledges}
        kinds = [(one.value, words) for one, words in CONTRIBUTION_KIND_WORDS.items()]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["promise"].choices = [  # type: ignore[attr-defined]
            (one.reference, f"{one.giver_name}, {one.get_kind_display().lower()}")
            for one in self.pledges.values()
        ]

    def clean(self) -> dict[str, Any]:
        """A promise in cash is met in cash, one in kind otherwise."""
        data: dict[str, Any] = super().clean() or {}
        pledge = self.pledges.get(data.get("promise", ""))
        if pledge is not None and data.get("kind"):
            is_cash = ContributionKind(data["kind"]) in CASH_KINDS
            if is_cash != (pledge.kind == MatchKind.CASH):
                self.add_error("kind", f"{pledge.giver_name} promised something of another kind.")
        return data


class GiftForm(forms.Form):
    """A contribution: what, when, the figures of its calculator, and the paper behind it."""

    description = LineField(
        label="What it was", max_length=300, help_text="Like Pay of two planners, March."
    )
    category = forms.ChoiceField(label="Line of the budget")
    given_from = forms.DateField(label="First day", widget=DayInput())
    given_through = forms.DateField(
        label="Last day", widget=DayInput(), required=False, help_text="Empty if it was one day."
    )
    paper = forms.ChoiceField(label="What paper proves it")
    number = LineField(
        label="Number of the paper", max_length=80, help_text="Of the check, invoice, letter."
    )
    dated_on = forms.DateField(label="Date of the paper", widget=DayInput())
    paper_amount = MoneyField(
        label="Amount on the paper",
        help_text="All of it, also if only a part is counted here. A paper counts once.",
    )
    origin = forms.ChoiceField(label="Whose money it is, traced to its beginning")
    statute = LineField(
        label="Statute that lets federal money match",
        max_length=200,
        required=False,
        help_text="Only for federal money, also where a state passes it on.",
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        rule: ValueRule,
        categories: Iterable[str],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        self._choose("category", [(one, CATEGORY_WORDS[Category(one)]) for one in categories])
        papers = [(one.value, words) for one, words in SOURCE_KIND_WORDS.items()]
        self._choose("paper", [one for one in papers if SourceKind(one[0]) in rule.papers])
        self._choose("origin", [(one.value, words) for one, words in ORIGIN_WORDS.items()])
        for figure in rule.figures:
            field = LineField(
                label=figure.label,
                max_length=200,
                required=not figure.is_optional,
                help_text=figure.hint,
            )
            if figure.unit is not Unit.WORDS:
                field.widget.attrs["inputmode"] = "decimal"
            self.fields[FIGURE + figure.name] = field
        ahead = ["description", "category", "given_from", "given_through"]
        self.order_fields([*ahead, *(FIGURE + one.name for one in rule.figures)])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields[name].initial = choices[0][0]

    def figures(self) -> dict[str, str]:
        """What was typed into the calculator, unread."""
        return {one.name: str(self.data.get(FIGURE + one.name, "")) for one in self.rule.figures}

    def draft(self) -> GiftDraft:
        """The contribution as the action takes it."""
        data = self.cleaned_data
        first: date = data["given_from"]
        return GiftDraft(
            kind=self.rule.kind,
            category=data["category"],
            description=data["description"],
            given_from=first,
            given_through=data["given_through"] or first,
            figures=self.figures(),
            paper=PaperDraft(
                kind=SourceKind(data["paper"]),
                number=data["number"],
                dated_on=data["dated_on"],
                amount=data["paper_amount"],
                origin=Origin(data["origin"]),
                statute=data["statute"],
            ),
        )


class EvidenceForm(forms.Form):
    """One file that proves the paper."""

    file = forms.FileField(
        label="File",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=f"{ALLOWED_WORDS}, up to {megabytes(LARGEST)}. We check it before anybody can "
        "open it. Only your group and the officers of the agency can.",
    )


class WordsForm(forms.Form):
    """A question, an answer, or a reason."""

    words = _words("Your words")

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label


class VerifyForm(forms.Form):
    """What the officer looked at."""

    words = _words("What you looked at", "The group reads it.", required=False)


class RejectForm(forms.Form):
    """Which of the seven tests fails, and why."""

    reason = forms.ChoiceField(
        label="Which test it fails (2 CFR 200.306(b))",
        choices=[(one.value, words) for one, words in REJECTION_WORDS.items()],
    )
    words = _words("Why", "The group reads it. Say what would mend it, if anything would.")

    def test(self) -> RejectionReason:
        """The test that fails."""
        return RejectionReason(self.cleaned_data["reason"])


class DisallowForm(RejectForm):
    """How much of verified match no longer counts."""

    amount = MoneyField(label="How much no longer counts")
    field_order = ("amount", "reason", "words")


class ReleaseForm(forms.Form):
    """How much of a promise is not asked for any more, and why."""

    amount = MoneyField(label="How much is released")
    words = _words("Why", "It stands in the ledger, and the group reads it.")
