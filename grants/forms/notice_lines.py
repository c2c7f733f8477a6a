"""The short form and the rubric of a notice as forms: lines in use, and one to spare."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from certification.forms.plain_text import LineField, TextField
from grants.forms.notice_parts import Group, PartForm
from grants.rules.notice import (
    MOST_CRITERIA,
    MOST_QUESTIONS,
    AnchorLine,
    CriterionLine,
    QuestionLine,
    Rubric,
    ShortForm,
)

ANCHORS = 5


def _short_text(label: str, limit: int, rows: int = 2, help_text: str = "") -> forms.CharField:
    field = TextField(label=label, max_length=limit, required=False, help_text=help_text)
    field.widget.attrs["rows"] = rows
    return field


def _lines(form: forms.Form, name: str, most: int, saved: int) -> int:
    """How many lines to show: those in use, those sent, and one to spare."""
    sent = [line for line in range(most) if form.data.get(f"{name}_{line}")]
    return min(most, max(saved, max(sent, default=-1) + 1) + 1)


class ShortFormForm(PartForm):
    """The questions that applicants answer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's form arguments
        super().__init__(*args, **kwargs)
        self.lines = _lines(self, "heading", MOST_QUESTIONS, self.initial.get("lines", 0))
        for line in range(self.lines):
            self.fields[f"heading_{line}"] = LineField(
                label="Heading", max_length=80, required=False
            )
            self.fields[f"limit_{line}"] = forms.IntegerField(
                label="At most words", min_value=50, max_value=5000, required=False
            )
            self.fields[f"prompt_{line}"] = _short_text("What applicants should say", 1000)
        for field in self.fields.values():
            field.is_conditional = True  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, text: ShortForm) -> dict[str, Any]:
        """Return the stored values for the fields."""
        values: dict[str, Any] = {"lines": len(text.questions)}
        for line, one in enumerate(text.questions):
            values |= {
                f"heading_{line}": one.heading,
                f"prompt_{line}": one.prompt,
                f"limit_{line}": one.word_limit,
            }
        return values

    def groups(self) -> Iterable[Group]:
        """Yield the questions, with one empty line to add another."""
        for line in range(self.lines):
            yield Group(
                f"Question {line + 1}",
                [
                    [(self[f"heading_{line}"], 8), (self[f"limit_{line}"], 4)],
                    [(self[f"prompt_{line}"], 12)],
                ],
            )

    def clean(self) -> dict[str, Any]:
        """A question is given whole or left empty."""
        given = super().clean() or {}
        for line in range(self.lines):
            names = (f"heading_{line}", f"prompt_{line}", f"limit_{line}")
            if any(given.get(name) for name in names):
                for name in names:
                    if not given.get(name) and name not in self.errors:
                        self.add_error(name, "Fill this in, or leave the whole question empty.")
        return given

    def text(self) -> ShortForm:
        """Return what was typed."""
        given = self.cleaned_data
        return ShortForm(
            tuple(
                QuestionLine(
                    given[f"heading_{line}"], given[f"prompt_{line}"], given[f"limit_{line}"]
                )
                for line in range(self.lines)
                if given[f"heading_{line}"]
            )
        )


class RubricForm(PartForm):
    """Criteria with weights and anchors."""

    score_low = forms.IntegerField(label="Lowest score", min_value=0, max_value=10)
    score_high = forms.IntegerField(label="Highest score", min_value=1, max_value=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's form arguments
        super().__init__(*args, **kwargs)
        self.lines = _lines(self, "name", MOST_CRITERIA, self.initial.get("lines", 0))
        for line in range(self.lines):
            self._add_criterion(line)
        for field in self.fields.values():
            field.is_conditional = True  # type: ignore[attr-defined]

    def _add_criterion(self, line: int) -> None:
        self.fields[f"name_{line}"] = LineField(label="Name", max_length=80, required=False)
        self.fields[f"weight_{line}"] = forms.IntegerField(
            label="Weight in percent", min_value=1, max_value=100, required=False
        )
        self.fields[f"question_{line}"] = _short_text("What reviewers ask themselves", 1000)
        for place in range(ANCHORS):
            self.fields[f"score_{line}_{place}"] = forms.IntegerField(
                label="Score", min_value=0, max_value=100, required=False
            )
            self.fields[f"words_{line}_{place}"] = _short_text("What earns it", 1000)

    @classmethod
    def initial_of(cls, text: Rubric) -> dict[str, Any]:
        """Return the stored values for the fields."""
        values: dict[str, Any] = {
            "lines": len(text.criteria),
            "score_low": text.score_low,
            "score_high": text.score_high,
        }
        for line, one in enumerate(text.criteria):
            values |= {
                f"name_{line}": one.name,
                f"weight_{line}": one.weight,
                f"question_{line}": one.question,
            }
            for place, anchor in enumerate(one.anchors[:ANCHORS]):
                values |= {
                    f"score_{line}_{place}": anchor.score,
                    f"words_{line}_{place}": anchor.words,
                }
        return values

    def groups(self) -> Iterable[Group]:
        """Yield the scale and each criterion, with one empty to add another."""
        yield Group("Scores", [[(self["score_low"], 6), (self["score_high"], 6)]])
        for line in range(self.lines):
            anchors = [
                [(self[f"score_{line}_{place}"], 3), (self[f"words_{line}_{place}"], 9)]
                for place in range(ANCHORS)
            ]
            yield Group(
                f"Criterion {line + 1}",
                [
                    [(self[f"name_{line}"], 8), (self[f"weight_{line}"], 4)],
                    [(self[f"question_{line}"], 12)],
                    *anchors,
                ],
                "At least three scores are described.",
            )

    def clean(self) -> dict[str, Any]:
        """A criterion and an anchor are given whole or left empty."""
        given = super().clean() or {}
        for line in range(self.lines):
            self._whole(given, (f"name_{line}", f"weight_{line}", f"question_{line}"))
            for place in range(ANCHORS):
                self._anchor(given, line, place)
        return given

    def _whole(self, given: dict[str, Any], names: tuple[str, ...]) -> None:
        if not any(given.get(name) for name in names):
            return
        for name in names:
            if not given.get(name) and name not in self.errors:
                self.add_error(name, "Fill this in, or leave the whole criterion empty.")

    def _anchor(self, given: dict[str, Any], line: int, place: int) -> None:
        score, words = f"score_{line}_{place}", f"words_{line}_{place}"
        if given.get(words) and given.get(score) is None and score not in self.errors:
            self.add_error(score, "Say which score this earns.")
        if given.get(score) is not None and not given.get(words) and words not in self.errors:
            self.add_error(words, "Say what earns this score.")
        if given.get(words) and not given.get(f"name_{line}"):
            self.add_error(f"name_{line}", "Name the criterion to which these anchors belong.")

    def text(self) -> Rubric:
        """Return what was typed."""
        given = self.cleaned_data
        criteria = tuple(
            CriterionLine(
                given[f"name_{line}"],
                given[f"question_{line}"],
                given[f"weight_{line}"],
                self._anchors(line),
            )
            for line in range(self.lines)
            if given[f"name_{line}"]
        )
        return Rubric(given["score_low"], given["score_high"], criteria)

    def _anchors(self, line: int) -> tuple[AnchorLine, ...]:
        given = self.cleaned_data
        found = [
            AnchorLine(given[f"score_{line}_{place}"], given[f"words_{line}_{place}"])
            for place in range(ANCHORS)
            if given[f"words_{line}_{place}"]
        ]
        return tuple(sorted(found, key=lambda anchor: -anchor.score))
