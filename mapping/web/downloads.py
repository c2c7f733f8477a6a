"""Download the data: every published set of measures and the cells behind it, and the API."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.gates import public
from mapping.queries.basis import published_bases
from mapping.queries.downloads import measure_counts, published_releases, sets_with_parts
from mapping.queries.pages_basis import basis_in_force, source_line
from mapping.web.pieces import about_basis, without_data

# Bytes of a line, as measured on the counties of 2021; sizes are said as "about".
MEASURE_LINE, CELL_LINE = 208, 26
DOORS = (
    ("api:meta", "What all figures rest on", ""),
    ("api:regions", "Regions, by type, state, band or name", "?type=ea&state=WA"),
    ("api:measures", "Every cluster in every region", "?type=ea&min_lq=1.5"),
    ("api:sub-measures", "Every part of a cluster in every region", "?type=ea&min_lq=1.5"),
    ("api:clusters", "The clusters of the definitions", "?kind=traded"),
    ("api:industries", "Industries, each with its cluster", "?q=glass"),
    ("api:sub-clusters", "Parts of clusters", ""),
    ("api:custom-region", "Any union of counties, every year", "?fips=53033,53053&years=all"),
    ("api:years", "Years that are published", ""),
    ("api:bases", "Published sets of measures", ""),
    ("api:releases", "The files behind them", ""),
    ("api:definition-sets", "Cluster definitions", ""),
)


@public
def data(request: HttpRequest) -> HttpResponse:
    """Lead to every file and every door of the API."""
    basis = basis_in_force()
    if basis is None:
        return without_data(request)
    counts, with_parts = measure_counts(), sets_with_parts()
    context: dict[str, Any] = {
        "sets": [
            {
                "basis": row,
                "source": source_line(row),
                "rows": counts.get(row.pk, 0),
                "bytes": counts.get(row.pk, 0) * MEASURE_LINE,
                "is_current": row.pk == basis.pk,
                "has_parts": row.definition_set_id in with_parts,
            }
            for row in published_bases()
        ],
        "releases": [
            {"release": row, "bytes": row.rows_kept * CELL_LINE} for row in published_releases()
        ],
        "doors": [
            {"address": reverse(route) + query, "words": words} for route, words, query in DOORS
        ],
        **about_basis(basis),
    }
    return render(request, "mapping/data/data.html", context)
