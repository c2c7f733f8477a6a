"""A region's page: what it lives on, in which clusters it stands out, what lies around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.gzip import gzip_page

from accounts.gates import public
from mapping.models import Basis, Cluster, RegionTotal, ShapeSet
from mapping.queries.figures import Figure, clusters_of, figures_of_region, region_names
from mapping.queries.pages_data import ShownData, years_of_region
from mapping.queries.pages_maps import shape_set_of
from mapping.queries.pages_regions import (
    PlaceMap,
    RegionPage,
    draw_place,
    region_page,
    region_total,
)
from mapping.queries.pages_tables import figure_table, sort_of, sorted_figures
from mapping.rules.svg import composition_svg, range_svg
from mapping.rules.terms import RegionType
from mapping.web.pieces import REGION_NOUNS, about_data, addresses, asked_data, region_type_or_404
from mapping.web.rendered_maps import kept_map
from records.exports import ExportForm, downloads, export_response

TOP = 5
# Below this a high quotient says little: one plant makes it.
ENOUGH_JOBS = 100


@gzip_page
@public
def region(request: HttpRequest, region_type: str, code: str) -> HttpResponse:
    """Show one region."""
    data, total = _region_or_404(request, region_type, code)
    basis = data.basis
    shapes = shape_set_of(basis)
    page = region_page(basis, total, shapes)
    clusters = {cluster.code: cluster for cluster in clusters_of(basis)}
    sort = sort_of(request.GET.get("sort", ""), "-lq")
    rows: list[dict[str, Any]] = [
        {
            "figure": figure,
            "cluster": clusters[figure.cluster],
            "range": _range(figure.lq.low, figure.lq.value, figure.lq.high),
            "is_unsure": figure.is_open,
        }
        for figure in sorted_figures(page.figures, sort)
    ]
    by_quotient = sorted(rows, key=lambda row: -row["figure"].lq.value)
    traded = [row for row in by_quotient if row["cluster"].kind != "local"]
    top = [row for row in traded if _stands_out(row["figure"])][:TOP]
    context = {
        "page": page,
        "region": total,
        "noun": REGION_NOUNS[page.region_type],
        "rows": rows,
        "top": top,
        **_years(basis, total, [row["cluster"] for row in top]),
        "sort": sort,
        "map": SafeString(_place_map(data, page, shapes)),
        **_composition(page),
        "downloads": downloads("mapping:region-table", region_type, code, query=data.query),
        **about_data(data),
    }
    return render(request, "mapping/regions/region.html", context)


@public
def region_table(
    request: HttpRequest,
    region_type: str,
    code: str,
    form: ExportForm,
) -> HttpResponseBase:
    """Download every cluster's figures in one region."""
    data, total = _region_or_404(request, region_type, code)
    basis = data.basis
    stem, figures = f"{region_type}-{code}-{basis.year}", figures_of_region(basis, total)
    return export_response(figure_table(stem, f"Clusters of {total.name}", figures, basis), form)


def _region_or_404(
    request: HttpRequest, region_type: str, code: str
) -> tuple[ShownData, RegionTotal]:
    kind = region_type_or_404(region_type)
    data = asked_data(request)
    total = region_total(data.basis, kind, code) if data else None
    if data is None or total is None:
        raise Http404
    return data, total


def _stands_out(figure: Figure) -> bool:
    return figure.lq.value > 1 and figure.jobs.value >= ENOUGH_JOBS


def _range(low: float, value: float, high: float) -> SafeString:
    return SafeString(range_svg(low, value, high))


def _composition(page: RegionPage) -> dict[str, Any]:
    """Return the region's jobs by kind of cluster, as a bar and as words."""
    total = page.total
    whole = max(1, total.traded + total.local + total.resource + page.other_jobs)
    parts = [
        ("part-traded", "Traded clusters", total.traded),
        ("part-local", "Local clusters", total.local),
        ("part-resource", "Resource clusters", total.resource),
        ("part-other", "In no cluster of this set", page.other_jobs),
    ]
    shares = [(css, name, jobs / whole) for css, name, jobs in parts if jobs]
    bar = composition_svg(shares, f"Jobs of {total.name} by kind of cluster")
    return {
        "composition": SafeString(bar),
        "parts": [
            {"css_class": css, "name": name, "jobs": jobs, "share": jobs / whole}
            for css, name, jobs in parts
            if jobs
        ],
    }


def _years(basis: Basis, total: RegionTotal, clusters: Sequence[Cluster]) -> dict[str, Any]:
    """Return the region year by year; nothing where one year alone is published."""
    years = years_of_region(basis, total, [cluster.code for cluster in clusters])
    if not years:
        return {}
    quotients = zip(*(year.quotients for year in years), strict=True)
    return {"years": years, "courses": list(zip(clusters, quotients, strict=True))}


def _place_map(data: ShownData, page: RegionPage, shapes: ShapeSet | None) -> str:
    if shapes is None:
        return ""
    total, basis = page.total, data.basis

    def draw() -> str:
        inside = {county.region_code for county in page.counties} or {total.region_code}
        names = region_names(basis, RegionType.COUNTY)
        to_county = addresses(RegionType.COUNTY, data.suffix)
        place = PlaceMap(
            name=total.name,
            inside=frozenset(inside),
            title=lambda code: names.get(code, code),
            address=lambda code: to_county(code) if code in names else "",
        )
        return draw_place(shapes, place)

    query = f"place|{shapes.pk}|{total.region_type}|{total.region_code}|{data.suffix}"
    return kept_map(basis.digest, query, draw)
