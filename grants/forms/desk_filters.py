"""Filters of the desks of grants: words, and where a case stands. Nonsense counts as empty."""

from __future__ import annotations

from django import forms

from grants.rules.award_states import AWARD
from grants.rules.payment_states import PAYMENT, PaymentState


class DeskForm(forms.Form):
    """Words to look for; a desk adds the states of its cases."""

    q = forms.CharField(label="Search", max_length=100, required=False)

    def search(self) -> str:
        """The words that were asked for."""
        self.is_valid()
        return str(self.cleaned_data.get("q", ""))

    def states_asked(self) -> tuple[str, ...]:
        """The state that was asked for; none for everything."""
        self.is_valid()
        state = str(self.cleaned_data.get("state", ""))
        return (state,) if state else ()


class AwardsForm(DeskForm):
    """Filters of the desk of awards."""

    state = forms.ChoiceField(
        label="Stands at", choices=[("", "Everything"), *AWARD.choices()], required=False
    )


class PaymentsForm(DeskForm):
    """Filters of the desk of payments; what a group still prepares is not on it."""

    state = forms.ChoiceField(
        label="Stands at",
        choices=[
            ("", "Everything"),
            *(one for one in PAYMENT.choices() if one[0] != PaymentState.DRAFT),
        ],
        required=False,
    )
