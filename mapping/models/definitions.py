"""Cluster definitions: versioned sets of clusters, each a list of NAICS codes."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from mapping.rules.terms import ClusterKind
from trail.models import Case

KINDS = [(kind.value, kind.value) for kind in ClusterKind]


def append_only(name: str) -> pgtrigger.Protect:
    """Rows that later work pins by digest never change and never go."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


class DefinitionSet(models.Model):
    """One version of a sheet that puts industries into clusters."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    code = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=120)
    vintages = ArrayField(models.PositiveSmallIntegerField())
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    is_synthetic = models.BooleanField(default=False)

    class Meta:
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "version"],
                name="definition_set_version_once",
                violation_error_message="This version of the definition set exists.",
            ),
            models.UniqueConstraint(
                fields=["code", "digest"],
                name="definition_set_content_once",
                violation_error_message="This definition set is already loaded.",
            ),
        ]
        triggers = [append_only("definition_set_append_only")]

    def __str__(self) -> str:
        return f"{self.name} (version {self.version})"


class Cluster(models.Model):
    """A group of related industries within one definition set."""

    definition_set = models.ForeignKey(DefinitionSet, models.PROTECT, related_name="clusters")
    code = models.CharField(max_length=8)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=KINDS)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["definition_set", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["definition_set", "code"],
                name="cluster_once",
                violation_error_message="The set already has a cluster with this code.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in ClusterKind]),
                name="cluster_kind_known",
                violation_error_message="A cluster is traded, local or resource.",
            ),
        ]
        triggers = [append_only("cluster_append_only")]

    def __str__(self) -> str:
        return self.name


class ClusterIndustry(models.Model):
    """A NAICS code in a cluster; within a set every code lies in one cluster."""

    definition_set = models.ForeignKey(DefinitionSet, models.PROTECT, related_name="+")
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="industries")
    code = models.CharField(max_length=6)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["definition_set", "code"],
                name="cluster_industry_once",
                violation_error_message="This industry already lies in a cluster of the set.",
            ),
        ]
        triggers = [append_only("cluster_industry_append_only")]

    def __str__(self) -> str:
        return self.code
