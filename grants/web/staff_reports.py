"""Reports as officers work on them: the queue, the reports of an award, one report, its review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.actors import arrival_of, person_of
from accounts.gates import gate
from accounts.web.tables import Empty, Frame, export_links, opens_with_own_view, shown_table
from grants.actions.move_payment import day_of
from grants.actions.review_report import review_report
from grants.forms.reports import ReportReviewForm, ReportsForm
from grants.models import AwardReport
from grants.permissions.awards import READERS, reads_award, staff_award_for
from grants.permissions.payments import agencies_with
from grants.permissions.reports import reads_report, reviews_report, sees_report_desk
from grants.queries.report_lists import by_urgency, counts_of, reports_of_agencies
from grants.rules.report_form import reviewer_refusal
from grants.rules.report_states import REPORT, REPORT_KIND_WORDS, ReportState
from grants.web.award_pages import staff_award_page
from grants.web.financial_report_pages import with_form
from grants.web.payment_pages import ActPage, act_form
from grants.web.report_pages import acting, late_of, listed, staff_report_page
from kit.tables import Cell, Column, Kind, Table
from records.web.table_exports import FORMATS, asked_format, export_table

DAYS_TO_REVISE = 15
DESK = Table(
    "grants.reports",
    (
        Column("report", "Report", is_title=True),
        Column("award", "Award", is_sortable=True),
        Column("state", "Stands at", is_sortable=True),
        Column("due", "Due", is_sortable=True),
        Column("late", "Days late", is_numeric=True),
        Column("submitted", "Submitted", is_sortable=True),
        Column("kind", "Kind", is_sortable=True, is_extra=True),
        Column("reference", "Reference", is_extra=True),
    ),
    default_sort="due",
    noun="reports",
)
SORTS = {
    "award": "award__title",
    "state": "state",
    "due": "awaited",
    "submitted": "submitted_at",
    "kind": "kind",
}
EMPTY = Empty(
    "No report fits",
    "Reports open by themselves when their period has ended. Show everything to see the schedule.",
    icon="folder_open",
)
REVIEW = ActPage(
    title="Review the report",
    lead="Accept it, or ask for a revision with words and a last day. What was submitted stays.",
    button="Write the review",
    done="Your review is written. We wrote to the group.",
)


@gate(sees_report_desk)
@opens_with_own_view(DESK)
def desk(request: HttpRequest) -> HttpResponseBase:
    """Show the reports of the reader's agencies: what waits for review unless asked otherwise."""
    asked = DESK.read(request.GET)
    data = request.GET if "show" in request.GET else {**request.GET.dict(), "show": "review"}
    form = ReportsForm(data)
    given = form.asked()
    agencies = agencies_with(request, *READERS)
    day = arrival_of(request).date()
    rows = reports_of_agencies(agencies, person_of(request).pk, given, day)
    sign = "-" if asked.is_descending else ""
    rows = rows.order_by(f"{sign}{SORTS.get(asked.sort_key, 'awaited')}", "pk")
    visible: Sequence[AwardReport] | QuerySet[AwardReport] = rows
    if given["show"] == "late":
        # The query knows the day in one zone; each agency has its own.
        visible = [one for one in rows if late_of(request, one)]
    if asked_format(request):
        return export_table(request, DESK, _cells(request, visible), name="reports")
    frame = Frame("Reports", EMPTY, form, export_links(request, FORMATS))

    def cells(page: Iterable[AwardReport]) -> Iterator[Mapping[str, Cell]]:
        return _cells(request, page)

    context = {"table": shown_table(request, DESK, visible, cells, frame)}
    return render(request, "grants/reports/desk.html", context)


@gate(reads_award)
@require_http_methods(["GET", "HEAD"])
def reports(request: HttpRequest, award: str) -> HttpResponse:
    """Show the reports that an award owes."""
    row = staff_award_for(request, award)
    context = staff_award_page(request, award, "Reports")
    rows = []
    for one in by_urgency(row.reports.prefetch_related("rounds")):
        one.award = row
        rows.append(listed(request, one, "grants:staff_report", REPORT.labels[one.status]))
    context |= {"counts": counts_of(row, day_of(row, arrival_of(request))), "reports": rows}
    return render(request, "grants/reports/staff_list.html", context)


@gate(reads_report)
@require_http_methods(["GET", "HEAD"])
def report(request: HttpRequest, award: str, report: str) -> HttpResponse:
    """Show what was submitted of a report, and what the reader may do."""
    context = staff_report_page(request, award, report, "")
    row = context["report"]
    context["review_refusal"] = _refusal(request, row)
    context["is_reviewable"] = row.status is ReportState.SUBMITTED
    context |= with_form(row, is_staff=True)
    return render(request, "grants/reports/staff_report.html", context)


@gate(reviews_report)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, award: str, report: str) -> HttpResponse:
    """Accept a report, or ask for a revision."""
    context = staff_report_page(request, award, report, REVIEW.title)
    row = context["report"]
    day = day_of(row.award, arrival_of(request)) + timedelta(days=DAYS_TO_REVISE)
    form = ReportReviewForm(request.POST or None, initial={"round": row.round, "revise_by": day})
    context |= {
        "template": "grants/reports/review.html",
        **with_form(row, is_staff=True),
        "back": reverse("grants:staff_report", args=[award, report]),
    }
    if request.method != "POST":
        REPORT.move(row.status, "accept_report")
    return act_form(
        request,
        context,
        REVIEW,
        form,
        lambda: review_report(**acting(request, row), opinion=form.opinion()),
    )


def _refusal(request: HttpRequest, row: AwardReport) -> Any:  # noqa: ANN401 - a refusal or None
    office = reviews_report(request, row.award.reference, row.reference)
    submitters = list(row.rounds.values_list("submitted_by_id", flat=True))
    return office or reviewer_refusal(reviewer=person_of(request).pk, submitters=submitters)


def _cells(request: HttpRequest, rows: Iterable[AwardReport]) -> Iterator[Mapping[str, Cell]]:
    for row in rows:
        one = listed(request, row, "grants:staff_report", REPORT.labels[row.status])
        late = one["late"] or one["was_late"]
        period = f"{row.covers_from:%b %-d, %Y} to {row.covers_through:%b %-d, %Y}"
        yield {
            "report": Cell(str(row), url=one["url"], notes=(period,)),
            "award": Cell(row.award.title, notes=(row.award.group.name,)),
            "state": Cell(one["words"], tone=one["tone"]),
            "due": Cell(value=row.awaited_on, kind=Kind.DAY),
            "late": Cell(str(late), tone="bad" if one["late"] else "") if late else Cell(),
            "submitted": Cell(value=row.submitted_at, kind=Kind.MOMENT),
            "kind": Cell(REPORT_KIND_WORDS[row.subject]),
            "reference": Cell(row.reference),
        }
