"""What assignment needs to know once per release and definition, whatever the region."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapping.rules.definitions import Definition
from mapping.rules.grouping import Bools, Grouping, Ints
from mapping.rules.open_cells import Reading
from mapping.rules.terms import Base, ClusterKind

Floats = NDArray[np.float64]
NO_PLACE = -1


@dataclass(frozen=True, slots=True)
class Plan:
    """Codes by clusters by parents, as index arrays.

    A *pair* is a (cluster, parent) that share at least one code; every code lies in at most one.

    Attributes:
        by_cluster: Groups the codes by cluster.
        by_parent: Groups the codes by parent.
        by_pair: Groups the codes by pair.
        pairs_by_cluster: Groups the pairs by cluster.
        base_by_parent: For each kind's base, groups its codes by parent.
        pair_parent: Position of each pair's parent.
        in_base: Codes of each kind's base (traded, local).
        base_of_cluster: The base each cluster is measured on.
        absent_size: Most jobs read into a parent that is absent from a whole region.
        shared: Parents by clusters: 1 where they share a code.
        beside: Parents by clusters: 1 where the parent has codes of the base outside the cluster.
        reading: How residuals are read.
    """

    definition: Definition
    codes: tuple[str, ...]
    parent_codes: tuple[str, ...]
    by_cluster: Grouping
    by_parent: Grouping
    by_pair: Grouping
    pairs_by_cluster: Grouping
    base_by_parent: dict[Base, Grouping]
    pair_parent: Ints
    in_base: dict[Base, Bools]
    base_of_cluster: tuple[Base, ...]
    absent_size: Ints
    shared: Ints
    beside: Ints
    reading: Reading


def make_plan(
    definition: Definition,
    codes: Sequence[str],
    parent_codes: Sequence[str] | None,
    absent_size: Ints,
    reading: Reading | None = None,
) -> Plan:
    """Lay out codes, clusters and parents.

    Args:
        definition: The clusters.
        codes: Six-digit codes of the panel.
        parent_codes: Four-digit codes of the totals; None makes every code its own parent.
        absent_size: Per parent, the most jobs of a parent that a region's files do not show.
        reading: How residuals are read; by the newest engine where not said.
    """
    clusters = {cluster.code: i for i, cluster in enumerate(definition.clusters)}
    cluster_of = np.array(
        [clusters.get(definition.cluster_of.get(code, ""), NO_PLACE) for code in codes],
        dtype=np.int64,
    )
    parents = tuple(codes) if parent_codes is None else tuple(parent_codes)
    parent_of = _parents_of(codes, parents)
    pair_of, pair_cluster, pair_parent = _pairs(cluster_of, parent_of)
    bases = tuple(cluster.base for cluster in definition.clusters)
    in_base = {base: _codes_in(definition, codes, base) for base in (Base.TRADED, Base.LOCAL)}
    shared = np.zeros((len(parents), len(clusters)), dtype=np.int64)
    shared[pair_parent, pair_cluster] = 1
    return Plan(
        definition=definition,
        codes=tuple(codes),
        parent_codes=parents,
        by_cluster=Grouping.by(cluster_of, len(clusters)),
        by_parent=Grouping.by(parent_of, len(parents)),
        by_pair=Grouping.by(pair_of, len(pair_parent)),
        pairs_by_cluster=Grouping.by(pair_cluster, len(clusters)),
        base_by_parent={
            base: Grouping.by(np.where(mask, parent_of, NO_PLACE), len(parents))
            for base, mask in in_base.items()
        },
        pair_parent=pair_parent,
        in_base=in_base,
        base_of_cluster=bases,
        absent_size=absent_size,
        shared=shared,
        beside=_beside(cluster_of, parent_of, in_base, bases, len(parents)),
        reading=reading or Reading(),
    )


def _parents_of(codes: Sequence[str], parents: tuple[str, ...]) -> Ints:
    index = {code: i for i, code in enumerate(parents)}
    return np.array(
        [index.get(code, index.get(code[:4], NO_PLACE)) for code in codes], dtype=np.int64
    )


def _codes_in(definition: Definition, codes: Sequence[str], base: Base) -> Bools:
    wanted = definition.codes_of_kind(ClusterKind(base.value))
    return np.array([code in wanted for code in codes], dtype=bool)


def _pairs(cluster_of: Ints, parent_of: Ints) -> tuple[Ints, Ints, Ints]:
    index: dict[tuple[int, int], int] = {}
    pair_of = np.full(len(cluster_of), NO_PLACE, dtype=np.int64)
    for code, key in enumerate(zip(cluster_of.tolist(), parent_of.tolist(), strict=True)):
        if NO_PLACE not in key:
            pair_of[code] = index.setdefault(key, len(index))
    cluster = np.array([key[0] for key in index], dtype=np.int64)
    parent = np.array([key[1] for key in index], dtype=np.int64)
    return pair_of, cluster, parent


def _beside(
    cluster_of: Ints,
    parent_of: Ints,
    in_base: dict[Base, Bools],
    bases: tuple[Base, ...],
    parent_count: int,
) -> Ints:
    """Where a parent has codes of a cluster's base that lie in another cluster or in none."""
    has = np.zeros((parent_count, len(bases)), dtype=np.int64)
    for cluster, base in enumerate(bases):
        others = (cluster_of != cluster) & (parent_of >= 0)
        if base in in_base:
            others &= in_base[base]
        has[parent_of[others], cluster] = 1
    return has


def mean_size(employment: Ints, establishments: Ints) -> Ints:
    """National jobs per establishment by code, rounded up; zero where there is none."""
    counts = np.maximum(establishments, 1)
    sizes: Ints = np.where(establishments > 0, -(-employment // counts), 0)
    return sizes


def absent_size(employment: Ints, establishments: Ints, count: int) -> Ints:
    """Jobs of `count` establishments of the code's national mean size, rounded up."""
    counts = np.maximum(establishments, 1)
    sizes: Ints = np.where(establishments > 0, -(-employment * count // counts), 0)
    return sizes
