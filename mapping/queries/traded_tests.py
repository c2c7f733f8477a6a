"""Porter's criteria over the stored measures of a Basis, beside the definition set's own flag."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mapping.models import Basis, Measure, RegionTotal
from mapping.rules.terms import ClusterKind, RegionType
from mapping.rules.traded_test import TradedCriteria, TradedTest, traded_test


@dataclass(frozen=True, slots=True)
class TestedCluster:
    """One cluster, what its set says of it, and what the data say."""

    code: str
    name: str
    kind: ClusterKind
    test: TradedTest

    @property
    def agrees(self) -> bool:
        """Whether both say the same."""
        return self.test.agrees_with(self.kind)


def traded_tests(
    basis: Basis, region_type: RegionType, criteria: TradedCriteria | None = None
) -> list[TestedCluster]:
    """Every cluster with jobs, in the sheet's order."""
    totals = dict(
        RegionTotal.objects.filter(basis=basis, region_type=region_type.value)
        .order_by("region_code")
        .values_list("region_code", "employment")
    )
    place = {code: row for row, code in enumerate(totals)}
    bases = np.array(list(totals.values()), dtype=np.int64)
    rows = Measure.objects.filter(basis=basis, region_type=region_type.value)
    jobs: dict[str, list[tuple[int, int]]] = {}
    for cluster_code, region, employment in rows.values_list(
        "cluster_code", "region_code", "employment"
    ):
        jobs.setdefault(cluster_code, []).append((place[region], employment))
    found = []
    for cluster in basis.definition_set.clusters.order_by("position"):
        own = np.zeros(len(bases), dtype=np.int64)
        for row, employment in jobs.get(cluster.code, []):
            own[row] = employment
        test = traded_test(own, bases, criteria)
        if test is not None:
            found.append(TestedCluster(cluster.code, cluster.name, ClusterKind(cluster.kind), test))
    return found
