"""Definition sets and their clusters."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from mapping.models import ClusterIndustry, DefinitionSet, Release, SubCluster
from mapping.queries.blocks import nation_block
from mapping.rules.blocks import unpack
from mapping.rules.definitions import ClusterEntry, Definition, SubClusterEntry
from mapping.rules.panel import TOTAL_CODE
from mapping.rules.terms import NATION_CODE, ClusterKind

LEAF_DIGITS = 6


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
    rows = ClusterIndustry.objects.filter(definition_set=owner).values_list(
        "code", "cluster__code", "sub_cluster__code"
    )
    return Definition(
        clusters,
        {code: cluster for code, cluster, _ in rows},
        sub_clusters_of(owner),
        {code: part for code, _, part in rows if part},
    )


def sub_clusters_of(owner: DefinitionSet) -> tuple[SubClusterEntry, ...]:
    """The set's sub-clusters in their order; none where its sheet has none."""
    parts = SubCluster.objects.filter(definition_set=owner).order_by("position")
    return tuple(
        SubClusterEntry(code, name, cluster_code)
        for code, name, cluster_code in parts.values_list("code", "name", "cluster__code")
    )


def definition_of(owner: DefinitionSet) -> Definition:
    """The set as the measures need it."""
    return _definition(owner.pk, owner.digest)


@dataclass(frozen=True, slots=True)
class JobsShare:
    """Part of a release's published jobs."""

    share: float
    release: str


def jobs_share(codes: Collection[str], vintage: int) -> JobsShare | None:
    """What part of the nation's published jobs some codes hold in the newest release.

    None where no release of this vintage is loaded, or it shows no jobs. Real data go before the
    sample.
    """
    release = (
        Release.objects.filter(naics_vintage=vintage, digits=LEAF_DIGITS)
        .order_by("is_synthetic", "-year", "unit", "-loaded_at")
        .first()
    )
    if release is None:
        return None
    cells = unpack(nation_block(release).by_region[NATION_CODE])
    asked = set(codes)
    is_leaf = np.array([code != TOTAL_CODE for code in release.codes], dtype=bool)
    is_asked = np.array([code in asked for code in release.codes], dtype=bool)
    everything = int(cells["employment"][is_leaf[cells["code"]]].sum())
    if not everything:
        return None
    found = int(cells["employment"][is_asked[cells["code"]]].sum())
    return JobsShare(found / everything, str(release))
