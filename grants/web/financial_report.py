"""SF-425 on pages: what would be locked, what was locked, and the entries behind each line."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.actors import arrival_of
from accounts.gates import gate
from grants.models import Award, AwardReport
from grants.permissions.awards import (
    award_for,
    holds_accepted_award,
    reads_award,
    staff_award_for,
)
from grants.queries.financial_statements import (
    Form,
    form_kept,
    form_now,
    statement_of,
)
from grants.queries.statement_entries import opened_line
from grants.queries.statement_paper import KIND, statement_paper
from grants.rules.match.financial_report import (
    TEXT_OF,
    FormLine,
    canonical_bytes,
    version_words,
)
from grants.rules.report_states import WRITABLE, ReportKind
from grants.web.financial_report_pages import (
    CLOSED,
    NOW,
    form_address,
    form_page,
    form_table,
    shown,
)
from records.actions.keep_paper import keep_paper
from records.exports import ExportForm, export_response

FOLDER = "grants/reports"
PAGE_SIZE = 50


@require_safe
@gate(holds_accepted_award)
def statement(request: HttpRequest, award: str, report: str, number: int) -> HttpResponse:
    """Show the group the form of a round; number 0 is what would be locked now."""
    return _statement(request, _own(request, award, report), number, is_staff=False)


@require_safe
@gate(reads_award)
def staff_statement(request: HttpRequest, award: str, report: str, number: int) -> HttpResponse:
    """Show officers the form of a round."""
    return _statement(request, _staff(request, award, report), number, is_staff=True)


@require_safe
@gate(holds_accepted_award)
def statement_line(
    request: HttpRequest, award: str, report: str, number: int, line: str
) -> HttpResponse:
    """Show the group what makes a line."""
    return _line(request, _own(request, award, report), (number, line), is_staff=False)


@require_safe
@gate(reads_award)
def staff_statement_line(
    request: HttpRequest, award: str, report: str, number: int, line: str
) -> HttpResponse:
    """Show officers what makes a line."""
    return _line(request, _staff(request, award, report), (number, line), is_staff=True)


@require_safe
@gate(holds_accepted_award)
def statement_file(
    request: HttpRequest, award: str, report: str, number: int, form: ExportForm
) -> HttpResponseBase:
    """A locked form as a file, for the group."""
    return _file(_own(request, award, report), number, form)


@require_safe
@gate(reads_award)
def staff_statement_file(
    request: HttpRequest, award: str, report: str, number: int, form: ExportForm
) -> HttpResponseBase:
    """A locked form as a file, for officers."""
    return _file(_staff(request, award, report), number, form)


@require_safe
@gate(holds_accepted_award)
def statement_pdf(request: HttpRequest, award: str, report: str, number: int) -> HttpResponse:
    """A locked form as a signed PDF, for the group."""
    return _pdf(request, _own(request, award, report), number)


@require_safe
@gate(reads_award)
def staff_statement_pdf(request: HttpRequest, award: str, report: str, number: int) -> HttpResponse:
    """A locked form as a signed PDF, for officers."""
    return _pdf(request, _staff(request, award, report), number)


def _own(request: HttpRequest, award: str, reference: str) -> AwardReport:
    return _financial(award_for(request, award).award, reference)


def _staff(request: HttpRequest, award: str, reference: str) -> AwardReport:
    return _financial(staff_award_for(request, award), reference)


def _financial(award: Award, reference: str) -> AwardReport:
    found = award.reports.filter(reference=reference, kind=ReportKind.FINANCIAL).first()
    if found is None:
        raise Http404
    # What the gate has read already, with everything that belongs to it.
    found.award = award
    return found


def _form(report: AwardReport, number: int, *, is_staff: bool) -> Form:
    """A locked form; for the group also what would be locked now."""
    if number == NOW and report.status in WRITABLE and not is_staff:
        return form_now(report)
    kept = statement_of(report, number)
    if kept is None:
        raise Http404
    return form_kept(kept)


def _statement(
    request: HttpRequest, report: AwardReport, number: int, *, is_staff: bool
) -> HttpResponse:
    form = _form(report, number, is_staff=is_staff)
    words = version_words(number) if form.is_locked else "not submitted yet"
    context = form_page(request, report, f"SF-425, {words}", is_staff=is_staff)
    context |= {"frame": _frame(is_staff=is_staff), "sf425": shown(form, is_staff=is_staff)}
    return render(request, f"{FOLDER}/statement_page.html", context)


def _line(
    request: HttpRequest, report: AwardReport, place: tuple[int, str], *, is_staff: bool
) -> HttpResponse:
    number, name = place
    if name not in set(FormLine):
        raise Http404
    form, text = _form(report, number, is_staff=is_staff), TEXT_OF[FormLine(name)]
    if text.source in CLOSED:
        raise Http404
    opened = opened_line(form, text.source)
    context = form_page(request, report, f"Line {name}: {text.name}", is_staff=is_staff)
    context["trail"].append(
        {"label": "SF-425", "url": form_address(report, number, is_staff=is_staff)}
    )
    frame = "staff_frame" if is_staff else "frame"
    context |= {
        "frame": f"grants/awards/{frame}.html",
        "text": text,
        "form": form,
        "amount": form.lines[text.line],
        "opened": opened,
        "is_staff": is_staff,
        "page": Paginator(opened.entries, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, f"{FOLDER}/statement_line.html", context)


def _file(report: AwardReport, number: int, form: ExportForm) -> HttpResponseBase:
    kept = statement_of(report, number)
    if kept is None:
        raise Http404
    made = form_kept(kept)
    stem = f"sf-425-{report.reference}-{number}"
    if form is ExportForm.JSON:
        answer = HttpResponse(canonical_bytes(made.document), content_type="application/json")
        return _named(answer, f"{stem}.json")
    return export_response(form_table(made, stem), form)


def _pdf(request: HttpRequest, report: AwardReport, number: int) -> HttpResponse:
    kept = statement_of(report, number)
    if kept is None:
        raise Http404
    data = keep_paper(
        at=arrival_of(request),
        case=report.award.case,
        kind=KIND,
        about=f"{report.reference}/{number}",
        write=lambda: statement_paper(kept),
    )
    answer = HttpResponse(data, content_type="application/pdf")
    return _named(answer, f"sf-425-{report.reference}-{number}.pdf")


def _frame(*, is_staff: bool) -> str:
    return f"grants/awards/{'staff_frame' if is_staff else 'frame'}.html"


def _named(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
