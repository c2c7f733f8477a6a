"""Answers to "your county or industry": regions with their strongest clusters, clusters, codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from mapping.models import Basis, Cluster, ClusterIndustry, Industry, Measure, RegionTotal
from mapping.rules.terms import ClusterKind, RegionType
from mapping.sample.industries import starter_industries

MOST_REGIONS, MOST_CLUSTERS, MOST_INDUSTRIES = 12, 8, 12
WITH_CLUSTERS = 6
STRONGEST = 3
ENOUGH_JOBS = 100
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Strength:
    """One cluster in which a found region stands out."""

    code: str
    name: str
    lq: float
    jobs: int


@dataclass(frozen=True, slots=True)
class FoundRegion:
    """A region whose name or code fits, with the clusters in which it stands out."""

    region: RegionTotal
    strengths: Sequence[Strength]


@dataclass(frozen=True, slots=True)
class FoundIndustry:
    """An industry whose title or code fits, and the cluster it lies in, if any."""

    code: str
    title: str
    cluster: Cluster | None


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that fits a search."""

    text: str
    regions: Sequence[FoundRegion] = ()
    clusters: Sequence[Cluster] = ()
    industries: Sequence[FoundIndustry] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing fits."""
        return not (self.regions or self.clusters or self.industries)


def findings(basis: Basis, text: str) -> Findings:
    """Return what fits a name or code of a region, cluster or industry as people type it."""
    asked = " ".join(text.split())[:80]
    if len(asked) < SHORTEST:
        return Findings(asked)
    return Findings(
        asked, _regions(basis, asked), _clusters(basis, asked), _industries(basis, asked)
    )


def _all_words(field: str, asked: str) -> Q:
    fits = Q()
    for word in asked.replace(",", " ").split():
        fits &= Q(**{f"{field}__icontains": word})
    return fits


def _regions(basis: Basis, asked: str) -> list[FoundRegion]:
    rows = RegionTotal.objects.filter(basis=basis).exclude(region_type=RegionType.NATION.value)
    fits = Q(region_code=asked) if asked.isdigit() else _all_words("name", asked)
    found = list(
        rows.filter(fits)
        .annotate(
            starts=Case(
                When(name__istartswith=asked, then=Value(0)),
                default=Value(1),
                output_field=IntegerField(),
            )
        )
        .order_by("starts", Length("name"), "-employment")[:MOST_REGIONS]
    )
    strengths = strengths_of(basis, found[:WITH_CLUSTERS])
    return [
        FoundRegion(row, strengths.get((row.region_type, row.region_code), [])) for row in found
    ]


def strengths_of(
    basis: Basis, regions: Sequence[RegionTotal]
) -> dict[tuple[str, str], list[Strength]]:
    """Return the clusters in which each region stands out, by (type, code)."""
    if not regions:
        return {}
    names = {
        cluster.code: cluster.name
        for cluster in Cluster.objects.filter(definition_set=basis.definition_set_id).exclude(
            kind=ClusterKind.LOCAL.value
        )
    }
    where = Q()
    for region in regions:
        where |= Q(region_type=region.region_type, region_code=region.region_code)
    strongest: dict[tuple[str, str], list[Strength]] = {}
    rows = Measure.objects.filter(where, basis=basis, employment__gte=ENOUGH_JOBS, lq__gt=1)
    for row in rows.filter(cluster_code__in=names).order_by("-lq"):
        best = strongest.setdefault((row.region_type, row.region_code), [])
        if len(best) < STRONGEST:
            name = names[row.cluster_code]
            best.append(Strength(row.cluster_code, name, row.lq, row.employment))
    return strongest


def _clusters(basis: Basis, asked: str) -> list[Cluster]:
    rows = Cluster.objects.filter(definition_set=basis.definition_set_id)
    return list(rows.filter(_all_words("name", asked)).order_by("position")[:MOST_CLUSTERS])


def _industries(basis: Basis, asked: str) -> list[FoundIndustry]:
    in_clusters: QuerySet[ClusterIndustry] = ClusterIndustry.objects.filter(
        definition_set=basis.definition_set_id
    ).select_related("cluster")
    titles = _titles(basis, asked)
    cluster_of = {row.code: row.cluster for row in in_clusters.filter(code__in=titles)}
    found = [FoundIndustry(code, title, cluster_of.get(code)) for code, title in titles.items()]
    return sorted(found, key=lambda industry: industry.cluster is None)[:MOST_INDUSTRIES]


def _titles(basis: Basis, asked: str) -> dict[str, str]:
    if basis.release.is_synthetic:
        words = asked.lower().split()
        return {
            industry.code: industry.title
            for industry in starter_industries()
            if industry.code.startswith(asked) or all(w in industry.title.lower() for w in words)
        }
    fits = Q(code__startswith=asked) if asked.isdigit() else _all_words("title", asked)
    rows = Industry.objects.filter(
        fits, vintage=basis.release.naics_vintage, code__regex=r"^\d{6}$"
    )
    return dict(rows.order_by("code").values_list("code", "title")[: MOST_INDUSTRIES * 4])
