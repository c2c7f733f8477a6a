"""Sub-clusters as a definition of their own, so that everything measured of clusters holds of them.

Codes of a cluster that lie in none of its sub-clusters stay in the base: they form one nameless
rest per kind, which is measured with the others and never stored.
"""

from mapping.rules.definitions import ClusterEntry, Definition
from mapping.rules.terms import ClusterKind

REST = "~"


def sub_definition(definition: Definition) -> Definition:
    """The sub-clusters of a definition, each measured on the base of its cluster.

    >>> from mapping.rules.definitions import SubClusterEntry
    >>> whole = Definition(
    ...     (ClusterEntry("1", "Wood", ClusterKind.TRADED),),
    ...     {"321113": "1", "321211": "1"},
    ...     (SubClusterEntry("1.1", "Sawmills", "1"),),
    ...     {"321113": "1.1"},
    ... )
    >>> [entry.code for entry in sub_definition(whole).clusters]
    ['1.1', '~traded']
    """
    kinds = {cluster.code: cluster.kind for cluster in definition.clusters}
    parts = [
        ClusterEntry(part.code, part.name, kinds[part.cluster_code])
        for part in definition.sub_clusters
    ]
    rest = {kind: f"{REST}{kind.value}" for kind in ClusterKind if kind in kinds.values()}
    return Definition(
        clusters=(*parts, *(ClusterEntry(code, "", kind) for kind, code in rest.items())),
        cluster_of={
            code: definition.sub_cluster_of.get(code, rest[kinds[cluster]])
            for code, cluster in definition.cluster_of.items()
        },
    )


def is_rest(code: str) -> bool:
    """Whether a code names what no sub-cluster has."""
    return code.startswith(REST)
