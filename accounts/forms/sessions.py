"""Forms about signing in elsewhere."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import OpenSession, User


class EndSessionForm(forms.Form):
    """Which of one's own sign-ins ends."""

    session = forms.ModelChoiceField(OpenSession.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        rows = OpenSession.objects.filter(user=user, ended_at=None)
        self.fields["session"].queryset = rows  # type: ignore[attr-defined]
