"""What the API says of regions, clusters and measures."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from mapping.api.asking import TYPES
from mapping.models import Cluster, RegionTotal
from mapping.rules.terms import Band, ClusterKind, RegionType

SUB_TYPES = [name for name in TYPES if name != RegionType.COUNTY.value]


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


class FiguresSerializer(serializers.Serializer[Any]):
    """Jobs and location quotients with bounds, and classes."""

    employment = ReadingSerializer()
    establishments = serializers.IntegerField()
    payroll = serializers.IntegerField(help_text="Thousands of dollars a year.")
    lq = ReadingSerializer(
        help_text="Among clusters of the same kind: traded over traded, local over local."
    )
    lq_total = ReadingSerializer(help_text="Over all jobs.")
    share_of_region = serializers.FloatField()
    share_of_nation = serializers.FloatField()
    rank = serializers.IntegerField(
        allow_null=True, help_text="1 is the highest quotient among regions of the type with jobs."
    )
    percentile = serializers.FloatField(
        allow_null=True, help_text="Share of these regions with a lower quotient, 0 to 1."
    )
    growth = serializers.FloatField(
        allow_null=True, help_text="Yearly rate of employment since growth_from."
    )
    growth_from = serializers.IntegerField(allow_null=True)
    jobs_created = serializers.IntegerField(allow_null=True, help_text="Since growth_from.")
    wage = serializers.FloatField(
        allow_null=True,
        help_text="Payroll for each job and year, in dollars, over cells that publish both.",
    )
    wage_is_partial = serializers.BooleanField(
        allow_null=True,
        help_text="True: some cells publish only jobs or only pay. Null: it was not counted.",
    )
    classes = serializers.ListField(child=serializers.CharField())


class MeasureSerializer(FiguresSerializer):
    """One cluster in one region: jobs and location quotients with bounds, and classes."""

    region_type = serializers.ChoiceField(TYPES)
    region = serializers.CharField()
    cluster = serializers.CharField()


class SubMeasureSerializer(FiguresSerializer):
    """One sub-cluster in one region, measured on the base of its cluster."""

    region_type = serializers.ChoiceField(SUB_TYPES)
    region = serializers.CharField()
    cluster = serializers.CharField(help_text="The cluster that it is a part of.")
    sub_cluster = serializers.CharField()


class NearbySerializer(serializers.Serializer[Any]):
    """How the drawn outline's quotient stands among the outlines near it; published values."""

    nearby = serializers.IntegerField(help_text="How many outlines were compared.")
    below = serializers.IntegerField(help_text="How many of them have a lower quotient.")
    middle = serializers.FloatField(help_text="Their median.")
    best = serializers.FloatField()
    best_dropped = serializers.CharField(allow_blank=True, help_text="County left out in it.")
    best_added = serializers.CharField(allow_blank=True, help_text="County taken in.")
    best_area = serializers.CharField(allow_blank=True, help_text="Or: the economic area.")
    area = serializers.FloatField(
        allow_null=True, help_text="The economic area that holds most of the counties."
    )
    is_picked = serializers.BooleanField(
        help_text="True: hardly any outline nearby reaches the drawn one."
    )


class DrawnClusterSerializer(serializers.Serializer[Any]):
    """One cluster of a drawn region."""

    code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField([kind.value for kind in ClusterKind])
    employment = ReadingSerializer()
    establishments = serializers.IntegerField()
    payroll = serializers.IntegerField()
    lq = ReadingSerializer()
    lq_total = ReadingSerializer()
    share_of_region = serializers.FloatField()
    share_of_nation = serializers.FloatField()


class DrawnClusterNearbySerializer(DrawnClusterSerializer):
    """The same, with the outlines nearby."""

    nearby = NearbySerializer(allow_null=True, help_text="Null where no shapes are loaded.")


class DrawnYearSerializer(serializers.Serializer[Any]):
    """The drawn counties in one year."""

    year = serializers.IntegerField()
    basis = serializers.CharField()
    employment = serializers.IntegerField()
    traded_employment = serializers.IntegerField()
    establishments = serializers.IntegerField()
    payroll = serializers.IntegerField()
    band = serializers.ChoiceField([band.value for band in Band])
    clusters = DrawnClusterSerializer(many=True)


class DrawnRegionSerializer(DrawnYearSerializer):
    """A union of counties; it is stored nowhere and enters no pool."""

    fips = serializers.ListField(child=serializers.CharField())
    is_contiguous = serializers.BooleanField(
        allow_null=True, help_text="Whether all counties hang together; null without shapes."
    )
    pieces = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text="The counties by the pieces that hang together.",
    )
    has_swaps = serializers.BooleanField(
        help_text="False: too large, so that nearby outlines hold no swaps of two counties."
    )
    clusters = DrawnClusterNearbySerializer(many=True)
    years = DrawnYearSerializer(many=True, help_text="With years=all: every published year.")


class IndustryRowSerializer(serializers.Serializer[Any]):
    """An industry of the definition set, and where it lies."""

    code = serializers.CharField(help_text="Six-digit NAICS code.")
    title = serializers.CharField(allow_blank=True)
    cluster = serializers.CharField()
    sub_cluster = serializers.CharField(allow_blank=True)


class SubClusterSerializer(serializers.Serializer[Any]):
    """A part of a cluster."""

    code = serializers.CharField()
    name = serializers.CharField()
    cluster = serializers.CharField()


class SubClustersSerializer(serializers.Serializer[Any]):
    """All sub-clusters at once; a set may have none."""

    results = SubClusterSerializer(many=True)


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
