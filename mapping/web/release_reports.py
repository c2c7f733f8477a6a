"""The report of one release: for everybody where it is published, for officers always."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.gates import gate, public
from mapping.permissions import may_see_releases
from mapping.queries.pages_release import ReleaseReport, dropped_table, release_report
from records.exports import ExportForm, downloads, export_response


@public
def report(request: HttpRequest, release: str) -> HttpResponse:
    """Show what the load of a published release found."""
    return _page(request, _report_or_404(release, is_public=True), "mapping:release-dropped")


@public
def dropped(request: HttpRequest, release: str, form: ExportForm) -> HttpResponseBase:  # noqa: ARG001
    """Download what was left out of a published release."""
    return export_response(dropped_table(_report_or_404(release, is_public=True)), form)


@gate(may_see_releases)
@require_safe
def staff_report(request: HttpRequest, release: str) -> HttpResponse:
    """Show officers any release, with the sets of measures that are not public."""
    found = _report_or_404(release, is_public=False)
    return _page(request, found, "mapping:staff-release-dropped", is_staff=True)


@gate(may_see_releases)
@require_safe
def staff_dropped(request: HttpRequest, release: str, form: ExportForm) -> HttpResponseBase:  # noqa: ARG001
    """Download what was left out of any release."""
    return export_response(dropped_table(_report_or_404(release, is_public=False)), form)


def _report_or_404(reference: str, *, is_public: bool) -> ReleaseReport:
    found = release_report(reference, is_public=is_public)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, found: ReleaseReport, table: str, *, is_staff: bool = False
) -> HttpResponse:
    context = {
        "report": found,
        "release": found.release,
        "is_staff": is_staff,
        "downloads": downloads(table, found.release.reference),
    }
    return render(request, "mapping/release_reports/report.html", context)
