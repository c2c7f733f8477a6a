"""Draw a region: any union of counties, pasted or picked on the map, by address alone."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.gzip import gzip_page

from accounts.gates import public
from mapping.models import Basis, ShapeSet
from mapping.queries.figures import clusters_of
from mapping.queries.pages_basis import basis_in_force
from mapping.queries.pages_drawing import DrawnPage, counties_written, drawn_page
from mapping.queries.pages_maps import shape_set_of
from mapping.queries.pages_regions import PlaceMap, draw_place
from mapping.queries.pages_tables import figure_table
from mapping.rules.county_texts import WrittenCounties
from mapping.rules.svg import range_svg
from mapping.web.pieces import about_basis, without_data
from records.exports import ExportForm, downloads, export_response

LONGEST_TEXT = 6000
MOST_ON_MAP = 60


@gzip_page
@public
def draw(request: HttpRequest) -> HttpResponse:
    """Show the form, and every cluster of the counties that were named."""
    basis = basis_in_force()
    if basis is None:
        return without_data(request)
    written, names = counties_written(_asked(request))
    shapes = shape_set_of(basis)
    context: dict[str, Any] = {
        "written": written,
        "text": request.GET.get("counties", "")[:LONGEST_TEXT],
        "ambiguous": [
            (name, [(code, names[code]) for code in codes]) for name, codes in written.ambiguous
        ],
        "chosen": [(code, names[code], _address(written, without=code)) for code in written.fips],
        **about_basis(basis),
    }
    if written.fips:
        page = drawn_page(basis, written.fips, clusters_of(basis), shapes)
        context |= _answer(basis, page, written)
        context["map"] = _pick_map(shapes, written, names)
    return render(request, "mapping/drawing/draw.html", context)


@public
def draw_table(request: HttpRequest, form: ExportForm) -> HttpResponseBase:
    """Download every cluster of the counties that were named."""
    basis = basis_in_force()
    written, _ = counties_written(_asked(request))
    if basis is None or not written.fips:
        raise Http404
    page = drawn_page(basis, written.fips, clusters_of(basis), None)
    figures = (row.figure for row in page.clusters)
    title = f"Clusters of the counties {', '.join(written.fips)}"
    return export_response(figure_table(f"drawn-region-{basis.year}", title, figures, basis), form)


def _asked(request: HttpRequest) -> str:
    """Codes of a deep link and the pasted text are read alike."""
    return f"{request.GET.get('fips', '')}\n{request.GET.get('counties', '')}"[:LONGEST_TEXT]


def _address(written: WrittenCounties, *, adding: str = "", without: str = "") -> str:
    codes = [code for code in (*written.fips, adding) if code and code != without]
    return f"{reverse('mapping:draw')}?fips={','.join(codes)}"


def _answer(basis: Basis, page: DrawnPage, written: WrittenCounties) -> dict[str, Any]:
    query = f"?fips={','.join(written.fips)}"
    return {
        "page": page,
        "region": page.region,
        "rows": [
            {
                "row": row,
                "is_unsure": row.figure.is_open,
                "range": _range(row.figure.lq),
            }
            for row in page.clusters
            if row.figure.jobs.high > 0
        ],
        "link": f"{reverse('mapping:draw')}{query}",
        "downloads": downloads("mapping:draw-table", query=query.removeprefix("?")),
        "year": basis.year,
    }


def _range(reading: object) -> SafeString:
    low, value, high = (getattr(reading, end) for end in ("low", "value", "high"))
    return SafeString(range_svg(low, value, high))


def _pick_map(
    shapes: ShapeSet | None, written: WrittenCounties, names: dict[str, str]
) -> SafeString:
    """Draw the counties around: each is a link that adds or removes it."""
    if shapes is None or len(written.fips) > MOST_ON_MAP:
        return SafeString("")
    inside = frozenset(written.fips)

    def title(code: str) -> str:
        return f"{'Remove' if code in inside else 'Add'} {names.get(code, code)}"

    def address(code: str) -> str:
        if code not in names:
            return ""
        if code in inside:
            return _address(written, without=code)
        return _address(written, adding=code)

    drawn = draw_place(shapes, PlaceMap("your region", inside, title, address))
    return SafeString(drawn)
