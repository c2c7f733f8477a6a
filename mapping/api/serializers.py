"""What the API says of regions, clusters and measures."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from mapping.models import Cluster, Measure, RegionTotal


class ReadingSerializer(serializers.Serializer[Any]):
    """A figure with the least and the most that the published data allow."""

    low = serializers.FloatField()
    value = serializers.FloatField()
    high = serializers.FloatField()


class RegionSerializer(serializers.ModelSerializer[RegionTotal]):
    """A region with its published totals."""

    type = serializers.CharField(source="region_type")
    code = serializers.CharField(source="region_code", help_text="FIPS, area or CBSA code.")
    coverage = serializers.FloatField(help_text="Share of the published total shown in cells.")

    class Meta:
        model = RegionTotal
        fields = [
            "type", "code", "name", "band", "employment", "traded", "local", "resource",
            "establishments", "payroll", "coverage",
        ]  # fmt: skip


class ClusterSerializer(serializers.ModelSerializer[Cluster]):
    """A cluster of the definition set in force."""

    class Meta:
        model = Cluster
        fields = ["code", "name", "kind"]


class ClustersSerializer(serializers.Serializer[Any]):
    """All clusters at once; there are never many."""

    results = ClusterSerializer(many=True)


class IndustrySerializer(serializers.Serializer[Any]):
    """An industry of a cluster."""

    code = serializers.CharField(help_text="Six-digit NAICS code.")
    title = serializers.CharField()


class ClusterDetailSerializer(serializers.Serializer[Any]):
    """A cluster with its national jobs and its industries."""

    code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField()
    national_employment = serializers.IntegerField()
    industries = IndustrySerializer(many=True)


class MeasureSerializer(serializers.ModelSerializer[Measure]):
    """One cluster in one region: jobs and location quotients with bounds, and classes."""

    region_type = serializers.CharField()
    region = serializers.CharField(source="region_code")
    cluster = serializers.CharField(source="cluster_code")
    employment = serializers.SerializerMethodField()
    lq = serializers.SerializerMethodField(
        help_text="Among clusters of the same kind: traded over traded, local over local."
    )
    lq_total = serializers.SerializerMethodField(help_text="Over all jobs.")

    class Meta:
        model = Measure
        fields = [
            "region_type", "region", "cluster", "employment", "establishments", "payroll",
            "lq", "lq_total", "share_of_region", "share_of_nation", "classes",
        ]  # fmt: skip

    def get_employment(self, row: Measure) -> dict[str, float]:
        """Jobs with bounds."""
        return _reading(row, "employment")

    def get_lq(self, row: Measure) -> dict[str, float]:
        """Location quotient on the cluster's own base, with bounds."""
        return _reading(row, "lq")

    def get_lq_total(self, row: Measure) -> dict[str, float]:
        """Location quotient over all jobs, with bounds."""
        return _reading(row, "lq_total")


def _reading(row: object, name: str) -> dict[str, float]:
    return {
        "low": getattr(row, f"{name}_low"),
        "value": getattr(row, name),
        "high": getattr(row, f"{name}_high"),
    }


class DrawnClusterSerializer(serializers.Serializer[Any]):
    """One cluster of a drawn region."""

    code = serializers.CharField(source="cluster.code")
    name = serializers.CharField(source="cluster.name")
    employment = serializers.SerializerMethodField()
    establishments = serializers.IntegerField()
    payroll = serializers.IntegerField()
    lq = serializers.SerializerMethodField()
    lq_total = serializers.SerializerMethodField()
    share_of_region = serializers.FloatField()
    share_of_nation = serializers.FloatField()

    def get_employment(self, row: object) -> dict[str, float]:
        """Jobs with bounds."""
        return _reading(row, "employment")

    def get_lq(self, row: object) -> dict[str, float]:
        """Location quotient on the cluster's own base, with bounds."""
        return _reading(row, "lq")

    def get_lq_total(self, row: object) -> dict[str, float]:
        """Location quotient over all jobs, with bounds."""
        return _reading(row, "lq_total")


class DrawnRegionSerializer(serializers.Serializer[Any]):
    """A union of counties; it is stored nowhere and enters no pool."""

    fips = serializers.ListField(child=serializers.CharField())
    employment = serializers.IntegerField()
    traded_employment = serializers.IntegerField()
    establishments = serializers.IntegerField()
    payroll = serializers.IntegerField()
    band = serializers.CharField()
    clusters = DrawnClusterSerializer(many=True)


class MetaSerializer(serializers.Serializer[Any]):
    """What every figure of the API rests on."""

    basis = serializers.CharField(help_text="Public name of the set of measures in force.")
    digest = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment] # DRF's metaclass takes it out
    year = serializers.IntegerField()
    naics_vintage = serializers.IntegerField()
    definition_set = serializers.CharField()
    geography = serializers.CharField()
    imputation = serializers.CharField()
    class_rules = serializers.ListField(child=serializers.CharField())
    suppression = serializers.CharField()
    is_synthetic = serializers.BooleanField(help_text="True: invented figures, not statistics.")
    region_types = serializers.ListField(child=serializers.CharField())
