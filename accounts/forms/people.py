"""Forms about people, organizations and officers."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Agency, AgencyRole, Organization, OrganizationRole, User
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


class OrganizationForm(forms.ModelForm):  # type: ignore[type-arg]
    """An organization's own data."""

    class Meta:
        model = Organization
        fields = ("legal_name", "uei", "county_fips", "naics")
        labels = {
            "legal_name": "Legal name",
            "uei": "Unique entity identifier",
            "county_fips": "County code",
            "naics": "Industry code (NAICS)",
        }
        help_texts = {
            "uei": "12 letters and digits from SAM.gov, if the organization has one. "
            "Never enter a personal tax number.",
            "county_fips": "The five digits of the county of the main site, like 39035.",
            "naics": "Two to six digits.",
        }

    def clean_uei(self) -> str:
        """Identifiers are written in capitals."""
        return str(self.cleaned_data["uei"]).upper()

    def validate_unique(self) -> None:
        """The action says what to do about a taken identifier."""


class InviteMemberForm(forms.Form):
    """Whom to ask to join."""

    email = forms.EmailField(label="E-mail address")
    is_administrator = forms.BooleanField(
        label="This person may invite and remove members", required=False
    )


class EndMembershipForm(forms.Form):
    """Which membership ends."""

    member = forms.ModelChoiceField(OrganizationRole.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        members = OrganizationRole.objects.filter(organization=organization, until=None)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]


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
