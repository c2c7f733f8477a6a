"""Versions of the register: one entry's history, an old version as published, the corrections."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.actors import arrival_of
from accounts.gates import public
from certification.queries.register import published, today
from certification.queries.register_history import public_versions, told, version_of, versions_of
from certification.web.register import entry_page

PAGE_SIZE = 20


@public
def entry_history(request: HttpRequest, designation: str) -> HttpResponse:
    """Show every version of an entry with what it changed."""
    at = arrival_of(request)
    versions = versions_of(designation, today(at), at)
    if not versions:
        raise Http404
    context = {"versions": versions, "entry": versions[0].entry, "reference": designation}
    return render(request, "certification/register/entry_history.html", context)


@public
def entry_version(request: HttpRequest, designation: str, version: int) -> HttpResponse:
    """Show one version as it was published."""
    at = arrival_of(request)
    row = version_of(designation, version, at)
    if row is None:
        raise Http404
    on = today(row.public_from or at)
    return entry_page(request, published(row), on, as_published=row)


@public
def releases(request: HttpRequest) -> HttpResponse:
    """Show everything that was released, the newest first, with the differences."""
    return _versions(request, only_corrections=False)


@public
def corrections(request: HttpRequest) -> HttpResponse:
    """Show what was wrong on the register, and why."""
    return _versions(request, only_corrections=True)


def _versions(request: HttpRequest, *, only_corrections: bool) -> HttpResponse:
    rows = public_versions(arrival_of(request))
    if only_corrections:
        rows = rows.filter(is_correction=True)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "versions": told(list(page)),
        "only_corrections": only_corrections,
    }
    return render(request, "certification/register/releases.html", context)
