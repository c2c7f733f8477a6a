"""Definition sets and their clusters."""

from __future__ import annotations

from functools import lru_cache

from mapping.models import ClusterIndustry, DefinitionSet
from mapping.rules.definitions import ClusterEntry, Definition
from mapping.rules.terms import ClusterKind


def definition_set(code: str) -> DefinitionSet | None:
    """The newest version of a set; `code@2` names one."""
    name, _, version = code.partition("@")
    sets = DefinitionSet.objects.filter(code=name).order_by("-version")
    if version:
        sets = sets.filter(version=int(version) if version.isdigit() else 0)
    return sets.first()


@lru_cache(maxsize=8)
def _definition(definition_set_id: int, digest: str) -> Definition:
    del digest  # part of the key only: the rows never change, but tests reuse numbers
    owner = DefinitionSet.objects.get(pk=definition_set_id)
    clusters = tuple(
        ClusterEntry(cluster.code, cluster.name, ClusterKind(cluster.kind))
        for cluster in owner.clusters.order_by("position")
    )
    industries = ClusterIndustry.objects.filter(definition_set=owner).values_list(
        "code", "cluster__code"
    )
    return Definition(clusters, dict(industries))


def definition_of(owner: DefinitionSet) -> Definition:
    """The set as the measures need it."""
    return _definition(owner.pk, owner.digest)
