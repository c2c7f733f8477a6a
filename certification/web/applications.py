"""An application as its group sees it: list, overview, preview, receipt, history."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from certification.actions.start_application import start_application
from certification.models import Application, ClusterGroup
from certification.permissions.applications import (
    application_for,
    reads_application,
    starts_application,
)
from certification.permissions.groups import sits_in_group
from certification.queries.application_content import content_of
from certification.queries.applications import (
    applications_of,
    draft_of,
    live_application_of,
    representatives_of,
)
from certification.queries.live_readiness import readiness_of
from certification.queries.receipt_paper import KIND, receipt_paper
from certification.rules.application_steps import NextAct, next_act
from certification.rules.states import ApplicationState
from certification.rules.submission import withdraw_refusals
from certification.web.application_pages import address, application_page
from certification.web.application_words import history_entries
from certification.web.group_pages import group_page
from mapping.queries.regions import counties_named
from records.actions.keep_paper import keep_paper
from records.permissions.documents import refused_papers

FOLDER = "certification/application"


@gate(sits_in_group)
@require_safe
def group_applications(request: HttpRequest, group: str) -> HttpResponse:
    """List a group's applications, and offer to start one."""
    context = group_page(request, group, "Application")
    row = context["group"]
    context |= {
        "applications": applications_of(row),
        "live": live_application_of(row),
        "refusal": starts_application(request, group),
    }
    return render(request, f"{FOLDER}/group_applications.html", context)


@require_POST
@gate(starts_application)
def start(request: HttpRequest, group: str) -> HttpResponse:
    """Start an application."""
    row = get_object_or_404(ClusterGroup, case__reference=group)
    application = start_application(
        actor=actor_of(request),
        at=arrival_of(request),
        group=row,
        key=request.POST.get("idempotency_key", ""),
    )
    messages.success(request, "The application is started. What you write is saved as you go.")
    return redirect(address("application", application))


@gate(reads_application)
@require_safe
def application(request: HttpRequest, application: str) -> HttpResponse:
    """Show where the application stands and what comes next."""
    context = application_page(request, application, "Overview")
    opened = application_for(request, application)
    row, draft = opened.application, draft_of(opened.application)
    people = tuple(str(one) for one in representatives_of(row.group))
    act = next_act(draft, opened.person, people)
    is_draft = row.submitted_at is None and not row.is_decided
    context |= {
        "act": act,
        "act_url": _act_url(row, act, context),
        "is_draft": is_draft,
        "missing": draft.gaps if is_draft else (),
        "representatives": people,
        "has_debrief": row.is_decided and row.status is not ApplicationState.WITHDRAWN,
        "may_withdraw": not withdraw_refusals(row.status, opened.person),
        "readiness": readiness_of(row.group, arrival_of(request)) if is_draft else None,
        "refused_papers": refused_papers(request, row.case),
        "entries": history_entries(row.case, limit=5),
    }
    return render(request, f"{FOLDER}/application.html", context)


@gate(reads_application)
@require_safe
def preview(request: HttpRequest, application: str) -> HttpResponse:
    """Show the application word for word, as it will be or was submitted."""
    context = application_page(request, application, "As it is submitted")
    row: Application = context["application"]
    content = row.content or content_of(row)
    context |= {
        "content": content,
        "counties": counties_named(content["region"]["counties"]).values(),
    }
    return render(request, f"{FOLDER}/preview.html", context)


@gate(reads_application)
@require_safe
def receipt(request: HttpRequest, application: str) -> HttpResponse:
    """Show the receipt: number, time, fingerprint."""
    context = application_page(request, application, "Receipt")
    if context["application"].submitted_at is None:
        raise Http404
    return render(request, f"{FOLDER}/receipt.html", context)


@gate(reads_application)
@require_safe
def receipt_pdf(request: HttpRequest, application: str) -> HttpResponse:
    """Hand out the receipt with everything that was submitted, as signed PDF."""
    row = application_for(request, application).application
    if row.submitted_at is None:
        raise Http404
    data = keep_paper(
        at=arrival_of(request),
        case=row.case,
        kind=KIND,
        about=row.receipt_number,
        write=lambda: receipt_paper(row),
    )
    response = HttpResponse(data, content_type="application/pdf")
    name = f"receipt-{row.receipt_number}.pdf"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@gate(reads_application)
@require_safe
def history(request: HttpRequest, application: str) -> HttpResponse:
    """Show everything that happened."""
    context = application_page(request, application, "History")
    context["entries"] = history_entries(context["application"].case)
    return render(request, f"{FOLDER}/history.html", context)


def _act_url(row: Application, act: NextAct, context: dict[str, Any]) -> str:
    if act.is_section:
        first = next(one for one in context["standings"] if not one.is_complete)
        where = address("application_section", row, first.section.id)
        return f"{where}?check=1#id_{first.problems[0].question_id}"
    if act.route == "certification:team":
        return f"/groups/{row.group.case.reference}/team/"
    return address(act.route.removeprefix("certification:"), row) if act.route else ""
