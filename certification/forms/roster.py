"""What is said about a firm or an institution when it is put on the roster."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms

from accounts.models.organizations import MOST_EMPLOYEES
from accounts.queries.size_standards import size_answer
from accounts.rules.identifiers import uei_as_kept, uei_refusal
from accounts.rules.names import name_key
from accounts.rules.size_class import BANDS, Figures, Size, SizeAnswer, statement_refusal
from certification.forms.plain_text import LineField
from certification.models.roster import (
    FIRM_ROLES,
    INSTITUTION_KINDS,
    KINDS,
    SIZES,
    naics_shape,
)
from certification.rules.county_list import CountyIndex, read_counties
from certification.rules.groups import ParticipantKind
from certification.rules.roster_entry import Contact, Place, RosterEntry
from certification.rules.states import PARTICIPANT


@dataclass(frozen=True)
class RosterFrame:
    """What the roster already holds, for checks beside the field."""

    counties: CountyIndex
    on: date
    listed_keys: Collection[str] = field(default_factory=frozenset)
    region: Mapping[str, str] = field(default_factory=dict)


class CountyInput(forms.TextInput):
    """A text field with the region's counties as suggestions."""

    template_name = "certification/roster/county_input.html"

    def __init__(self, names: Collection[str]) -> None:
        super().__init__({"autocomplete": "off"})
        self.names = names

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:  # noqa: ANN401 - Django's signature
        """Add the suggestions."""
        context = super().get_context(name, value, attrs)
        context["names"] = self.names
        return context


class EntryForm(forms.Form):
    """Fields that firms and institutions share."""

    kind = ParticipantKind.FIRM
    public_fields = frozenset({"organization_name", "firm_role", "institution_kinds", "county"})

    organization_name = LineField(
        label="Legal name", max_length=200, help_text="As on its registration papers."
    )
    county = LineField(
        label="County", help_text="Where it works in the region, like “Lucas County, OH”."
    )
    contact_name = LineField(
        label="Whom to ask", max_length=200, help_text="Somebody who may speak for it."
    )
    contact_email = forms.EmailField(
        label="E-mail address of that person", help_text="The letter with the link goes there."
    )
    votes = forms.IntegerField(
        label="Votes in the group",
        min_value=0,
        max_value=99,
        initial=1,
        help_text="Usually one. Zero if it takes part without a vote. Kept private.",
    )
    uei = forms.CharField(
        label="UEI",
        required=False,
        max_length=40,
        help_text="Its 12-character identifier at SAM.gov, where it has one. Never a tax number.",
    )

    def __init__(self, *args: Any, frame: RosterFrame, **kwargs: Any) -> None:  # noqa: ANN401 - Django's form arguments
        super().__init__(*args, **kwargs)
        self.frame = frame
        self.fields["county"].widget = CountyInput(list(frame.region.values()))
        self.fips = ""

    def clean_organization_name(self) -> str:
        """An organization stands on the roster once."""
        name: str = self.cleaned_data["organization_name"]
        if not name_key(name):
            raise forms.ValidationError("Enter a name with letters or digits.")
        if name_key(name) in self.frame.listed_keys:
            raise forms.ValidationError(f"{name} is already on the roster.")
        return name

    def clean_county(self) -> str:
        """One county that we know."""
        found = read_counties(self.cleaned_data["county"], self.frame.counties)
        if found.problems:
            raise forms.ValidationError(found.problems[0])
        if len(found.fips) != 1:
            raise forms.ValidationError("Enter one county.")
        self.fips = next(iter(found.fips))
        return self.fips

    def clean_uei(self) -> str:
        """The published shape, in capitals."""
        uei = uei_as_kept(self.cleaned_data["uei"])
        refusal = uei_refusal(uei)
        if refusal is not None:
            raise forms.ValidationError(refusal.sentence)
        return uei

    def entry(self) -> RosterEntry:
        """Return what was typed, for the action."""
        given = self.cleaned_data
        return RosterEntry(
            kind=self.kind.value,
            organization_name=given["organization_name"],
            place=Place(given["county"], given["uei"], given.get("naics", "")),
            contact=Contact(given["contact_name"], given["contact_email"]),
            firm_role=given.get("firm_role", ""),
            role_note=given.get("role_note", ""),
            size_class=given.get("size_class", ""),
            employees=given.get("employees"),
            receipts_band=given.get("receipts_band", ""),
            corporate_family=given.get("corporate_family", ""),
            institution_kinds=tuple(given.get("institution_kinds", ())),
            votes=given["votes"],
        )


class FirmForm(EntryForm):
    """A firm."""

    field_order = (
        "organization_name",
        "firm_role",
        "role_note",
        "county",
        "naics",
        "employees",
        "receipts_band",
        "size_class",
    )

    firm_role = forms.ChoiceField(
        label="What it does in the cluster",
        choices=[("", "Choose"), *FIRM_ROLES],
        help_text="A hospital or a studio is an end producer too.",
    )
    role_note = LineField(
        label="In its own words",
        max_length=200,
        required=False,
        help_text="For example “tempered glass for ovens”.",
    )
    size_class = forms.ChoiceField(
        label="Size",
        choices=SIZES,
        widget=forms.RadioSelect,
        required=False,
        help_text="By the Small Business Administration's standard for its industry. You may leave "
        "this open where the code and figures above give the answer. Private.",
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
    corporate_family = LineField(
        label="Parent company",
        max_length=200,
        required=False,
        help_text="If it belongs to one; sister firms are counted together. Private.",
    )
    naics = forms.CharField(
        label="NAICS code",
        required=False,
        max_length=6,
        validators=[naics_shape],
        help_text="Six digits let us tell its size by the standard of its industry.",
    )

    def clean(self) -> dict[str, Any]:
        """Take the size from the figures; a statement may not contradict them."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        answer = self._size(given)
        stated = given.get("size_class", "")
        refusal = statement_refusal(stated, answer)
        if refusal is not None:
            self.add_error("size_class", refusal.sentence)
        elif not stated and answer.size is Size.UNKNOWN and "size_class" not in self.errors:
            self.add_error("size_class", f"Choose its size. {answer.sentence}")
        elif not stated:
            given["size_class"] = answer.size.value
        return given

    def _size(self, given: Mapping[str, Any]) -> SizeAnswer:
        figures = Figures(
            given.get("naics", ""), given.get("employees"), given.get("receipts_band", "")
        )
        return size_answer(figures, self.frame.on)


class InstitutionForm(EntryForm):
    """A college, a laboratory, an association."""

    kind = ParticipantKind.INSTITUTION
    field_order = ("organization_name", "institution_kinds", "county")

    institution_kinds = forms.MultipleChoiceField(
        label="What it is",
        choices=INSTITUTION_KINDS,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick all that fit: a community college is often a training provider too.",
    )


class RosterFilterForm(forms.Form):
    """Search and filter of the roster, by GET."""

    q = forms.CharField(label="Search", required=False, max_length=100)
    state = forms.ChoiceField(
        label="Answer", required=False, choices=[("", "Any"), *PARTICIPANT.choices()]
    )
    role = forms.ChoiceField(label="Role", required=False)

    def __init__(self, *args: Any, kind: ParticipantKind, **kwargs: Any) -> None:  # noqa: ANN401 - Django's form arguments
        super().__init__(*args, **kwargs)
        roles = FIRM_ROLES if kind is ParticipantKind.FIRM else INSTITUTION_KINDS
        self.fields["role"] = forms.ChoiceField(
            label="Role" if kind is ParticipantKind.FIRM else "Kind",
            required=False,
            choices=[("", "Any"), *roles],
        )


FORMS: Mapping[ParticipantKind, type[FirmForm | InstitutionForm]] = {
    ParticipantKind.FIRM: FirmForm,
    ParticipantKind.INSTITUTION: InstitutionForm,
}
KIND_VALUES = [value for value, _ in KINDS]
