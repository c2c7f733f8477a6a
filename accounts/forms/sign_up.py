"""What is asked at sign-up beside address and password; allauth builds its form upon this one."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

from accounts.models import User


class SignUpQuestions(forms.Form):
    """The name under which a person acts."""

    name = forms.CharField(
        label="Full name",
        max_length=200,
        help_text="As it should stand under what you sign.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("name", "email", "password1")

    def signup(self, request: HttpRequest, user: User) -> None:
        """Nothing more to do: the adapter keeps the name."""
