"""What the pages of clusters show: the list with national jobs, one cluster with its industries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mapping.models import Basis, Cluster, ClusterIndustry, Industry
from mapping.queries.figures import Figure, clusters_of, figures_of_cluster, national_jobs
from mapping.rules.terms import ClusterKind, RegionType
from mapping.sample.industries import starter_industries

LEADING = 10
# A quotient is compared only where the cluster is more than a plant or two.
ENOUGH_JOBS = 250


@dataclass(frozen=True, slots=True)
class ListedCluster:
    """One cluster of the list."""

    cluster: Cluster
    jobs: int
    industries: int
    share_of_kind: float


@dataclass(frozen=True, slots=True)
class ClusterGroup:
    """All clusters of one kind."""

    kind: ClusterKind
    clusters: Sequence[ListedCluster]


@dataclass(frozen=True, slots=True)
class ClusterPage:
    """One cluster: where it is, and which industries it is made of."""

    cluster: Cluster
    jobs: int
    largest: Sequence[Figure]
    most_specialised: Sequence[Figure]
    industries: Sequence[tuple[str, str]]
    region_type: RegionType


def cluster_list(basis: Basis) -> list[ClusterGroup]:
    """Return all clusters by kind, with their national jobs."""
    jobs = national_jobs(basis)
    counts: dict[int, int] = {}
    rows = ClusterIndustry.objects.filter(definition_set=basis.definition_set_id)
    for cluster_id in rows.order_by().values_list("cluster_id", flat=True):
        counts[cluster_id] = counts.get(cluster_id, 0) + 1
    clusters = clusters_of(basis)
    groups = []
    for kind in ClusterKind:
        members = [cluster for cluster in clusters if cluster.kind == kind.value]
        largest = max((jobs.get(cluster.code, 0) for cluster in members), default=0) or 1
        listed = [
            ListedCluster(
                cluster,
                jobs.get(cluster.code, 0),
                counts.get(cluster.pk, 0),
                jobs.get(cluster.code, 0) / largest,
            )
            for cluster in members
        ]
        if listed:
            groups.append(ClusterGroup(kind, sorted(listed, key=lambda item: -item.jobs)))
    return groups


def cluster_by_code(basis: Basis, code: str) -> Cluster | None:
    """Return a cluster of the Basis's definition set, or None."""
    return Cluster.objects.filter(definition_set=basis.definition_set_id, code=code).first()


def cluster_page(basis: Basis, cluster: Cluster, region_type: RegionType) -> ClusterPage:
    """Gather one cluster's page."""
    _, figures = figures_of_cluster(basis, region_type, cluster.code)
    enough = [figure for figure in figures if figure.jobs.value >= ENOUGH_JOBS] or figures
    return ClusterPage(
        cluster=cluster,
        jobs=national_jobs(basis).get(cluster.code, 0),
        largest=sorted(figures, key=lambda figure: -figure.jobs.value)[:LEADING],
        most_specialised=sorted(enough, key=lambda figure: -figure.lq.value)[:LEADING],
        industries=industries_of(basis, cluster),
        region_type=region_type,
    )


def industries_of(basis: Basis, cluster: Cluster) -> list[tuple[str, str]]:
    """Return the cluster's codes that the release's vintage knows, with their titles.

    A sheet may carry codes of several vintages; a code without a title is of another one.
    """
    codes = list(cluster.industries.order_by("code").values_list("code", flat=True))
    titles = dict(
        Industry.objects.filter(vintage=basis.release.naics_vintage, code__in=codes).values_list(
            "code", "title"
        )
    )
    if basis.release.is_synthetic:
        titles |= {industry.code: industry.title for industry in starter_industries()}
    return [(code, titles[code]) for code in codes if code in titles]


def industry_titles(basis: Basis, words: str = "") -> dict[str, str]:
    """Return titles by code of the release's vintage (for the sample, of its own list)."""
    if basis.release.is_synthetic:
        found = {industry.code: industry.title for industry in starter_industries()}
        return {code: title for code, title in found.items() if words.lower() in title.lower()}
    rows = Industry.objects.filter(
        vintage=basis.release.naics_vintage, code__regex=r"^[0-9]{6}$", title__icontains=words
    )
    return dict(rows.values_list("code", "title"))
