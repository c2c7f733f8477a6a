"""Measures stored for queries: derived from release rows, written by COPY, one set per Basis."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from mapping.models.bases import Basis
from mapping.rules.terms import Band, RegionType
from mapping.rules.wages import Pay

REGION_TYPES = [(item.value, item.value) for item in RegionType]


class Figures(models.Model):
    """The columns of one cluster or sub-cluster in one region.

    `rest*` is the region's base without the cluster, so that every ratio can be re-made from
    integers. `*_certain` is the least that can be there: open residuals may prove more jobs than
    the published cells show, so it can exceed the value; `employment_low` never does. The `lq`
    trio is on the cluster's own base, the `lq_total` trio on all employment. County rows exist
    only where the file has a cell of the cluster.

    `reported` are jobs in published cells and `establishments_*` the bounds of establishments;
    both are empty on a Basis that engine 1 made. `wage_*` are jobs and payroll of the cells that
    publish both (rules/wages.py), empty on Bases made before they were counted. `rank` (1 is
    the highest quotient) and `percentile` (share of regions with a lower one) count the regions of
    the type that have jobs.
    `growth` is the yearly rate since `growth_from`, the year of the Basis's earlier release.
    """

    region_type = models.CharField(max_length=6, choices=REGION_TYPES)
    region_code = models.CharField(max_length=5)
    cluster_code = models.CharField(max_length=12)
    employment = models.BigIntegerField()
    employment_low = models.BigIntegerField()
    employment_certain = models.BigIntegerField()
    employment_high = models.BigIntegerField()
    rest = models.BigIntegerField()
    rest_certain = models.BigIntegerField()
    rest_high = models.BigIntegerField()
    reported = models.BigIntegerField(null=True)
    establishments = models.IntegerField()
    establishments_certain = models.IntegerField(null=True)
    establishments_high = models.IntegerField(null=True)
    payroll = models.BigIntegerField()
    wage_jobs = models.BigIntegerField(null=True)
    wage_payroll = models.BigIntegerField(null=True)
    share_of_region = models.FloatField()
    share_of_nation = models.FloatField()
    lq = models.FloatField()
    lq_low = models.FloatField()
    lq_high = models.FloatField()
    lq_total = models.FloatField()
    lq_total_low = models.FloatField()
    lq_total_high = models.FloatField()
    rank = models.IntegerField(null=True)
    percentile = models.FloatField(null=True)
    growth = models.FloatField(null=True)
    growth_from = models.PositiveSmallIntegerField(null=True)
    jobs_created = models.BigIntegerField(null=True)
    classes: ArrayField[Any, Any] = ArrayField(models.CharField(max_length=40))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.cluster_code} in {self.region_type} {self.region_code}"

    @property
    def pay(self) -> Pay:
        """What is published of its pay."""
        return Pay(self.payroll, self.reported, self.wage_jobs, self.wage_payroll)

    @property
    def wage(self) -> float | None:
        """Annual payroll per job of the cells that publish both, in USD; None without any."""
        return self.pay.wage


class Measure(Figures):
    """One cluster in one region on one Basis."""

    basis = models.ForeignKey(Basis, models.PROTECT, related_name="measures", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["basis", "region_type", "cluster_code", "region_code"],
                name="measure_once",
                violation_error_message="A cluster has one measure per region and Basis.",
            ),
            models.CheckConstraint(
                condition=Q(growth=None, jobs_created=None) | Q(growth_from__isnull=False),
                name="measure_growth_has_a_year",
                violation_error_message="Growth is stated with the year it is counted from.",
            ),
        ]
        indexes = [
            models.Index(fields=["basis", "region_type", "region_code"], name="measure_of_region"),
        ]


class SubMeasure(Figures):
    """One sub-cluster in one region on one Basis; the code is the sub-cluster's.

    A table of its own, so that no sum over clusters counts a job twice. Counties have none.
    """

    basis = models.ForeignKey(Basis, models.PROTECT, related_name="sub_measures", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["basis", "region_type", "cluster_code", "region_code"],
                name="sub_measure_once",
                violation_error_message="A sub-cluster has one measure per region and Basis.",
            ),
            models.CheckConstraint(
                condition=Q(growth=None, jobs_created=None) | Q(growth_from__isnull=False),
                name="sub_measure_growth_has_a_year",
                violation_error_message="Growth is stated with the year it is counted from.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["basis", "region_type", "region_code"], name="sub_measure_of_region"
            ),
        ]


class RegionTotal(models.Model):
    """All employment of one region on one Basis, by kind of cluster."""

    basis = models.ForeignKey(Basis, models.PROTECT, related_name="region_totals", db_index=False)
    region_type = models.CharField(max_length=6, choices=REGION_TYPES)
    region_code = models.CharField(max_length=5)
    name = models.CharField(max_length=120)
    employment = models.BigIntegerField()
    traded = models.BigIntegerField()
    local = models.BigIntegerField()
    resource = models.BigIntegerField()
    establishments = models.IntegerField()
    payroll = models.BigIntegerField()
    coverage = models.FloatField()
    band = models.CharField(max_length=6, choices=[(item.value, item.value) for item in Band])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["basis", "region_type", "region_code"],
                name="region_total_once",
                violation_error_message="A region has one total per Basis.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
