"""Where and what: starting a group, or changing one."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Agency
from certification.forms.plain_text import LineField, TextField
from certification.forms.region_check import KIND_WORDS, MOST_COUNTIES
from certification.models import ClusterGroup
from certification.queries.county_index import county_index, county_names
from certification.rules.county_list import read_counties
from certification.rules.groups import RegionKind
from certification.rules.region_choice import ChosenCluster, ChosenRegion, GroupDraft
from mapping.models import Basis, Cluster, EconomicArea, State
from mapping.queries.regions import region_by_code
from mapping.rules.terms import RegionType

WAYS = (
    (RegionKind.ECONOMIC_AREA.value, "An economic area: a city with the counties around it"),
    (RegionKind.STATE.value, "A whole state"),
    (RegionKind.CUSTOM.value, "Counties that I list, in any states"),
)
TYPES = {
    RegionKind.ECONOMIC_AREA: RegionType.ECONOMIC_AREA,
    RegionKind.STATE: RegionType.STATE,
}
CODE_FIELDS = {RegionKind.ECONOMIC_AREA: "area", RegionKind.STATE: "state"}


class PlaceForm(forms.Form):
    """A cluster of the definition set in use, and a region."""

    cluster = forms.ChoiceField(label="Your cluster")
    region_kind = forms.ChoiceField(
        label="Your region",
        choices=WAYS,
        initial=RegionKind.ECONOMIC_AREA.value,
        widget=forms.RadioSelect,
    )
    area = forms.ChoiceField(label="Economic area", required=False)
    state = forms.ChoiceField(label="State", required=False)
    counties = TextField(
        label="Counties",
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One to a line, like “Lucas County, OH” or 39095.",
    )
    region_name = LineField(
        label="What do you call this region?",
        required=False,
        max_length=120,
        help_text="For listed counties only, for example “Lake Erie shore”.",
    )

    def __init__(self, *args: Any, basis: Basis, **kwargs: Any) -> None:  # noqa: ANN401 - Django's form arguments
        super().__init__(*args, **kwargs)
        self.basis = basis
        rows = list(Cluster.objects.filter(definition_set=basis.definition_set).order_by("name"))
        self.cluster_names = {row.code: row.name for row in rows}
        grouped = [
            (words, [(row.code, row.name) for row in rows if row.kind == kind.value])
            for kind, words in KIND_WORDS.items()
        ]
        chosen = [("", "Choose a cluster"), *[one for one in grouped if one[1]]]
        self._offer("cluster", chosen)
        areas = EconomicArea.objects.order_by("name").values_list("code", "name")
        self._offer("area", [("", "Choose an area"), *areas])
        states = State.objects.order_by("name").values_list("fips", "name")
        self._offer("state", [("", "Choose a state"), *states])
        # One of them is needed, depending on the answer above: not simply optional.
        for name in ("area", "state", "counties"):
            self.fields[name].is_conditional = True  # type: ignore[attr-defined]
        self.region: ChosenRegion | None = None

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Resolve the region to its counties."""
        given = super().clean() or {}
        try:
            kind = RegionKind(given.get("region_kind", ""))
        except ValueError:
            return given
        if kind is RegionKind.CUSTOM:
            self.region = self._listed(given)
        else:
            self.region = self._known(kind, given)
        return given

    def _known(self, kind: RegionKind, given: dict[str, Any]) -> ChosenRegion | None:
        name = CODE_FIELDS[kind]
        region = region_by_code(TYPES[kind], given.get(name) or "")
        if region is None:
            if name not in self.errors:
                self.add_error(name, "Choose one.")
            return None
        return ChosenRegion(kind, region.code, region.name, region.fips)

    def _listed(self, given: dict[str, Any]) -> ChosenRegion | None:
        found = read_counties(given.get("counties") or "", county_index())
        for problem in found.problems[:5]:
            self.add_error("counties", problem)
        if not found.fips and not found.problems:
            self.add_error("counties", "List at least one county.")
        if len(found.fips) > MOST_COUNTIES:
            message = f"A region may have {MOST_COUNTIES} counties; you listed {len(found.fips)}."
            self.add_error("counties", message)
        if "counties" in self.errors:
            return None
        name = given.get("region_name") or self._plain_name(found.fips)
        return ChosenRegion(RegionKind.CUSTOM, "", name, found.fips)

    def _plain_name(self, fips: frozenset[str]) -> str:
        if len(fips) == 1:
            return next(iter(county_names(fips).values()))
        return f"Region of {len(fips)} counties"

    def chosen_cluster(self) -> ChosenCluster:
        """Return the chosen cluster with the set that defines it."""
        code = self.cleaned_data["cluster"]
        return ChosenCluster(self.basis.definition_set.code, code, self.cluster_names[code])


class GroupForm(PlaceForm):
    """Everything that starting a group needs."""

    public_fields = frozenset({"name", "cluster", "region_kind", "region_name"})

    name = LineField(
        label="Name of the group", max_length=120, help_text="For example “Lake Erie Glass”."
    )
    purpose = TextField(
        label="What do you want to do together?",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A sentence or two, for those whom you invite.",
    )
    agency = forms.ModelChoiceField(
        label="Agency that decides", queryset=Agency.objects.order_by("kind", "name")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's form arguments
        super().__init__(*args, **kwargs)
        agencies = list(Agency.objects.order_by("kind", "name")[:2])
        if len(agencies) == 1 and not self.is_bound:
            self.initial.setdefault("agency", agencies[0].pk)

    def draft(self) -> GroupDraft:
        """Return what was typed, for the action."""
        if self.region is None:
            message = "only a valid form has a draft"
            raise ValueError(message)
        given = self.cleaned_data
        return GroupDraft(
            given["name"],
            given["purpose"],
            self.chosen_cluster(),
            self.region,
            given["agency"].pk,
        )


class NameForm(forms.Form):
    """What may change while an application is under way."""

    public_fields = frozenset({"name"})

    name = LineField(label="Name of the group", max_length=120)
    purpose = TextField(label="What do you want to do together?", max_length=1000, required=False)

    def draft_for(self, group: ClusterGroup) -> GroupDraft:
        """Return the group as it stands, with the new words."""
        fips = frozenset(group.counties.values_list("fips", flat=True))
        kind = RegionKind(group.region_kind)
        return GroupDraft(
            self.cleaned_data["name"],
            self.cleaned_data["purpose"],
            ChosenCluster(group.definition_set_code, group.cluster_code, group.cluster_name),
            ChosenRegion(kind, group.region_code, group.region_name, fips),
            group.agency_id,
        )


def initial_of(group: ClusterGroup) -> dict[str, Any]:
    """Return a group as the form shows it."""
    names = county_names(group.counties.values_list("fips", flat=True))
    is_listed = group.region_kind == RegionKind.CUSTOM
    return {
        "name": group.name,
        "purpose": group.purpose,
        "agency": group.agency_id,
        "cluster": group.cluster_code,
        "region_kind": group.region_kind,
        "area": group.region_code if group.region_kind == RegionKind.ECONOMIC_AREA else "",
        "state": group.region_code if group.region_kind == RegionKind.STATE else "",
        "counties": "\n".join(names.values()) if is_listed else "",
        "region_name": group.region_name if is_listed else "",
    }
