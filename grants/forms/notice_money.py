"""Money and match of a notice as a form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms

from accounts.models import Agency
from grants.forms.notice_parts import Group, PartForm, choices_of
from grants.rules.notice import MOST_STATES, Money, PoolLine
from grants.rules.shares import read_share, share_words
from grants.rules.terms import GIVER_CLASS_WORDS, MATCH_PACE_WORDS, PoolKind
from kit.refusals import Refused
from kit.widgets import MoneyField


class MoneyForm(PartForm):
    """What may be asked, what must be matched, and from which pools it comes."""

    federal_pool = MoneyField(label="Federal money in all")
    federal_floor = MoneyField(
        label="Least that one proposal may ask for",
        required=False,
        help_text="Leave empty for none.",
    )
    federal_ceiling = MoneyField(label="Most that one proposal may ask for")
    federal_share = forms.CharField(
        label="Federal share of the total cost",
        max_length=20,
        help_text="Like 1/2 or 50%: one dollar of match for each federal dollar.",
    )
    match_pace = forms.ChoiceField(
        label="When the match must be there",
        choices=choices_of(MATCH_PACE_WORDS),
        widget=forms.RadioSelect,
    )
    giver_classes = forms.MultipleChoiceField(
        label="Who may give matching funds",
        choices=choices_of(GIVER_CLASS_WORDS),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's form arguments
        agency: Agency,
        partners: Sequence[Agency],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.agency, self.partners = agency, {str(one.pk): one for one in partners}
        self.lines = min(MOST_STATES, len(partners))
        names = [("", "None"), *((key, one.name) for key, one in self.partners.items())]
        for line in range(self.lines):
            self.fields[f"partner_{line}"] = forms.ChoiceField(
                label=f"State partner {line + 1}", choices=names, required=False
            )
            self.fields[f"amount_{line}"] = MoneyField(label="Its money in all", required=False)

    @classmethod
    def initial_of(cls, text: Money) -> dict[str, Any]:
        """Return the stored values for the fields."""
        values: dict[str, Any] = {
            "federal_floor": str(text.federal_floor) if text.federal_floor else "",
            "federal_ceiling": str(text.federal_ceiling) if text.federal_ceiling else "",
            "federal_share": share_words(text.federal_share),
            "match_pace": text.match_pace,
            "giver_classes": list(text.giver_classes),
        }
        states = [pool for pool in text.pools if pool.kind == PoolKind.STATE]
        for pool in text.pools:
            if pool.kind == PoolKind.FEDERAL:
                values["federal_pool"] = str(pool.amount)
        for line, pool in enumerate(states):
            values |= {f"partner_{line}": str(pool.agency_id), f"amount_{line}": str(pool.amount)}
        return values

    def groups(self) -> Iterable[Group]:
        """Yield the federal money, the match, the partners' money."""
        yield Group(
            "Federal money",
            [
                [(self["federal_pool"], 12)],
                [(self["federal_floor"], 6), (self["federal_ceiling"], 6)],
            ],
        )
        match = ("federal_share", "match_pace", "giver_classes")
        yield Group("Match", [[(self[name], 12)] for name in match])
        if self.lines:
            yield Group(
                "Money of state partners",
                [
                    [(self[f"partner_{line}"], 7), (self[f"amount_{line}"], 5)]
                    for line in range(self.lines)
                ],
                "A state's money goes to groups of that state only.",
            )

    def clean_federal_share(self) -> Fraction | None:
        """Read the share as an exact fraction."""
        try:
            return read_share(self.cleaned_data["federal_share"])
        except Refused as refused:
            raise forms.ValidationError(refused.refusal.sentence) from refused

    def clean(self) -> dict[str, Any]:
        """A partner has an amount, and an amount its partner."""
        given = super().clean() or {}
        if given.get("federal_pool") == 0:
            self.add_error("federal_pool", "A pool holds more than nothing.")
        for line in range(self.lines):
            partner, amount = given.get(f"partner_{line}"), given.get(f"amount_{line}")
            if partner and not amount and f"amount_{line}" not in self.errors:
                self.add_error(f"amount_{line}", "Enter the partner's money.")
            if amount and not partner:
                self.add_error(f"partner_{line}", "Say whose money this is.")
        return given

    def text(self) -> Money:
        """Return what was typed."""
        given = self.cleaned_data
        pools = [
            PoolLine(PoolKind.FEDERAL, self.agency.pk, self.agency.name, "", given["federal_pool"])
        ]
        for line in range(self.lines):
            partner = self.partners.get(given[f"partner_{line}"])
            if partner is not None:
                amount = given[f"amount_{line}"]
                pools.append(
                    PoolLine(PoolKind.STATE, partner.pk, partner.name, partner.state_fips, amount)
                )
        return Money(
            given["federal_floor"] or Decimal(0),
            given["federal_ceiling"],
            given["federal_share"],
            given["match_pace"],
            tuple(given["giver_classes"]),
            tuple(pools),
        )
