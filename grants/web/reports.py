"""Reports of an award as its group writes and submits them."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from certification.rules.groups import SeatRole
from grants.actions.move_payment import day_of
from grants.actions.save_report import StaleReport, save_report
from grants.actions.submit_report import Signature, submit_report
from grants.forms.reports import ReportForm, SignReportForm, initial_of
from grants.models import AwardReport
from grants.permissions.awards import award_for, holds_accepted_award
from grants.permissions.reports import reads_own_report, signs_report
from grants.queries.report_lists import by_urgency, counts_of, said_in
from grants.queries.report_words import milestones_of, submit_refusals
from grants.rules.report_form import STATEMENT
from grants.rules.report_states import REPORT, ReportKind
from grants.web.award_pages import award_page
from grants.web.financial_report_pages import with_form
from grants.web.payment_pages import ActPage, act_form
from grants.web.report_pages import acting, listed, member_report_page
from kit.refusals import Refused

VERSION = re.compile(r'^"?(\d{1,9})"?$', re.ASCII)


@require_http_methods(["GET", "HEAD"])
@gate(holds_accepted_award)
def reports(request: HttpRequest, award: str) -> HttpResponse:
    """Show every report that the award owes: what is due, what stands where, what was late."""
    row = award_for(request, award).award
    rows = by_urgency(row.reports.prefetch_related("rounds"))
    context = award_page(request, award, "Reports")
    context |= {
        "counts": counts_of(row, day_of(row, arrival_of(request))),
        "reports": [_listed(request, one, row) for one in rows],
    }
    return render(request, "grants/reports/list.html", context)


def _listed(request: HttpRequest, one: AwardReport, award: Any) -> dict[str, Any]:  # noqa: ANN401
    one.award = award
    return listed(request, one, "grants:report", REPORT.public_label(one.status))


@require_http_methods(["GET", "HEAD"])
@gate(reads_own_report)
def report(request: HttpRequest, award: str, report: str) -> HttpResponse:
    """Show a report: what it says, where it stands, what is in the way, its rounds."""
    context = member_report_page(request, award, report, "")
    row = context["report"]
    is_writable = context["is_writable"]
    context |= {
        "said": said_in(row) if is_writable else [],
        "in_the_way": list(submit_refusals(row).values()) if is_writable else [],
        "is_representative": context["seat"] is SeatRole.AUTHORIZED_REPRESENTATIVE,
        "is_financial": row.subject is ReportKind.FINANCIAL,
        **with_form(row, is_staff=False),
    }
    return render(request, "grants/reports/report.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@gate(reads_own_report)
def write_report(request: HttpRequest, award: str, report: str) -> HttpResponse:
    """Write a report; what is typed is saved as it comes."""
    context = member_report_page(request, award, report, "Write the report")
    row = context["report"]
    if request.method != "POST":
        REPORT.move(row.status, "submit_report")
        return _writing(request, context, _shown(request, row))
    form = _form(row, request.POST)
    if not form.is_valid():
        return _writing(request, context, form, status=422)
    try:
        _save(request, row, form)
    except StaleReport as stale:
        return _conflict(request, context, form, stale)
    messages.success(request, "Saved.")
    return redirect("grants:report", award=award, report=report)


@require_POST
@gate(reads_own_report)
def autosave_report(request: HttpRequest, award: str, report: str) -> HttpResponse:
    """Save in the background: JSON with the new version, or both texts when it is stale."""
    row = member_report_page(request, award, report, "")["report"]
    form = _form(row, request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors.get_json_data()}, status=422)
    clock = _clock(request)
    try:
        saved = _save(request, row, form)
    except StaleReport as stale:
        both = {
            "code": stale.refusal.code,
            "detail": stale.refusal.sentence,
            "version": stale.saved.version,
            "saved_at": clock,
            "fields": initial_of(stale.saved),
        }
        return JsonResponse(both, status=409)
    except Refused as refused:
        refusal = refused.refusal
        return JsonResponse({"code": refusal.code, "detail": refusal.sentence}, status=422)
    answer = JsonResponse({"version": saved.version, "saved_at": clock})
    answer["ETag"] = f'"{saved.version}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@gate(signs_report, fresh=True)
def sign_report(request: HttpRequest, award: str, report: str) -> HttpResponse:
    """Sign and submit."""
    context = member_report_page(request, award, report, "Sign and submit")
    row = context["report"]
    page = ActPage(
        title="Sign and submit",
        lead="You sign for your group. An officer of the agency reads the report, then accepts it "
        "or asks for a revision.",
        button="Sign and submit",
        done="Submitted. An officer reads it now; you see here where it stands.",
        statement=STATEMENT[row.kind],
    )
    form = SignReportForm(request.POST or None, initial={"version": row.version})
    context |= {
        "template": "grants/reports/sign.html",
        "back": reverse("grants:report", args=[award, report]),
        "said": said_in(row),
        "is_financial": row.subject is ReportKind.FINANCIAL,
        **with_form(row, is_staff=False),
    }
    if request.method != "POST":
        REPORT.move(row.status, "submit_report")
    return act_form(
        request,
        context,
        page,
        form,
        lambda: submit_report(**acting(request, row), signed=_signed(request, form)),
    )


def _signed(request: HttpRequest, form: SignReportForm) -> Signature:
    """What was signed; whoever sends no figures has seen none."""
    figures = request.POST.get("figures", "") or "none"
    return Signature(form.cleaned_data["title"], form.cleaned_data["version"], figures)


def _writing(
    request: HttpRequest, context: dict[str, Any], form: ReportForm, status: int = 200
) -> HttpResponse:
    context |= {"form": form, "version": context["report"].version}
    return render(request, "grants/reports/write.html", context, status=status)


def _form(row: AwardReport, data: Any = None) -> ReportForm:  # noqa: ANN401 - a QueryDict
    is_performance = row.subject is ReportKind.PERFORMANCE
    milestones = milestones_of(row.award) if is_performance else ()
    return ReportForm(data, initial=initial_of(row), kind=row.subject, milestones=milestones)


def _shown(request: HttpRequest, row: AwardReport) -> ReportForm:
    """The form as saved; on ``?check`` with what is missing at each field."""
    if "check" not in request.GET:
        return _form(row)
    form = _form(row, initial_of(row))
    form.is_valid()
    form.show_refusals(submit_refusals(row))
    return form


def _save(request: HttpRequest, row: AwardReport, form: ReportForm) -> AwardReport:
    given = request.headers.get("If-Match") or request.POST.get("version", "")
    match = VERSION.match(given.strip())
    drafted = form.drafted(int(match[1]) if match else 0)
    return save_report(actor=actor_of(request), at=arrival_of(request), report=row, drafted=drafted)


def _conflict(
    request: HttpRequest, context: dict[str, Any], form: ReportForm, stale: StaleReport
) -> HttpResponse:
    """Both texts; the form keeps the writer's own."""
    theirs = initial_of(stale.saved)
    mine = {name: str(value or "") for name, value in form.cleaned_data.items()}
    context |= {
        "form": form,
        "version": stale.saved.version,
        "differences": [
            {"label": form[name].label, "mine": mine.get(name, ""), "theirs": theirs.get(name, "")}
            for name in form.fields
            if mine.get(name, "") != theirs.get(name, "")
        ],
    }
    return render(request, "grants/reports/conflict.html", context, status=409)


def _clock(request: HttpRequest) -> str:
    page = render_to_string("grants/reviews/saved_at.txt", {"at": arrival_of(request)})
    return strip_tags(page).strip()
