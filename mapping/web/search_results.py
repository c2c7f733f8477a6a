"""Places, clusters and industries as search shows them: public, from the figures in force."""

from __future__ import annotations

from django.urls import reverse

from accounts.searching import NOTHING, Hit, Hits, Kind, Question
from mapping.models import Basis, ClusterIndustry
from mapping.queries.pages_basis import basis_in_force
from mapping.queries.pages_finding import strengths_of
from mapping.queries.searching import clusters_like, industries_like, regions_like
from mapping.rules.terms import RegionType
from mapping.web.pieces import REGION_NOUNS


def find_places(question: Question) -> Hits:
    """Answer with regions, each with the clusters in which it stands out."""
    basis = basis_in_force()
    if basis is None:
        return NOTHING
    found = regions_like(basis, question.text)
    part = list(found[question.first : question.first + question.count])
    strong = strengths_of(basis, part)
    hits = []
    for row in part:
        names = [one.name for one in strong.get((row.region_type, row.region_code), [])]
        detail = f"{REGION_NOUNS[RegionType(row.region_type)].capitalize()}"
        detail += f" · {row.employment:,} published jobs"
        if names:
            detail += f" · stands out in {', '.join(names)}"
        url = reverse("mapping:region", args=[row.region_type, row.region_code])
        hits.append(Hit(row.name, url, detail))
    return Hits(found.count(), tuple(hits))


def find_clusters(question: Question) -> Hits:
    """Answer with clusters."""
    basis = basis_in_force()
    if basis is None:
        return NOTHING
    found = clusters_like(basis, question.text)
    part = found[question.first : question.first + question.count]
    return Hits(
        found.count(),
        tuple(
            Hit(row.name, reverse("mapping:cluster", args=[row.code]), row.get_kind_display())
            for row in part
        ),
    )


def find_industries(question: Question) -> Hits:
    """Answer with industries, leading to the cluster that each lies in."""
    basis = basis_in_force()
    if basis is None:
        return NOTHING
    found = industries_like(basis, question.text)
    part = found[question.first : question.first + question.count]
    cluster_of = _clusters(basis, [code for code, _, _ in part])
    return Hits(len(found), tuple(_industry(row, cluster_of) for row in part))


def _clusters(basis: Basis, codes: list[str]) -> dict[str, tuple[str, str]]:
    rows = ClusterIndustry.objects.filter(
        definition_set=basis.definition_set_id, code__in=codes
    ).values_list("code", "cluster__code", "cluster__name")
    return {code: (cluster, name) for code, cluster, name in rows}


def _industry(row: tuple[str, str, str], cluster_of: dict[str, tuple[str, str]]) -> Hit:
    code, title, _ = row
    cluster, name = cluster_of.get(code, ("", ""))
    if cluster:
        return Hit(f"{code} {title}", reverse("mapping:cluster", args=[cluster]), f"Part of {name}")
    return Hit(f"{code} {title}", reverse("mapping:methodology"), "In no cluster of the set in use")


KINDS = (
    Kind("places", "Places", "place", 10, find_places),
    Kind("clusters", "Clusters", "cluster", 30, find_clusters),
    Kind("industries", "Industries", "industry", 40, find_industries),
)
