"""Forms of an application: a section, certification, withdrawal, answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from certification.models import InformationItem
from certification.rules.application_form import Answer, Measure, Problem, Question, Section
from kit.widgets import MoneyInput

WORDS_OF_A_SHORT_TEXT = 200


class DraftText(forms.CharField):
    """A text that may be unfinished or too long: it is kept as it is, nothing trimmed."""

    def validate(self, value: str) -> None:
        """Drafts may be empty; the overview says what is missing."""


class DraftChoice(forms.ChoiceField):
    """One of a list, or nothing yet."""

    def validate(self, value: str) -> None:
        """A draft may hold what a list once offered; the overview says what to mend."""


class DraftStatement(forms.BooleanField):
    """A statement that may not be made yet."""

    def validate(self, value: bool) -> None:  # noqa: FBT001 - Django's signature
        """Drafts may leave a statement open."""


class SectionForm(forms.Form):
    """One section of the application, built from the form's own description."""

    use_required_attribute = False

    def __init__(self, section: Section, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.public_fields = frozenset(q.id for q in section.questions if q.is_public)
        for question in section.questions:
            self.fields[question.id] = _field(question)

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Say what is missing at its field and in the summary."""
        for problem in problems:
            self.add_error(problem.question_id, problem.sentence)


def bound_section(section: Section, answers: Mapping[str, str | bool]) -> SectionForm:
    """Return the form filled with stored answers, ready to show problems at its fields."""
    form = SectionForm(section, data=dict(answers))
    form.full_clean()
    return form


def _field(question: Question) -> forms.Field:
    if question.answer is Answer.STATEMENT:
        return DraftStatement(label=question.text, help_text=question.help)
    if question.answer is Answer.CHOICE:
        choices = [("", "Choose"), *question.choices]
        return DraftChoice(label=question.text, help_text=question.help, choices=choices)
    field = DraftText(
        label=question.text,
        help_text=_hint(question),
        strip=False,
        required=question.is_required,
        widget=_widget(question),
    )
    if question.measure is Measure.CHARACTERS and question.answer is Answer.TEXT:
        # Set afterwards: the limit is shown and counted, but no browser cuts a text at it.
        field.max_length = question.limit
    return field


def _widget(question: Question) -> forms.Widget:
    if question.answer is Answer.LINE:
        return forms.TextInput()
    if question.answer is Answer.MONEY:
        return MoneyInput()
    if question.measure is Measure.WORDS:
        rows = 5 if question.limit <= WORDS_OF_A_SHORT_TEXT else 10
        return forms.Textarea(attrs={"rows": rows, "data-words": question.limit})
    return forms.Textarea(attrs={"rows": 5 if question.limit <= 1000 else 10})


def _hint(question: Question) -> str:
    if question.measure is Measure.CHARACTERS:
        return question.help
    return f"{question.help} At most {question.limit:,} words.".strip()


class CertifyForm(forms.Form):
    """Under which title somebody signs, and the statement itself."""

    title = forms.CharField(
        label="Your title",
        max_length=200,
        help_text="The office in which you may sign for the group, like President.",
    )

    def __init__(self, statement: Question, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["true_and_complete"] = forms.BooleanField(
            label=statement.text,
            help_text=statement.help,
            error_messages={"required": "Tick the box if you can make this statement."},
        )


class WithdrawForm(forms.Form):
    """Why an application is taken back, if somebody wants to say."""

    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The office reads it. You do not have to give one.",
    )


class QuestionsForm(forms.Form):
    """An answer to each question of the office."""

    def __init__(self, items: Iterable[InformationItem], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        for item in items:
            self.fields[f"answer_{item.pk}"] = forms.CharField(
                label=item.question,
                max_length=10_000,
                widget=forms.Textarea(attrs={"rows": 6}),
                error_messages={"required": "Answer this question."},
            )

    def answers(self) -> dict[int, str]:
        """Return the answers by the key of their question."""
        return {int(name.removeprefix("answer_")): text for name, text in self.cleaned_data.items()}


class CureForm(forms.Form):
    """An answer to a proposed denial."""

    answer = forms.CharField(
        label="Your answer",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Say what is different from what we found, and name the evidence.",
    )
