"""How one figure is made: the four numbers, the cells, and what they leave open."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page

from accounts.actors import arrival_of
from accounts.gates import public
from kit.refusals import Refused
from mapping.models import RegionTotal
from mapping.queries.class_probability import likelihood
from mapping.queries.evidence import Evidence, evidence, units_of
from mapping.queries.pages_clusters import industry_titles
from mapping.queries.pages_evidence import evidence_table
from mapping.queries.pages_regions import region_total
from mapping.queries.published import AskedBasis, asked_basis
from mapping.queries.regions import counties_named
from mapping.registry import line_in_force
from mapping.rules.evidence_words import likelihood_words, method_of
from mapping.rules.lines import read_line
from mapping.rules.residual_shares import ASSUMPTION
from mapping.web.pieces import about_basis, region_type_or_404
from records.exports import ExportForm, downloads, export_response

SHOWN = 60


@gzip_page
@public
def figure(request: HttpRequest, region_type: str, code: str, cluster: str) -> HttpResponse:
    """Show how one region's quotient in one cluster is made."""
    total, found = _found_or_404(request, region_type, code, cluster)
    basis, answer = found.basis, found.answer
    cells = [cell for cell in found.lines.cells if cell.is_cluster]
    residuals = [one for one in found.lines.residuals if one.cluster_possible]
    absent = [one for one in found.lines.absent if one.is_of_cluster]
    counties, titles = counties_named(answer.fips), industry_titles(basis)
    shown = sorted(cells, key=lambda cell: -cell.counted)[:SHOWN]
    left_open = sorted(residuals, key=lambda one: -one.residual)[:SHOWN]
    named = {"region_type": region_type, "region": code, "cluster": cluster}
    query = urlencode({"basis": basis.reference})
    context: dict[str, Any] = {
        "region": total,
        "answer": answer,
        "here": found.here,
        "there": found.elsewhere,
        "method": [
            (STEPS[name], words)
            for name, words in method_of(answer, basis.imputation, basis.absent_establishments)
        ],
        "cells": [(one, counties.get(one.county), titles.get(one.code)) for one in shown],
        "cell_count": len(cells),
        "residuals": [(one, counties.get(one.county)) for one in left_open],
        "residual_count": len(residuals),
        "absent": absent,
        "absent_jobs": sum(one.jobs for one in absent),
        "counties": counties,
        "digests": answer.digests[:SHOWN],
        "digest_count": len(answer.digests),
        "downloads": [
            *downloads("mapping:figure-table", region_type, code, cluster, query=query),
            {
                "label": "Everything (JSON of the API)",
                "url": f"{reverse('api:evidence')}?{urlencode(named)}&{query}",
            },
        ],
        **(likely := _likelihood(request, found)),
        **about_basis(basis),
    }
    status = 400 if likely["line_error"] else 200
    return render(request, "mapping/figures/figure.html", context, status=status)


def _likelihood(request: HttpRequest, found: Evidence) -> dict[str, Any]:
    """Ask the model only where a line is asked for: the first answer takes seconds."""
    line = line_in_force(found.answer.band, arrival_of(request).date())
    asked = request.GET.get("threshold", "")[:40]
    context: dict[str, Any] = {"line": line, "asked": asked or line.text, "line_error": ""}
    if not asked:
        return context
    try:
        threshold = read_line(asked)
    except Refused as refused:
        return context | {"line_error": refused.refusal.sentence}
    answer = found.answer
    likely = likelihood(found.basis, answer.fips, answer.cluster_code, threshold)
    words = likelihood_words(likely.found, threshold) if likely.found else likely.silence
    return context | {"likely": likely, "likely_words": words, "assumption": ASSUMPTION}


STEPS = {
    "cells": "What counts",
    "base": "Compared among",
    "quotient": "The quotient",
    "residuals": "What totals leave open",
    "absent": "What files do not show at all",
    "bounds": "Lowest and highest",
}


@public
def figure_table(
    request: HttpRequest, region_type: str, code: str, cluster: str, form: ExportForm
) -> HttpResponseBase:
    """Download every line behind the figure."""
    total, found = _found_or_404(request, region_type, code, cluster)
    stem = f"figure-{region_type}-{code}-{cluster}-{found.basis.year}"
    title = f"How the figure is made: {found.answer.cluster_name} in {total.name}"
    return export_response(evidence_table(stem, title, found), form)


def _found_or_404(
    request: HttpRequest, region_type: str, code: str, cluster: str
) -> tuple[RegionTotal, Evidence]:
    kind = region_type_or_404(region_type)
    try:
        basis = asked_basis(AskedBasis(reference=request.GET.get("basis", "")[:40]))
        total = region_total(basis, kind, code)
        if total is None:
            raise Http404
        return total, evidence(basis, units_of(basis, kind, code), cluster)
    except Refused:  # no such cluster or Basis, or nothing is loaded
        raise Http404 from None
