"""Which government is asked, and who there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from certification.forms.plain_text import LineField
from certification.models.partners import LEVELS
from certification.rules.county_list import CountyIndex, read_counties
from certification.rules.government import DISTRICT_FIPS
from certification.rules.participants import GovernmentLevel
from certification.rules.roster_entry import Contact, GovernmentBody


class GovernmentForm(forms.Form):
    """Level, name, state, and the person who is written to."""

    public_fields = frozenset({"level", "body_name", "state_fips"})

    level = forms.ChoiceField(label="Level", choices=LEVELS, widget=forms.RadioSelect)
    state_fips = forms.ChoiceField(label="State")
    body_name = LineField(
        label="Office or government",
        max_length=200,
        help_text="For example “Ohio Department of Development” or “City of Toledo”.",
    )
    county = LineField(
        label="County",
        required=False,
        help_text="Only for a county government, like “Lucas County, OH”.",
    )
    contact_name = LineField(label="Whom to ask", max_length=200)
    contact_email = forms.EmailField(
        label="E-mail address of that person", help_text="The letter with the link goes there."
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's form arguments
        states: Mapping[str, str],
        counties: CountyIndex,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.counties = counties
        self.fields["state_fips"] = forms.ChoiceField(label="State", choices=list(states.items()))

    def clean(self) -> dict[str, Any]:
        """Level, state and county belong together."""
        given = super().clean() or {}
        is_district = given.get("state_fips") == DISTRICT_FIPS
        level = given.get("level")
        if level == GovernmentLevel.DISTRICT and not is_district:
            self.add_error("level", "Only the District of Columbia itself is a district.")
        if level == GovernmentLevel.STATE and is_district:
            self.add_error("level", "Choose “District of Columbia”.")
        if level == GovernmentLevel.COUNTY:
            self._check_county(given)
        return given

    def _check_county(self, given: dict[str, Any]) -> None:
        found = read_counties(given.get("county", ""), self.counties)
        if found.problems:
            self.add_error("county", found.problems[0])
        elif len(found.fips) != 1:
            self.add_error("county", "Enter the county whose government is asked.")
        elif next(iter(found.fips))[:2] != given.get("state_fips"):
            self.add_error("county", "This county lies in another state.")
        else:
            given["county_fips"] = next(iter(found.fips))

    def body(self) -> GovernmentBody:
        """Return what was typed, for the action."""
        given = self.cleaned_data
        return GovernmentBody(
            level=given["level"],
            body_name=given["body_name"],
            state_fips=given["state_fips"],
            contact=Contact(given["contact_name"], given["contact_email"]),
            county_fips=given.get("county_fips", ""),
        )
