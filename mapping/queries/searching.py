"""Regions, clusters and industries of the figures in force, as search finds them."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.queries.matching import by_words
from mapping.models import Basis, Cluster, Industry, RegionTotal
from mapping.queries.pages_finding import findings
from mapping.rules.terms import RegionType


def regions_like(basis: Basis, text: str) -> QuerySet[RegionTotal]:
    """Return regions by name, or by their code."""
    rows = RegionTotal.objects.filter(basis=basis).exclude(region_type=RegionType.NATION.value)
    if text.isdigit():
        return rows.filter(region_code=text).order_by("region_type", "pk")
    return by_words(rows, text, "name")


def clusters_like(basis: Basis, text: str) -> QuerySet[Cluster]:
    """Return clusters of the definitions in force by name."""
    rows = Cluster.objects.filter(definition_set=basis.definition_set_id)
    return by_words(rows, text, "name")


def industries_like(basis: Basis, text: str) -> list[tuple[str, str, str]]:
    """Return industries by title or code: (code, title, cluster code or an empty text)."""
    if basis.release.is_synthetic:
        found = findings(basis, text).industries
        return [(one.code, one.title, one.cluster.code if one.cluster else "") for one in found]
    rows = Industry.objects.filter(vintage=basis.release.naics_vintage, code__regex=r"^[0-9]{6}$")
    fits = (
        rows.filter(code__startswith=text).order_by("code")
        if text.isdigit()
        else by_words(rows, text, "title")
    )
    return [(code, title, "") for code, title in fits.values_list("code", "title")]
