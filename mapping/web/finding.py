"""Find a county, region, cluster or industry."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.gates import public
from mapping.queries.pages_basis import basis_in_force
from mapping.queries.pages_finding import findings
from mapping.rules.terms import RegionType
from mapping.web.pieces import REGION_NOUNS, about_basis, without_data


@public
def find(request: HttpRequest) -> HttpResponse:
    """Answer a search with regions, clusters and industries."""
    basis = basis_in_force()
    if basis is None:
        return without_data(request)
    found = findings(basis, request.GET.get("q", ""))
    regions = [
        {"found": item, "noun": REGION_NOUNS[RegionType(item.region.region_type)]}
        for item in found.regions
    ]
    context = {"found": found, "regions": regions, **about_basis(basis)}
    return render(request, "mapping/finding/find.html", context)
