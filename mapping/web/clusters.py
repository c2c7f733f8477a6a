"""The list of clusters, and one cluster's page."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.gzip import gzip_page

from accounts.gates import public
from mapping.forms.maps import KIND_LABELS, REGION_TYPE_LABELS
from mapping.queries.figures import region_types_of
from mapping.queries.pages_clusters import cluster_by_code, cluster_list, cluster_page
from mapping.queries.pages_maps import MapChoice, map_figures
from mapping.queries.pages_parts import parts_of
from mapping.rules.map_classes import MapMeasure
from mapping.rules.svg import range_svg
from mapping.rules.terms import ClusterKind
from mapping.web.maps import national_map
from mapping.web.pieces import about_data, asked_data, without_data


@public
def clusters(request: HttpRequest) -> HttpResponse:
    """List the clusters of the definition set in force."""
    data = asked_data(request)
    if data is None:
        return without_data(request)
    groups = [
        {"label": KIND_LABELS[group.kind], "kind": group.kind.value, "clusters": group.clusters}
        for group in cluster_list(data.basis)
    ]
    context = {"groups": groups, **about_data(data)}
    return render(request, "mapping/clusters/clusters.html", context)


@gzip_page
@public
def cluster(request: HttpRequest, code: str) -> HttpResponse:
    """Show one cluster: where it leads, and which industries make it up."""
    data = asked_data(request)
    found = cluster_by_code(data.basis, code) if data else None
    if data is None or found is None:
        raise Http404
    basis = data.basis
    region_type = region_types_of(basis)[0]
    page = cluster_page(basis, found, region_type)
    shown = map_figures(basis, MapChoice(found, MapMeasure.LQ, region_type))
    ranges = partial(map, lambda figure: (figure, _range(figure.lq)))
    context = {
        "page": page,
        "parts": parts_of(basis, found, region_type, page.industries),
        "cluster": found,
        "kind_label": KIND_LABELS[ClusterKind(found.kind)],
        "regions_label": REGION_TYPE_LABELS[region_type],
        "map": SafeString(national_map(data, shown)),
        "legend": shown.legend(),
        "most_specialised": list(ranges(page.most_specialised)),
        **about_data(data),
    }
    return render(request, "mapping/clusters/cluster.html", context)


def _range(reading: object) -> SafeString:
    low, value, high = (getattr(reading, end) for end in ("low", "value", "high"))
    return SafeString(range_svg(low, value, high))
