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
            # Sub-clusters have one, so that no code of one can be the code of the other.
            models.CheckConstraint(
                condition=~Q(code__contains="."),
                name="cluster_code_without_point",
                violation_error_message="A cluster code has no point; sub-clusters have one.",
            ),
        ]
        triggers = [append_only("cluster_append_only")]

    def __str__(self) -> str:
        return self.name


class SubCluster(models.Model):
    """A part of a cluster, for those who want to look closer; sets may have none."""

    definition_set = models.ForeignKey(DefinitionSet, models.PROTECT, related_name="+")
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="sub_clusters")
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["definition_set", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["definition_set", "code"],
                name="sub_cluster_once",
                violation_error_message="The set already has a sub-cluster with this code.",
            ),
        ]
        triggers = [
            append_only("sub_cluster_append_only"),
            pgtrigger.Trigger(
                name="sub_cluster_of_its_cluster",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM mapping_cluster owner
                        WHERE owner.id = NEW.cluster_id
                            AND owner.definition_set_id = NEW.definition_set_id
                            AND starts_with(NEW.code, owner.code || '.')
                            AND length(NEW.code) > length(owner.code) + 1
                    ) THEN
                        RAISE EXCEPTION 'pgtrigger: a sub-cluster bears the code of its cluster';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ClusterIndustry(models.Model):
    """A NAICS code in a cluster; within a set every code lies in one cluster."""

    definition_set = models.ForeignKey(DefinitionSet, models.PROTECT, related_name="+")
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="industries")
    sub_cluster = models.ForeignKey(
        SubCluster, models.PROTECT, related_name="industries", null=True
    )
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
        triggers = [
            append_only("cluster_industry_append_only"),
            pgtrigger.Trigger(
                name="cluster_industry_in_part_of_its_cluster",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.sub_cluster_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM mapping_subcluster part
                        WHERE part.id = NEW.sub_cluster_id AND part.cluster_id = NEW.cluster_id
                    ) THEN
                        RAISE EXCEPTION 'pgtrigger: the sub-cluster is part of another cluster';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.code
