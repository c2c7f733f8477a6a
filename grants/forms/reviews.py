"""The review as a form: every field may stay empty while it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from grants.actions.save_review import TEXTS, Drafted
from grants.models import Criterion, Review
from grants.rules.reviewing import Mark, Scale
from kit.refusals import Refusal

LONGEST = 6000
NOTE = "note_to_chair"
CAPACITY = (("yes", "Yes"), ("no", "No"))


def _text(label: str, hint: str = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class MarksForm(forms.Form):
    """A score and a justification for each criterion."""

    def __init__(
        self,
        criteria: Sequence[Criterion],
        scale: Scale,
        *args: Any,  # noqa: ANN401 - as forms take them
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria, self.scale = criteria, scale
        scores = [(str(value), str(value)) for value in range(scale.low, scale.high + 1)]
        for one in criteria:
            self.fields[f"value_{one.pk}"] = forms.ChoiceField(
                label=f"Score for {one.name}",
                required=False,
                choices=scores,
                widget=forms.RadioSelect,
            )
            self.fields[f"why_{one.pk}"] = _text(f"Why this score for {one.name}?", rows=3)
        for name, field in self.fields.items():
            # Saved as far as it has come, but needed in the end: not simply optional.
            field.is_conditional = name != NOTE  # type: ignore[attr-defined]

    def marks(self) -> dict[int, Mark]:
        """What was given, by criterion."""
        given = self.cleaned_data
        return {
            one.pk: Mark(
                int(given[f"value_{one.pk}"]) if given[f"value_{one.pk}"] else None,
                given[f"why_{one.pk}"].replace("\r\n", "\n"),
            )
            for one in self.criteria
        }

    def parts(self) -> list[dict[str, Any]]:
        """Each criterion with its anchors and its two fields, for the page."""
        return [
            {
                "criterion": one,
                "anchors": list(one.anchors.all()),
                "value": self[f"value_{one.pk}"],
                "why": self[f"why_{one.pk}"],
            }
            for one in self.criteria
        ]


class ReviewForm(MarksForm):
    """The whole review."""

    strengths = _text("Strengths", "The group reads these words after the decision.")
    weaknesses = _text("Weaknesses", "The group reads these words after the decision.")
    has_capacity = forms.ChoiceField(
        label="Can the group carry out what it proposes?",
        required=False,
        choices=CAPACITY,
        widget=forms.RadioSelect,
    )
    capacity_reason = _text("If not, why not?", rows=3)
    note_to_chair = _text("Note to the chair", "Only the chair reads it.", rows=3)

    def drafted(self, version: int) -> Drafted:
        """What stands in the form."""
        given = self.cleaned_data
        capacity = {"yes": True, "no": False}.get(given["has_capacity"])
        marks: Mapping[str, Mapping[str, Any]] = {
            str(pk): {"value": mark.value, "justification": mark.justification}
            for pk, mark in self.marks().items()
            if mark.value is not None or mark.justification
        }
        texts = {name: given[name].replace("\r\n", "\n") for name in TEXTS}
        return Drafted(marks, texts, capacity, version)

    def show_refusals(self, found: Mapping[int, Refusal], others: Sequence[Refusal]) -> None:
        """Show what is missing, at the field where it is mended."""
        for pk, refusal in found.items():
            field = "value" if refusal.code.startswith("score") else "why"
            self.add_error(f"{field}_{pk}", refusal.sentence)
        fields = {
            "strengths_missing": "strengths",
            "weaknesses_missing": "weaknesses",
            "capacity_missing": "has_capacity",
            "capacity_unexplained": "capacity_reason",
        }
        for refusal in others:
            if refusal.code in fields:
                self.add_error(fields[refusal.code], refusal.sentence)


class RescoreForm(MarksForm):
    """Scores after the discussion."""


class PostForm(forms.Form):
    """What somebody says."""

    text = forms.CharField(
        label="Say something", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )


def initial_of(review: Review | None) -> dict[str, Any]:
    """The saved draft as the form's fields."""
    if review is None:
        return {}
    found: dict[str, Any] = {name: getattr(review, name) for name in TEXTS}
    found["has_capacity"] = {True: "yes", False: "no", None: ""}[review.has_capacity]
    for key, mark in review.draft.items():
        value = mark.get("value")
        found[f"value_{key}"] = "" if value is None else str(value)
        found[f"why_{key}"] = mark.get("justification", "")
    return found


def marks_initial(marks: Mapping[int, Mark]) -> dict[str, Any]:
    """Given scores as the form's fields."""
    found: dict[str, Any] = {}
    for key, mark in marks.items():
        found[f"value_{key}"] = "" if mark.value is None else str(mark.value)
        found[f"why_{key}"] = mark.justification
    return found
