"""What officers type about panels, conflicts and eligibility."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from certification.forms.plain_text import LineField, TextField
from grants.actions.decide_conflicts import NewTie
from grants.actions.invite_reviewer import Asked
from grants.actions.screen_proposal import Check, Finding
from grants.models import PanelSeat, Proposal
from grants.queries.reach import Candidate
from grants.rules.conflicts import HARD
from grants.rules.screening import RULE_WORDS, Eligibility, ScreeningRule
from grants.rules.terms import (
    EDGE_KIND_WORDS,
    EDGE_SOURCE_WORDS,
    PANEL_ROLE_WORDS,
    EdgeKind,
    PanelRole,
)

MOST_READ = 30


def _words(label: str, help_text: str = "", *, required: bool = True) -> TextField:
    return TextField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class InviteForm(forms.Form):
    """Whom to ask to the panel."""

    name = LineField(label="Full name", max_length=200)
    email = forms.EmailField(label="E-mail address", help_text="The letter goes there.")
    employer = LineField(
        label="Employer, as far as you know",
        max_length=200,
        required=False,
        help_text="Conflicts are checked against it, and against the person's account if any.",
    )
    role = forms.ChoiceField(
        label="Seat",
        choices=[(one.value, words) for one, words in PANEL_ROLE_WORDS.items()],
        widget=forms.RadioSelect,
        initial=PanelRole.REVIEWER.value,
    )
    least = forms.IntegerField(
        label="Fewest proposals", min_value=0, max_value=MOST_READ, initial=3
    )
    greatest = forms.IntegerField(
        label="Most proposals", min_value=1, max_value=MOST_READ, initial=8
    )

    def clean(self) -> dict[str, Any]:
        """The most is not below the fewest."""
        data: dict[str, Any] = super().clean() or {}
        if {"least", "greatest"} <= data.keys() and data["greatest"] < data["least"]:
            self.add_error("greatest", "The most cannot be below the fewest.")
        return data

    def asked(self) -> Asked:
        """Return what was typed, for the action."""
        data = self.cleaned_data
        candidate = Candidate(data["name"], data["email"], data["employer"])
        return Asked(candidate, PanelRole(data["role"]), data["least"], data["greatest"])


class DeskForm(forms.Form):
    """Filters of the conflicts desk; nonsense counts as not filled in."""

    q = forms.CharField(label="Search", max_length=100, required=False)
    waits = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[
            ("", "All that stand"),
            ("look", "Waiting for a look"),
            ("soft", "Soft, not waived"),
            ("waived", "Waived"),
            ("hard", "Hard"),
            ("ended", "Ended"),
        ],
    )
    kind = forms.ChoiceField(
        label="Tie",
        required=False,
        choices=[("", "Every kind"), *((k.value, w) for k, w in EDGE_KIND_WORDS.items())],
    )
    source = forms.ChoiceField(
        label="Known by",
        required=False,
        choices=[("", "Every way"), *((k.value, w) for k, w in EDGE_SOURCE_WORDS.items())],
    )

    def said(self, name: str) -> str:
        """What was asked in one field."""
        self.is_valid()
        return str(self.cleaned_data.get(name, "") or "")


class WaiveForm(forms.Form):
    """Why soft ties may stand."""

    reason = _words("Reason", "It stays on record with every tie that you waive.")


class LiftForm(forms.Form):
    """Why a tie is wrong."""

    reason = _words("Why is the tie wrong?", "It stays on record. The portal does not find the "
                    "tie again for the same reason.")  # fmt: skip


class TieForm(forms.Form):
    """A tie that an officer knows of."""

    seat = forms.ChoiceField(label="Person")
    proposal = forms.ChoiceField(label="Proposal")
    kind = forms.ChoiceField(
        label="Tie", choices=[(one.value, words) for one, words in EDGE_KIND_WORDS.items()]
    )
    reason = _words("How do you know?", "Only conflict officers read it.")

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        seats: Iterable[PanelSeat],
        proposals: Iterable[Proposal],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {one.reference: one for one in seats}
        self.proposals = {one.case.reference: one for one in proposals}
        self.fields["seat"].choices = [  # type: ignore[attr-defined]
            (ref, f"{one.user} ({one.alias})") for ref, one in self.seats.items()
        ]
        self.fields["proposal"].choices = [  # type: ignore[attr-defined]
            (ref, f"{one.title} ({ref})") for ref, one in self.proposals.items()
        ]

    def chosen(self) -> tuple[PanelSeat, Proposal, NewTie]:
        """Return what was chosen, for the action."""
        data = self.cleaned_data
        kind = EdgeKind(data["kind"])
        tie = NewTie(kind, kind in HARD, data["reason"])
        return self.seats[data["seat"]], self.proposals[data["proposal"]], tie


class ScreeningForm(forms.Form):
    """What an officer finds."""

    outcome = forms.ChoiceField(
        label="Your finding",
        widget=forms.RadioSelect,
        choices=[
            (Eligibility.ELIGIBLE.value, "Eligible: every rule of the notice is met"),
            (Eligibility.INELIGIBLE.value, "Not eligible: a rule keeps it from being judged"),
        ],
    )
    rule = forms.ChoiceField(
        label="Rule, if not eligible",
        required=False,
        choices=[("", "None"), *((one.value, words) for one, words in RULE_WORDS.items())],
    )
    explanation = _words(
        "Explanation, if not eligible",
        "The group reads it: the rule, their figure, what would have met it.",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Not eligible needs a rule and words."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("outcome") == Eligibility.INELIGIBLE:
            if not data.get("rule"):
                self.add_error("rule", "Choose the rule that keeps the proposal out.")
            if not data.get("explanation", "").strip():
                self.add_error("explanation", "Explain it: the group reads your words.")
        return data

    def finding(self) -> Finding:
        """Return what was typed, for the action."""
        data = self.cleaned_data
        outcome = Eligibility(data["outcome"])
        if outcome is Eligibility.ELIGIBLE:
            return Finding(outcome)
        return Finding(outcome, ScreeningRule(data["rule"]), data["explanation"])


class ScreeningCheckForm(forms.Form):
    """A second officer's answer."""

    answer = forms.ChoiceField(
        label="Your answer",
        choices=[("agree", "I agree"), ("return", "I do not agree: send it back")],
        widget=forms.RadioSelect,
    )
    note = _words("Note", "Needed if you do not agree. Only staff read it.", required=False)

    def checked(self) -> Check:
        """Return the answer, for the action."""
        data = self.cleaned_data
        return Check(data["answer"] == "agree", data["note"])


class AskAgainForm(forms.Form):
    """Why a finding is wrong, in the group's words."""

    reason = _words(
        "What do you think is wrong?", "Name the rule, and where your proposal meets it."
    )


class AnswerForm(forms.Form):
    """The answer to a request to look again."""

    answer = forms.ChoiceField(
        label="Your answer",
        choices=[("grant", "Eligible after all"), ("uphold", "The finding stands")],
        widget=forms.RadioSelect,
    )
    rationale = _words("Reasons", "The group reads them.")
