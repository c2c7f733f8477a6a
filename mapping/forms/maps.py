"""What to show on the national map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms

from mapping.models import Cluster
from mapping.queries.pages_data import DataChoice
from mapping.queries.pages_maps import MapChoice
from mapping.rules.map_classes import SCALES, MapMeasure, ReadingEnd
from mapping.rules.terms import ClusterKind, RegionType

REGION_TYPE_LABELS = {
    RegionType.ECONOMIC_AREA: "Economic areas",
    RegionType.STATE: "States",
    RegionType.COUNTY: "Counties",
    RegionType.CBSA: "Metropolitan and micropolitan areas",
}
KIND_LABELS = {
    ClusterKind.TRADED: "Traded: they sell far beyond the region",
    ClusterKind.LOCAL: "Local: they serve the region itself",
    ClusterKind.RESOURCE: "Resource: they are where nature put it",
}


class MapForm(forms.Form):
    """Cluster, regions and measure of a map; whatever is not said is the default."""

    cluster = forms.ChoiceField(label="Cluster")
    regions = forms.ChoiceField(label="Regions")
    measure = forms.ChoiceField(
        label="Measure",
        choices=[(scale.measure.value, scale.name) for scale in SCALES.values()],
    )
    reading = forms.ChoiceField(
        label="Withheld cells",
        choices=[
            (ReadingEnd.VALUE.value, "As the data publish them"),
            (ReadingEnd.LOW.value, "The least that can be there"),
            (ReadingEnd.HIGH.value, "The most that can be there"),
        ],
    )
    basis = forms.ChoiceField(label="Data")

    def __init__(
        self,
        asked: Mapping[str, str],
        *,
        clusters: Sequence[Cluster],
        region_types: Sequence[RegionType],
        data: Sequence[DataChoice],
        shown: str,
    ) -> None:
        defaults = {
            "cluster": first_traded(clusters).code,
            "regions": region_types[0].value,
            "measure": MapMeasure.LQ.value,
            "reading": ReadingEnd.VALUE.value,
            "basis": shown,
        }
        self.defaults = defaults
        super().__init__({name: asked.get(name) or value for name, value in defaults.items()})
        self.by_code = {cluster.code: cluster for cluster in clusters}
        self.region_types = region_types
        self._choices("cluster", cluster_choices(clusters))
        self._choices(
            "regions",
            [(region_type.value, REGION_TYPE_LABELS[region_type]) for region_type in region_types],
        )

        self._choices("basis", data_choices_by_set(data))
        if len(data) < 2:
            self.fields["basis"].widget = forms.HiddenInput()

    def _choices(self, name: str, choices: list[Any]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def choice(self) -> MapChoice:
        """Return what to draw: what was asked for where it is known, the defaults elsewhere."""
        self.full_clean()
        known = {**self.defaults, **{k: v for k, v in self.cleaned_data.items() if v}}
        return MapChoice(
            cluster=self.by_code[known["cluster"]],
            measure=MapMeasure(known["measure"]),
            region_type=RegionType(known["regions"]),
            end=ReadingEnd(known["reading"]),
        )


def data_choices_by_set(data: Sequence[DataChoice]) -> list[Any]:
    """Return the published data grouped by definition set, for a select."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in data:
        groups.setdefault(one.definitions, []).append((one.reference, one.label))
    return list(groups.items())


def first_traded(clusters: Sequence[Cluster]) -> Cluster:
    """Return the cluster that a map opens with: local ones look alike everywhere."""
    traded = (cluster for cluster in clusters if cluster.kind == ClusterKind.TRADED.value)
    return next(traded, clusters[0])


def cluster_choices(clusters: Sequence[Cluster]) -> list[Any]:
    """Return the clusters grouped by kind, for a select."""
    grouped = [
        (
            KIND_LABELS[kind],
            [(cluster.code, cluster.name) for cluster in clusters if cluster.kind == kind.value],
        )
        for kind in KIND_LABELS
    ]
    return [(label, members) for label, members in grouped if members]
