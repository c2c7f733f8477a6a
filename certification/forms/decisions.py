"""What officers and officials type when they act on a case."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms

from certification.rules.reasons import (
    DENIAL_REASON_WORDS,
    EVIDENCE_WORDS,
    INELIGIBLE_REASON_WORDS,
    INFORMATION_REASON_WORDS,
    RETURN_REASON_WORDS,
    DenialReason,
    EvidenceClass,
    IneligibleReason,
    InformationReason,
    ReturnReason,
)
from certification.rules.results import TestResult
from certification.rules.staff_queue import TURN_WORDS, QueueFilter, QueueSort, Turn
from records.models import DocumentVersion

LONG = 4000
QUESTIONS = 6
NUMBER = {"inputmode": "decimal", "autocomplete": "off"}


def _text(label: str, help_text: str = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONG,
        required=required,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


def _reasons(words: dict[Any, str]) -> list[tuple[str, str]]:
    return [(code.value, text) for code, text in words.items()]


class EmptyForm(forms.Form):
    """An act without words: the button says it all."""


class QueueForm(forms.Form):
    """Filters of the queue; nonsense counts as not filled in."""

    q = forms.CharField(label="Search", max_length=100, required=False)
    turn = forms.ChoiceField(
        label="Whose turn",
        choices=[("", "Everything undecided"), *_reasons(TURN_WORDS)],
        required=False,
    )
    sort = forms.ChoiceField(
        choices=[(sign + one.value, one.value) for one in QueueSort for sign in ("", "-")],
        required=False,
        widget=forms.HiddenInput,
    )

    def asked(self) -> QueueFilter:
        """What was asked."""
        self.is_valid()
        data = self.cleaned_data
        sort = data.get("sort") or QueueSort.DUE.value
        return QueueFilter(
            search=data.get("q", ""),
            turn=Turn(data["turn"]) if data.get("turn") else None,
            sort=QueueSort(sort.removeprefix("-")),
            is_descending=sort.startswith("-"),
        )


class QuestionsForm(forms.Form):
    """Questions to the applicant."""

    reason = forms.ChoiceField(label="Reason", choices=_reasons(INFORMATION_REASON_WORDS))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        for place in range(1, QUESTIONS + 1):
            self.fields[f"question_{place}"] = forms.CharField(
                label=f"Question {place}",
                max_length=1000,
                required=place == 1,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def reason_code(self) -> InformationReason:
        """The reason, typed."""
        return InformationReason(self.cleaned_data["reason"])

    def questions(self) -> tuple[str, ...]:
        """The questions that were filled in."""
        texts = (self.cleaned_data[f"question_{place}"] for place in range(1, QUESTIONS + 1))
        return tuple(text for text in texts if text.strip())


class IneligibleForm(forms.Form):
    """Why an application cannot be judged."""

    reason = forms.ChoiceField(label="Rule", choices=_reasons(INELIGIBLE_REASON_WORDS))
    explanation = _text("Explanation", "The applicant reads it: the rule, the facts, the remedy.")

    def reason_code(self) -> IneligibleReason:
        """The reason, typed."""
        return IneligibleReason(self.cleaned_data["reason"])


class CheckForm(forms.Form):
    """A second officer's answer."""

    answer = forms.ChoiceField(
        label="Your answer",
        choices=[("agree", "I agree"), ("return", "I do not agree: send it back")],
        widget=forms.RadioSelect,
    )
    note = _text("Note", "Needed if you do not agree. Only staff read it.", required=False)

    @property
    def is_agreed(self) -> bool:
        """Whether the second officer agrees."""
        return bool(self.cleaned_data["answer"] == "agree")


class FindingForm(forms.Form):
    """Evidence on a point that the published data leave open."""

    evidence_class = forms.ChoiceField(label="Kind of evidence", choices=_reasons(EVIDENCE_WORDS))
    source = forms.CharField(
        label="Source",
        max_length=300,
        help_text="Cite it so that a colleague finds it: author, title, date, page.",
    )
    document = forms.ChoiceField(
        label="Document of this case that shows it",
        required=False,
        help_text="The finding keeps its fingerprint. Add a document first if it is not listed.",
    )
    is_confidential = forms.BooleanField(
        label="The source is confidential: it is named to staff only", required=False
    )
    shows = _text("What it shows", "The figures of the source, in words.")
    low = forms.DecimalField(
        label="Lowest figure that the evidence allows",
        max_digits=16,
        decimal_places=4,
        min_value=Decimal(0),
        widget=forms.TextInput(attrs=NUMBER),
    )
    high = forms.DecimalField(
        label="Highest figure that the evidence allows",
        max_digits=16,
        decimal_places=4,
        min_value=Decimal(0),
        widget=forms.TextInput(attrs=NUMBER),
    )
    reasoning = _text("Finding", "Why this evidence answers the point.")

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        documents: Iterable[DocumentVersion] = (),
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self._documents = {str(one.pk): one for one in documents}
        field: Any = self.fields["document"]
        field.choices = [
            ("", "None: the source lies elsewhere"),
            *((key, f"{one}: {one.original_name}") for key, one in self._documents.items()),
        ]

    def document_version(self) -> DocumentVersion | None:
        """The document that was chosen, typed."""
        return self._documents.get(self.cleaned_data["document"])

    def kind(self) -> EvidenceClass:
        """The kind of evidence, typed."""
        return EvidenceClass(self.cleaned_data["evidence_class"])


class RecommendForm(forms.Form):
    """A recommendation to the deciding official."""

    summary = _text("Summary for the deciding official", "What the decision rests on. Staff only.")


class ProposeDenialForm(forms.Form):
    """The tests on which a denial would rest."""

    tests = forms.MultipleChoiceField(
        label="Tests that are not met", widget=forms.CheckboxSelectMultiple
    )
    explanation = _text("Explanation", "The applicant reads it and may answer.")

    def __init__(self, *args: Any, unmet: Iterable[TestResult], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        field = self.fields["tests"]
        field.choices = [(one.id, f"{one.title}: {one.sentence}") for one in unmet]  # type: ignore[attr-defined]


class ReturnForm(forms.Form):
    """Why a case goes back."""

    reason = forms.ChoiceField(label="Reason", choices=_reasons(RETURN_REASON_WORDS))
    note = _text("What is to be done", "Only staff read it.")

    def reason_code(self) -> ReturnReason:
        """The reason, typed."""
        return ReturnReason(self.cleaned_data["reason"])


class DesignateForm(forms.Form):
    """The reasons of a designation."""

    rationale = _text("Rationale", "Becomes public with the designation.")
    public_fields = frozenset({"rationale"})


class DenyForm(forms.Form):
    """The reasons of a refusal."""

    reason = forms.ChoiceField(label="Ground", choices=_reasons(DENIAL_REASON_WORDS))
    rationale = _text("Rationale", "The applicant reads it.")

    def reason_code(self) -> DenialReason:
        """The ground, typed."""
        return DenialReason(self.cleaned_data["reason"])
