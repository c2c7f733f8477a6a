"""The national map with its table, and both as downloads."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.gzip import gzip_page

from accounts.gates import public
from mapping.forms.maps import REGION_TYPE_LABELS, MapForm
from mapping.models import Basis
from mapping.queries.figures import clusters_of, region_types_of
from mapping.queries.pages_basis import source_line
from mapping.queries.pages_data import ShownData, data_choices
from mapping.queries.pages_maps import (
    MapChoice,
    MapFigures,
    draw_national_map,
    map_figures,
    shape_set_of,
)
from mapping.queries.pages_tables import figure_table, sort_of, sorted_figures
from mapping.rules.map_classes import ReadingEnd
from mapping.rules.svg import standalone
from mapping.rules.terms import ClusterKind, base_of
from mapping.web.pieces import about_data, addresses, asked_data, without_data
from mapping.web.rendered_maps import kept_map
from records.exports import ExportForm, downloads, export_response

ROWS = 25


@gzip_page
@public
def explore(request: HttpRequest) -> HttpResponse:
    """Show the map of one cluster over all regions of a type, and its table."""
    data = asked_data(request)
    if data is None:
        return without_data(request)
    basis = data.basis
    form = map_form(request, basis)
    choice = form.choice()
    shown = map_figures(basis, choice)
    sort = sort_of(request.GET.get("sort", ""), "-low")
    page = Paginator(sorted_figures(shown.figures, sort), ROWS).get_page(request.GET.get("page"))
    query = f"{choice_query(choice)}&basis={basis.reference}"
    context = {
        "form": form,
        "choice": choice,
        "regions_label": REGION_TYPE_LABELS[choice.region_type],
        "map": SafeString(national_map(data, shown)),
        "legend": shown.legend(),
        "page": page,
        "sort": sort,
        "kind": base_of(ClusterKind(choice.cluster.kind)).value,
        "downloads": [
            *downloads("mapping:map-table", query=query),
            {"label": "Map (SVG)", "url": f"{reverse('mapping:map-svg')}?{query}"},
        ],
        **about_data(data),
    }
    return render(request, "mapping/maps/explore.html", context)


@public
def map_table(request: HttpRequest, form: ExportForm) -> HttpResponseBase:
    """Download the table of a map: every region that has a figure."""
    basis = _data_or_404(request).basis
    choice = map_form(request, basis).choice()
    figures = sorted_figures(map_figures(basis, choice).figures, "name")
    title = f"{choice.scale.name} of {choice.cluster.name}"
    return export_response(figure_table(_stem(basis, choice), title, figures, basis), form)


@public
def map_svg_file(request: HttpRequest) -> HttpResponse:
    """Download the map as a file of its own, with its colours and its source inside."""
    data = _data_or_404(request)
    basis = data.basis
    choice = map_form(request, basis).choice()
    drawn = national_map(data, map_figures(basis, choice))
    if not drawn:
        raise Http404
    line = source_line(basis)
    made_up = "SAMPLE DATA, NOT STATISTICS. " if line.is_synthetic else ""
    words = f"{made_up}{choice.scale.name} of {choice.cluster.name}. {line.source}, {line.year}."
    response = HttpResponse(standalone(drawn, words), content_type="image/svg+xml")
    name = f"{'sample-' if line.is_synthetic else ''}{_stem(basis, choice)}.svg"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def map_form(request: HttpRequest, basis: Basis) -> MapForm:
    """Return the form of the map, filled from the address."""
    return MapForm(
        request.GET.dict(),
        clusters=clusters_of(basis),
        region_types=region_types_of(basis),
        data=data_choices(),
        shown=basis.reference,
    )


def national_map(data: ShownData, shown: MapFigures) -> str:
    """Return the map from the cache or drawn anew; nothing where no shapes are loaded."""
    basis = data.basis
    shapes = shape_set_of(basis)
    if shapes is None:
        return ""
    choice = shown.choice
    return kept_map(
        basis.digest,
        f"national|{shapes.pk}|{choice_query(choice)}|{data.suffix}",
        lambda: draw_national_map(shapes, shown, addresses(choice.region_type, data.suffix)),
    )


def choice_query(choice: MapChoice) -> str:
    """Return the query string of a map."""
    return urlencode(
        {
            "cluster": choice.cluster.code,
            "regions": choice.region_type.value,
            "measure": choice.measure.value,
            "reading": choice.end.value,
        }
    )


def _data_or_404(request: HttpRequest) -> ShownData:
    data = asked_data(request)
    if data is None:
        raise Http404
    return data


def _stem(basis: Basis, choice: MapChoice) -> str:
    end = "" if choice.end is ReadingEnd.VALUE else f"-{choice.end.value}"
    measure = f"{choice.measure.value}{end}"
    return f"{choice.region_type.value}-{choice.cluster.code}-{measure}-{basis.year}"
