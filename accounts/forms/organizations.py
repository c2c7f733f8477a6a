"""Forms about organizations: what one says of itself, its people, its family."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms

from accounts.actions.create_organization import OrganizationDetails
from accounts.actions.review_duplicates import Verdict
from accounts.models import Organization, OrganizationRole
from accounts.models.organizations import MOST_EMPLOYEES
from accounts.places import county_name, find_county
from accounts.queries.organizations import find_exactly
from accounts.rules.belonging import (
    ADMINISTRATIVE_MAILBOXES,
    domain_as_kept,
    domain_refusal,
)
from accounts.rules.identifiers import ein_as_kept, ein_refusal, uei_as_kept, uei_refusal
from accounts.rules.names import name_key
from accounts.rules.organizations import LEGAL_FORM_WORDS, LegalForm
from accounts.rules.size_class import BANDS

DETAIL_FIELDS = (
    "legal_name",
    "legal_form",
    "county",
    "uei",
    "ein",
    "naics",
    "employees",
    "receipts_band",
)
HIDDEN = {"Cc", "Cf", "Zl", "Zp"}


class OrganizationForm(forms.Form):
    """An organization's own data."""

    legal_name = forms.CharField(
        label="Legal name", max_length=200, help_text="As on its registration papers."
    )
    legal_form = forms.ChoiceField(
        label="Legal form",
        choices=[
            ("", "Choose"),
            *((form.value, words) for form, words in LEGAL_FORM_WORDS.items()),
        ],
    )
    county = forms.CharField(
        label="County of the main site",
        required=False,
        max_length=100,
        help_text="Like “Lucas County, OH”.",
    )
    uei = forms.CharField(
        label="Unique entity identifier (UEI)",
        required=False,
        max_length=40,
        help_text="12 letters and digits from SAM.gov, if the organization has one. "
        "Never enter a tax number here.",
    )
    ein = forms.CharField(
        label="Employer identification number (EIN)",
        required=False,
        max_length=40,
        help_text="Nine digits, like 12-3456789. It helps us to see when one organization is "
        "registered twice. It is never public, and only its last four digits are shown. "
        "Sole proprietors leave it empty: we do not keep a number that leads to a person.",
    )
    naics = forms.RegexField(
        r"^[0-9]{2,6}$",
        label="Industry code (NAICS)",
        required=False,
        error_messages={"invalid": "A NAICS code has two to six digits."},
        help_text="Six digits let us tell whether the organization is small by the standard of "
        "its industry.",
    )
    employees = forms.IntegerField(
        label="Employees",
        required=False,
        min_value=0,
        max_value=MOST_EMPLOYEES,
        help_text="The average of the last 24 months, with affiliates. Private.",
    )
    receipts_band = forms.ChoiceField(
        label="Average annual receipts",
        required=False,
        choices=[("", "Not stated"), *((one.code, one.words) for one in BANDS.values())],
        help_text="The average of the last five years, with affiliates. Private.",
    )

    def clean_legal_name(self) -> str:
        """A name that people can read, without invisible characters."""
        name = " ".join(str(self.cleaned_data["legal_name"]).split())
        if any(unicodedata.category(one) in HIDDEN for one in name):
            raise forms.ValidationError("The name holds a hidden character. Type it again.")
        if not name_key(name):
            raise forms.ValidationError("Enter a name with letters or digits.")
        return name

    def clean_county(self) -> str:
        """One county that we know; its code is kept."""
        typed = str(self.cleaned_data["county"]).strip()
        if not typed:
            return ""
        found = find_county(typed)
        if found.problem:
            raise forms.ValidationError(found.problem)
        return found.fips

    def clean_uei(self) -> str:
        """The published shape, in capitals."""
        uei = uei_as_kept(self.cleaned_data["uei"])
        refusal = uei_refusal(uei)
        if refusal is not None:
            raise forms.ValidationError(refusal.sentence)
        return uei

    def clean(self) -> dict[str, Any]:
        """Judge the tax number beside the legal form."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        ein = ein_as_kept(given.get("ein", ""))
        is_alone = given.get("legal_form") == LegalForm.SOLE_PROPRIETOR
        refusal = ein_refusal(ein, is_sole_proprietor=is_alone)
        if refusal is not None:
            self.add_error("ein", refusal.sentence)
        else:
            given["ein"] = ein
        return given

    def details(self) -> OrganizationDetails:
        """Return what was typed, for the action."""
        given = dict(self.cleaned_data)
        county = given.pop("county")
        return OrganizationDetails(**given, county_fips=county)


def details_of(row: Organization) -> dict[str, Any]:
    """Return what an organization says today, as the form shows it."""
    held = {name: getattr(row, name) for name in DETAIL_FIELDS if hasattr(row, name)}
    return {**held, "county": county_name(row.county_fips)}


class ParentForm(forms.Form):
    """Which organization is the parent; only an exact identifier leads to one."""

    parent = forms.CharField(
        label="Reference number or UEI of the parent organization",
        max_length=40,
        help_text="Ask a colleague there: the reference number stands on its page.",
    )

    def clean_parent(self) -> Organization:
        """Find the organization."""
        found = find_exactly(self.cleaned_data["parent"])
        if found is None:
            raise forms.ValidationError(
                "No organization of the portal has this reference number or UEI."
            )
        return found


class AskToJoinForm(forms.Form):
    """What somebody says when they ask to join."""

    words = forms.CharField(
        label="Your words to the administrators",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example what you do there.",
    )


class FindOrganizationForm(forms.Form):
    """Which organization one wants to join; only an exact identifier leads to one."""

    organization = forms.CharField(
        label="Reference number or UEI of the organization",
        max_length=40,
        help_text="Ask a colleague: the reference number stands on its page.",
    )

    def clean_organization(self) -> Organization:
        """Find the organization; a merged one leads to the one that stays."""
        found = find_exactly(self.cleaned_data["organization"])
        if found is None:
            raise forms.ValidationError(
                "No organization of the portal has this reference number or UEI."
            )
        return found.superseded_by or found


class ClaimDomainForm(forms.Form):
    """Which domain is the organization's, and which of its mailboxes gets the code."""

    domain = forms.CharField(
        label="E-mail domain", max_length=200, help_text="Like maumee-tools.com."
    )
    mailbox = forms.ChoiceField(
        label="Send the code to",
        choices=[(one, f"{one}@ your domain") for one in ADMINISTRATIVE_MAILBOXES],
        help_text="A mailbox that only the keeper of the domain reads.",
    )

    def clean_domain(self) -> str:
        """A domain that can stand for an organization."""
        domain = domain_as_kept(self.cleaned_data["domain"])
        refusal = domain_refusal(domain)
        if refusal is not None:
            raise forms.ValidationError(refusal.sentence)
        return domain


class ConfirmDomainForm(forms.Form):
    """A domain that an officer knows to be the organization's."""

    domain = ClaimDomainForm.base_fields["domain"]
    reason = forms.CharField(
        label="How you know",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stays on the organization's record.",
    )
    clean_domain = ClaimDomainForm.clean_domain


class VerdictForm(forms.Form):
    """What an officer found about two organizations."""

    found = forms.ChoiceField(label="What did you find?", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="It stays on the record of both organizations.",
    )

    def __init__(self, *args: Any, pair: tuple[Organization, Organization], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        stays = [
            (str(one.pk), f"They are one. {one.legal_name} ({one.case.reference}) stays.")
            for one in pair
        ]
        field: Any = self.fields["found"]
        field.choices = [("different", "They are two organizations."), *stays]

    def verdict(self) -> Verdict:
        """Return what was found, for the action."""
        chosen, reason = self.cleaned_data["found"], self.cleaned_data["reason"]
        if chosen == "different":
            return Verdict(is_same=False, reason=reason)
        return Verdict(is_same=True, reason=reason, keeper=int(chosen))


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
