"""Officers send data files; a worker loads them; the report says what became of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actors import actor_of, arrival_of, person_of
from accounts.gates import gate
from accounts.session_clock import without_activity_when_polled
from kit.refusals import Refused
from mapping.actions.ask_for_load import SentFile, SentFiles, ask_for_load, start_load_again
from mapping.actions.publish_basis import publish_basis
from mapping.forms.loads import SendFilesForm
from mapping.models import Basis
from mapping.permissions import may_load_data, may_see_releases
from mapping.queries.loads import LoadPage, load_page
from mapping.rules.sent_files import LARGEST, MEGABYTE
from records.exports import Column, ExportForm, Kind, Table, downloads, export_response
from records.upload_limits import takes_files, was_cut_off
from trail.actions.perform_job import cancel_job

TOO_LARGE = f"A file is larger than {LARGEST // MEGABYTE} MB, so nothing of it was kept."


@takes_files(LARGEST + MEGABYTE)
@gate(may_load_data)
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """Take files and hand them to a worker."""
    form = SendFilesForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if was_cut_off(request):
            form.add_error("files", TOO_LARGE)
        if form.is_valid():
            try:
                load = ask_for_load(
                    actor=actor_of(request),
                    at=arrival_of(request),
                    sent=_sent(request, form),
                    key=request.POST.get("idempotency_key", "")[:64],
                )
            except Refused as refused:
                form.add_error(None, refused.refusal.sentence)
            else:
                return redirect("mapping:load", load.reference)
    status = 422 if form.errors else 200
    return render(request, "mapping/loads/send.html", {"form": form}, status=status)


@without_activity_when_polled
@gate(may_see_releases)
@require_safe
def load(request: HttpRequest, load: str) -> HttpResponse:
    """Show how far a load is and what became of every file."""
    page = _page_or_404(load)
    files = downloads("mapping:load-table", load)
    context = {"page": page, "refusal": may_load_data(request), "downloads": files}
    return render(request, "mapping/loads/load.html", context)


@gate(may_see_releases)
@require_safe
def load_table(request: HttpRequest, load: str, form: ExportForm) -> HttpResponseBase:  # noqa: ARG001
    """Download the report."""
    page = _page_or_404(load)
    table = Table(
        stem=f"load-{load}",
        title=f"Report of load {load}",
        columns=_COLUMNS,
        rows=_rows(page),
        source="The portal",
    )
    return export_response(table, form)


@gate(may_load_data)
@require_POST
def stop(request: HttpRequest, load: str) -> HttpResponse:
    """Stop it between two files, whoever asked for it."""
    page = _page_or_404(load)
    try:
        job = cancel_job(actor=actor_of(request), at=arrival_of(request), job=page.job)
    except Refused as refused:
        messages.info(request, refused.refusal.sentence)
    else:
        messages.success(request, "We stop it after this file." if job.is_open else "Stopped.")
    return redirect("mapping:load", load)


@gate(may_load_data)
@require_POST
def again(request: HttpRequest, load: str) -> HttpResponse:
    """Start a load again that was cut off or stopped."""
    page = _page_or_404(load)
    try:
        start_load_again(
            actor=actor_of(request),
            at=arrival_of(request),
            load=page.load,
            user=person_of(request).pk,
            address=reverse("mapping:load", args=[load]),
        )
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
    return redirect("mapping:load", load)


@gate(may_load_data)
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, basis: str) -> HttpResponse:
    """Ask, then let the public see a set of measures; the current one stays current."""
    row = (
        Basis.objects.select_related("case", "release", "definition_set")
        .filter(case__reference=basis)
        .first()
    )
    if row is None:
        raise Http404
    if request.method == "POST":
        if publish_basis(actor=actor_of(request), at=arrival_of(request), basis=row):
            messages.success(request, f"{row} is public. Which data count has not changed.")
        else:
            messages.info(request, f"{row} was public already.")
        return redirect("mapping:releases")
    return render(request, "mapping/loads/publish.html", {"basis": row})


def _sent(request: HttpRequest, form: SendFilesForm) -> SentFiles:
    return SentFiles(
        files=[
            SentFile(file.name or "", file.size or 0, file) for file in form.cleaned_data["files"]
        ],
        year=form.cleaned_data["year"],
        user=person_of(request).pk,
        address=reverse("mapping:releases") + "loads/{}/",
    )


def _page_or_404(reference: str) -> LoadPage:
    page = load_page(reference)
    if page is None:
        raise Http404
    return page


_COLUMNS = (
    Column("file", "The file as it was named."),
    Column("layout", "What it was recognised as."),
    Column("year", "Year of the data.", Kind.WHOLE),
    Column("outcome", "Loaded, already loaded, refused or passed over."),
    Column("reference", "What it made."),
    Column("rows_read", "Rows in the file.", Kind.WHOLE),
    Column("rows_kept", "Rows that were kept.", Kind.WHOLE),
    Column("left_out", "Rows left out, with the reason."),
    Column("coverage", "What it covers."),
    Column("unknown_codes", "Codes that no loaded list has."),
    Column("codes_in_no_cluster", "Codes that a definition sheet leaves out."),
    Column("problems", "Why it was refused, one by one."),
    Column("notes", "What a reader must know."),
)


def _rows(page: LoadPage) -> Iterator[Sequence[object]]:
    for report in page.reports:
        yield (
            *(report.get(name) for name in ("name", "kind", "year", "status", "reference")),
            report.get("rows_read"),
            report.get("rows_kept"),
            _pairs(report.get("dropped")),
            _pairs(report.get("coverage")),
            *(
                _listed(report.get(name))
                for name in ("unknown_codes", "left_out_codes", "problems", "notes")
            ),
        )


def _pairs(found: object) -> str:
    if not isinstance(found, dict):
        return ""
    return "; ".join(f"{name.replace('_', ' ')}: {count}" for name, count in found.items())


def _listed(found: object) -> str:
    return "; ".join(str(item) for item in found) if isinstance(found, list) else ""
