"""Whom to ask to act for a group."""

from __future__ import annotations

from django import forms

from certification.actions.invite_to_seat import Invitee
from certification.forms.plain_text import LineField
from certification.rules.groups import SEAT_ROLE_WORDS, SeatRole


class SeatForm(forms.Form):
    """Name, address and seat of a person."""

    name = LineField(label="Full name", max_length=200)
    email = forms.EmailField(
        label="E-mail address", help_text="The person signs in, or signs up, with this address."
    )
    role = forms.ChoiceField(
        label="What should this person do?",
        choices=[(role.value, words) for role, words in SEAT_ROLE_WORDS.items()],
        initial=SeatRole.AUTHORIZED_REPRESENTATIVE.value,
        widget=forms.RadioSelect,
        help_text="An administrator keeps the roster and prepares. The authorized representative "
        "certifies and submits, and must be another person.",
    )

    def invitee(self) -> Invitee:
        """Return what was typed, for the action."""
        given = self.cleaned_data
        return Invitee(given["name"], given["email"], SeatRole(given["role"]))
