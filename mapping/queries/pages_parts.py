"""The parts (sub-clusters) of a cluster: their jobs in the nation, and where each stands out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mapping.models import Basis, Cluster, SubMeasure
from mapping.queries.figures import Reading, region_names
from mapping.rules.terms import NATION_CODE, RegionType

# A quotient is compared only where the part is more than a plant or two.
ENOUGH_JOBS = 250


@dataclass(frozen=True, slots=True)
class Leader:
    """The region in which a part is most specialized."""

    code: str
    name: str
    jobs: Reading
    lq: Reading


@dataclass(frozen=True, slots=True)
class Part:
    """One sub-cluster."""

    code: str
    name: str
    jobs: Reading | None
    leader: Leader | None
    industries: Sequence[tuple[str, str]]


def parts_of(
    basis: Basis,
    cluster: Cluster,
    region_type: RegionType,
    industries: Sequence[tuple[str, str]],
) -> list[Part]:
    """Return a cluster's parts in the order of its sheet; nothing where the sheet has none.

    Args:
        basis: Whose measures.
        cluster: The cluster.
        region_type: Among which regions the leader is sought.
        industries: The cluster's codes with their titles.
    """
    named = list(cluster.sub_clusters.order_by("position").values_list("code", "name"))
    if not named:
        return []
    codes = [code for code, _ in named]
    nation = _nation(basis, codes)
    leaders = _leaders(basis, codes, region_type)
    part_of = dict(cluster.industries.values_list("code", "sub_cluster__code"))
    return [
        Part(
            code=code,
            name=name,
            jobs=nation.get(code),
            leader=leaders.get(code),
            industries=[item for item in industries if part_of.get(item[0]) == code],
        )
        for code, name in named
    ]


def _nation(basis: Basis, codes: Sequence[str]) -> dict[str, Reading]:
    rows = SubMeasure.objects.filter(
        basis=basis, region_type=RegionType.NATION.value, region_code=NATION_CODE
    ).filter(cluster_code__in=codes)
    return {row.cluster_code: _jobs(row) for row in rows}


def _leaders(basis: Basis, codes: Sequence[str], region_type: RegionType) -> Mapping[str, Leader]:
    rows = SubMeasure.objects.filter(
        basis=basis, region_type=region_type.value, cluster_code__in=codes
    ).filter(employment__gte=ENOUGH_JOBS)
    first = rows.order_by("cluster_code", "-lq", "region_code").distinct("cluster_code")
    names = region_names(basis, region_type)
    return {
        row.cluster_code: Leader(
            code=row.region_code,
            name=names.get(row.region_code, row.region_code),
            jobs=_jobs(row),
            lq=Reading(row.lq_low, row.lq, row.lq_high),
        )
        for row in first
    }


def _jobs(row: SubMeasure) -> Reading:
    return Reading(row.employment_low, row.employment, row.employment_high)
