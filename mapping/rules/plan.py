"""What assignment needs to know once per release and definition, whatever the region."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapping.rules.definitions import Definition
from mapping.rules.panel import Bools, Ints
from mapping.rules.terms import Base, ClusterKind

Floats = NDArray[np.float64]
NO_PARENT = -1


@dataclass(frozen=True, slots=True)
class Plan:
    """Codes by clusters by parents, as index arrays.

    A *pair* is a (cluster, parent) that share at least one code; every code lies in at most one.

    Attributes:
        member: Codes by clusters, 0 or 1.
        parent_of: Position of each code's parent, or -1.
        pair_of: Position of each code's pair, or -1.
        absent_size: Most jobs read into a parent that is absent from a whole region.
        in_base: Codes of each kind's base (traded, local).
        base_of_cluster: The base each cluster is measured on.
    """

    definition: Definition
    codes: tuple[str, ...]
    parent_codes: tuple[str, ...]
    member: Floats
    parent_of: Ints
    pair_of: Ints
    pair_cluster: Ints
    pair_parent: Ints
    absent_size: Ints
    in_base: dict[Base, Bools]
    base_of_cluster: tuple[Base, ...]

    def parents_of_pairs(self) -> Floats:
        """Clusters by parents: 1 where they share a code."""
        shared = np.zeros((len(self.definition.clusters), len(self.parent_codes)))
        shared[self.pair_cluster, self.pair_parent] = 1
        return shared


def make_plan(
    definition: Definition,
    codes: Sequence[str],
    parent_codes: Sequence[str] | None,
    absent_size: Ints,
) -> Plan:
    """Lay out codes, clusters and parents.

    Args:
        definition: The clusters.
        codes: Six-digit codes of the panel.
        parent_codes: Four-digit codes of the totals; None makes every code its own parent.
        absent_size: Per parent, the most jobs of a parent that a region's files do not show.
    """
    cluster_index = {cluster.code: i for i, cluster in enumerate(definition.clusters)}
    column = np.array(
        [cluster_index.get(definition.cluster_of.get(code, ""), NO_PARENT) for code in codes],
        dtype=np.int64,
    )
    member = np.zeros((len(codes), len(definition.clusters)))
    known = np.flatnonzero(column >= 0)
    member[known, column[known]] = 1
    parents = tuple(codes) if parent_codes is None else tuple(parent_codes)
    parent_index = {code: i for i, code in enumerate(parents)}
    parent_of = np.array(
        [parent_index.get(code, parent_index.get(code[:4], NO_PARENT)) for code in codes],
        dtype=np.int64,
    )
    pair_of, pair_cluster, pair_parent = _pairs(column, parent_of)
    kinds = {base: definition.codes_of_kind(ClusterKind(base.value)) for base in _KIND_BASES}
    return Plan(
        definition=definition,
        codes=tuple(codes),
        parent_codes=parents,
        member=member,
        parent_of=parent_of,
        pair_of=pair_of,
        pair_cluster=pair_cluster,
        pair_parent=pair_parent,
        absent_size=absent_size,
        in_base={
            base: np.array([code in wanted for code in codes], dtype=bool)
            for base, wanted in kinds.items()
        },
        base_of_cluster=tuple(cluster.base for cluster in definition.clusters),
    )


_KIND_BASES = (Base.TRADED, Base.LOCAL)


def _pairs(column: Ints, parent_of: Ints) -> tuple[Ints, Ints, Ints]:
    index: dict[tuple[int, int], int] = {}
    pair_of = np.full(len(column), NO_PARENT, dtype=np.int64)
    for code, key in enumerate(zip(column.tolist(), parent_of.tolist(), strict=True)):
        if NO_PARENT not in key:
            pair_of[code] = index.setdefault(key, len(index))
    cluster = np.array([key[0] for key in index], dtype=np.int64)
    parent = np.array([key[1] for key in index], dtype=np.int64)
    return pair_of, cluster, parent


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
