"""A cluster definition as the measures need it: which code lies in which cluster."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mapping.rules.terms import Base, ClusterKind, base_of


@dataclass(frozen=True, slots=True)
class ClusterEntry:
    """One cluster of a definition set."""

    code: str
    name: str
    kind: ClusterKind

    @property
    def base(self) -> Base:
        """The base over which its quotient is taken."""
        return base_of(self.kind)


@dataclass(frozen=True, slots=True)
class SubClusterEntry:
    """A part of a cluster; its code is the cluster's, a point and its own (`T01.2`)."""

    code: str
    name: str
    cluster_code: str


@dataclass(frozen=True, slots=True)
class Definition:
    """Clusters in the sheet's order and the cluster code of every industry.

    `sub_clusters` and `sub_cluster_of` are empty where the sheet has no sub-clusters; where it has
    them, a code may still lie in none.
    """

    clusters: tuple[ClusterEntry, ...]
    cluster_of: Mapping[str, str]
    sub_clusters: tuple[SubClusterEntry, ...] = ()
    sub_cluster_of: Mapping[str, str] = field(default_factory=dict)

    def position(self, cluster_code: str) -> int:
        """Index of a cluster; raises KeyError for an unknown code."""
        for index, cluster in enumerate(self.clusters):
            if cluster.code == cluster_code:
                return index
        raise KeyError(cluster_code)

    def codes_of_kind(self, kind: ClusterKind) -> frozenset[str]:
        """All industries of traded (local, resource) clusters."""
        wanted = {cluster.code for cluster in self.clusters if cluster.kind is kind}
        return frozenset(code for code, cluster in self.cluster_of.items() if cluster in wanted)


def definition_digest(
    clusters: Sequence[ClusterEntry],
    industries: Iterable[tuple[str, str]],
    sub_clusters: Sequence[SubClusterEntry] = (),
    sub_industries: Iterable[tuple[str, str]] = (),
) -> str:
    """SHA-256 over clusters in order and (industry, cluster) pairs sorted.

    Sub-clusters and their pairs follow where there are any: a set without them keeps the digest
    that determinations have pinned.
    """
    total = hashlib.sha256()
    for cluster in clusters:
        total.update(f"{cluster.code}|{cluster.name}|{cluster.kind.value}\n".encode())
    for code, cluster_code in sorted(industries):
        total.update(f"{code}>{cluster_code}\n".encode())
    for part in sub_clusters:
        total.update(f"{part.cluster_code}/{part.code}|{part.name}\n".encode())
    for code, sub_code in sorted(sub_industries):
        total.update(f"{code}>>{sub_code}\n".encode())
    return total.hexdigest()
