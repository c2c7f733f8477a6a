"""Where and what: the two questions of the public check."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row, Submit
from django import forms

from certification.queries.county_index import county_index
from certification.rules.county_list import read_counties
from kit.widgets import ComboBox
from mapping.models import Basis, Cluster, County, EconomicArea
from mapping.rules.terms import ClusterKind

KIND_WORDS = {
    ClusterKind.TRADED: "Clusters that sell beyond their region",
    ClusterKind.LOCAL: "Clusters that serve their own region",
    ClusterKind.RESOURCE: "Clusters tied to a natural resource",
}
MOST_COUNTIES = 200
MOST_SHOWN = 5


class RegionCheckForm(forms.Form):
    """A cluster, and an economic area or a list of counties."""

    cluster = forms.ChoiceField(label="Your cluster")
    area = forms.ChoiceField(
        label="Your economic area",
        required=False,
        widget=ComboBox,
        help_text="An economic area is a city with the counties around it that trade with it.",
    )
    counties = forms.CharField(
        label="Or list your counties",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=(
            "One name or code to a line, for example “Elkhart County, IN” or 18039. Counties of "
            "several states may form one region. If you list counties, we do not use the area."
        ),
    )

    def __init__(self, *args: Any, basis: Basis, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["cluster"].choices = [("", "Choose a cluster"), *_clusters(basis)]  # type: ignore[attr-defined]
        areas = EconomicArea.objects.order_by("name").values_list("code", "name")
        self.fields["area"].choices = [("", "Choose an area"), *areas]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Row(Column("cluster"), Column("area")),
            "counties",
            Submit("", "Check"),
        )

    def clean_counties(self) -> frozenset[str]:
        """Known counties, each once."""
        text: str = self.cleaned_data["counties"]
        if not text.strip():
            return frozenset()
        found = read_counties(text, county_index())
        if found.problems:
            raise forms.ValidationError(list(found.problems[:MOST_SHOWN]))
        if len(found.fips) > MOST_COUNTIES:
            raise forms.ValidationError(
                f"A region may have {MOST_COUNTIES} counties; you listed {len(found.fips)}."
            )
        return found.fips

    def clean(self) -> dict[str, Any]:
        """One of the two ways to say where."""
        cleaned = super().clean() or self.cleaned_data
        if "counties" in cleaned and not cleaned["counties"] and not cleaned.get("area"):
            self.add_error("area", "Choose an area, or list your counties.")
        return cleaned

    def fips(self) -> frozenset[str]:
        """The counties of the region asked about."""
        listed: frozenset[str] = self.cleaned_data["counties"]
        if listed:
            return listed
        area = County.objects.filter(economic_area_id=self.cleaned_data["area"])
        return frozenset(area.values_list("fips", flat=True))

    def region_name(self) -> str:
        """What to call the region in a sentence."""
        if not self.cleaned_data["counties"]:
            return str(EconomicArea.objects.get(code=self.cleaned_data["area"]).name)
        number = len(self.cleaned_data["counties"])
        if number == 1:
            return str(County.objects.get(fips=next(iter(self.cleaned_data["counties"]))).name)
        return f"your region of {number} counties"


def _clusters(basis: Basis) -> list[tuple[str, list[tuple[str, str]]]]:
    rows = Cluster.objects.filter(definition_set=basis.definition_set).order_by("name")
    return [
        (words, [(row.code, row.name) for row in rows if row.kind == kind.value])
        for kind, words in KIND_WORDS.items()
        if any(row.kind == kind.value for row in rows)
    ]
