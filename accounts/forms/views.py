"""Forms about saved views."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import Resolver404, resolve

from accounts.models import SavedView, User


class SaveViewForm(forms.Form):
    """A name for what is on the screen."""

    name = forms.CharField(label="Name of the view", max_length=60)
    is_default = forms.BooleanField(label="Open the list with it", required=False)
    table = forms.RegexField(r"^[a-z_.]+$", max_length=60, widget=forms.HiddenInput)
    query = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)
    address = forms.CharField(max_length=300, widget=forms.HiddenInput)

    def clean_address(self) -> str:
        """Only places of this portal."""
        address: str = self.cleaned_data["address"]
        try:
            resolve(address)
        except Resolver404 as unknown:
            raise forms.ValidationError("This list is not here.") from unknown
        return address


class OwnViewForm(forms.Form):
    """One of one's own views; another person's does not exist."""

    view: forms.ModelChoiceField[SavedView] = forms.ModelChoiceField(SavedView.objects.none())

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["view"].queryset = SavedView.objects.filter(user=user)  # type: ignore[attr-defined]


class RenameViewForm(OwnViewForm):
    """Another name."""

    name = forms.CharField(label="New name", max_length=60)
