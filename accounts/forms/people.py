"""Forms about people, organizations and officers."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Agency, AgencyRole, User
from accounts.rules.roles import ROLE_LABELS, AgencyRoleKind

ZONES = (
    ("America/New_York", "Eastern"),
    ("America/Chicago", "Central"),
    ("America/Denver", "Mountain"),
    ("America/Phoenix", "Arizona"),
    ("America/Los_Angeles", "Pacific"),
    ("America/Anchorage", "Alaska"),
    ("Pacific/Honolulu", "Hawaii"),
    ("America/Puerto_Rico", "Atlantic (Puerto Rico)"),
)


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """How a person is shown, and in which zone they read dates."""

    time_zone = forms.ChoiceField(
        label="Time zone", choices=ZONES, help_text="Dates and times are shown in this zone."
    )

    class Meta:
        model = User
        fields = ("name", "title", "time_zone")
        labels = {"name": "Full name", "title": "Job title"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True


class GrantRoleForm(forms.Form):
    """Who becomes what; the person has an account already."""

    email = forms.EmailField(
        label="E-mail address", help_text="The address with which the person signs in."
    )
    role = forms.ChoiceField(
        label="Role", choices=[(kind.value, label) for kind, label in ROLE_LABELS.items()]
    )

    def clean_email(self) -> str:
        """Find the person, or say how they get an account."""
        email = str(self.cleaned_data["email"])
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise forms.ValidationError(
                "Nobody signs in with this address yet. Ask the person to create an account first."
            )
        self.cleaned_data["user"] = user
        return email

    def clean_role(self) -> AgencyRoleKind:
        """Return the role as the rules know it."""
        return AgencyRoleKind(self.cleaned_data["role"])


class EndRoleForm(forms.Form):
    """Which role ends."""

    role = forms.ModelChoiceField(AgencyRole.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        roles = AgencyRole.objects.filter(agency=agency, until=None).select_related("agency")
        self.fields["role"].queryset = roles  # type: ignore[attr-defined]
