"""What officers and officials type while they select."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from grants.rules.appeals import SHORTEST
from grants.rules.selection import ADVICE_WORDS, Advice, Advised, Choice
from kit.widgets import MoneyField

LONG = 4000


class StartSelectionForm(forms.Form):
    """An act without words."""


class WhatIfForm(forms.Form):
    """Money added to, or taken from, each pool."""

    direction = forms.ChoiceField(
        label="What changes",
        choices=[("more", "More money"), ("less", "Less money")],
        initial="more",
    )

    def __init__(self, *args: Any, pools: Mapping[str, str], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.pools = pools
        for key, name in pools.items():
            self.fields[f"pool_{key}"] = MoneyField(label=name, required=False)

    def added(self) -> dict[str, Decimal]:
        """The change of each pool."""
        sign = -1 if self.cleaned_data["direction"] == "less" else 1
        found = {key: self.cleaned_data.get(f"pool_{key}") for key in self.pools}
        return {key: sign * value for key, value in found.items() if value}


class DrawListForm(forms.Form):
    """Which public random value will be read."""

    source = forms.CharField(
        label="Public random value",
        max_length=300,
        min_length=20,
        help_text="Which value, published by whom, at what time to come. For example: the NIST "
        "randomness beacon, output value of the pulse of March 3, 2026, 17:00 UTC.",
    )


class DrawForm(forms.Form):
    """The value that was read."""

    value = forms.CharField(
        label="The public random value, as published", max_length=300, widget=forms.Textarea
    )


class AdviceForm(forms.Form):
    """One choice per ranked proposal; what the rank says is chosen beforehand."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        by_rank: Mapping[str, Advice],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by_rank = by_rank
        for name, advice in by_rank.items():
            self.fields[f"advice_{name}"] = forms.ChoiceField(
                label=f"Recommendation for {name}",
                choices=[(one.value, words) for one, words in ADVICE_WORDS.items()],
                initial=advice.value,
            )
            self.fields[f"reason_{name}"] = forms.CharField(
                label=f"Reasons for {name}",
                required=False,
                max_length=LONG,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def given(self) -> dict[str, Advised]:
        """What was chosen."""
        data = self.cleaned_data
        return {
            name: Advised(Advice(data[f"advice_{name}"]), data[f"reason_{name}"])
            for name in self.by_rank
        }

    def lines(self) -> Iterable[tuple[str, forms.BoundField, forms.BoundField]]:
        """Reference, choice and reasons of each proposal."""
        return ((name, self[f"advice_{name}"], self[f"reason_{name}"]) for name in self.by_rank)


class DecisionForm(forms.Form):
    """The official's choices: which pool pays, and the reasons where they depart from the rank."""

    rationale = forms.CharField(
        label="Why you decide so",
        max_length=LONG,
        min_length=40,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="The public reads this with the results.",
    )
    public_fields = frozenset({"rationale"})

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        proposals: Sequence[str],
        paid_by: Mapping[str, str],
        pools: Mapping[str, str],
        factors: Sequence[str],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.proposals = proposals
        for name in proposals:
            self.fields[f"pool_{name}"] = forms.ChoiceField(
                label=f"Decision on {name}",
                required=False,
                choices=[("", "Do not select"), *((k, f"Select: {w}") for k, w in pools.items())],
                initial=paid_by.get(name, ""),
            )
            self.fields[f"factor_{name}"] = forms.ChoiceField(
                label=f"Published factor for {name}",
                required=False,
                choices=[("", "By rank"), *((one, one) for one in factors)],
            )
            self.fields[f"why_{name}"] = forms.CharField(
                label=f"Reasons for {name}",
                required=False,
                max_length=LONG,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def chosen(self) -> dict[str, Choice]:
        """What was decided."""
        data = self.cleaned_data
        return {
            name: Choice(data[f"pool_{name}"], data[f"factor_{name}"], data[f"why_{name}"])
            for name in self.proposals
        }

    def lines(self) -> Iterable[tuple[str, tuple[forms.BoundField, ...]]]:
        """Reference and fields of each proposal."""
        for name in self.proposals:
            yield name, tuple(self[f"{part}_{name}"] for part in ("pool", "factor", "why"))


class AppealForm(forms.Form):
    """On what an appeal rests."""

    ground = forms.ChoiceField(label="What went wrong", widget=forms.RadioSelect)
    words = forms.CharField(
        label="What happened, where, and how you know",
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Name the rule, the fact or the person, in at least "
        f"{SHORTEST} characters. That a score seems low is no ground.",
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        grounds: Sequence[tuple[str, str]],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = grounds  # type: ignore[attr-defined]


class AppealDecisionForm(forms.Form):
    """What the appeals officer decides."""

    outcome = forms.ChoiceField(
        label="Decision",
        choices=[("dismiss", "Dismiss the appeal"), ("uphold", "Uphold the appeal")],
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(
        label="Reasons", max_length=LONG, widget=forms.Textarea(attrs={"rows": 6})
    )
    remedy = forms.CharField(
        label="What the agency will do",
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed when you uphold the appeal. The group reads it.",
    )

    def clean(self) -> dict[str, Any]:
        """An upheld appeal has a remedy."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("outcome") == "uphold" and not (data.get("remedy") or "").strip():
            self.add_error("remedy", "Say what the agency will do.")
        return data
