"""A proposal as its group sees it: overview, preview, receipts, history."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.actors import arrival_of
from accounts.gates import gate
from certification.queries.applications import representatives_of
from grants.models import Submission
from grants.permissions.proposals import proposal_for, reads_proposal
from grants.queries.debriefs import announced
from grants.queries.late_leaves import leave_of
from grants.queries.proposal_content import content_of
from grants.queries.submission_paper import KIND, submission_paper
from grants.rules.proposal_steps import TOLD_WHY, NextAct, next_act
from grants.rules.starting import last_minute
from grants.rules.states import ProposalState
from grants.rules.submitting import revise_refusals, withdraw_refusals
from grants.web.proposal_pages import proposal_page
from grants.web.proposal_words import history_entries
from records.actions.keep_paper import keep_paper

FOLDER = "grants/proposals"


@gate(reads_proposal)
@require_safe
def proposal(request: HttpRequest, proposal: str) -> HttpResponse:
    """Show where the proposal stands and what comes next."""
    context = proposal_page(request, proposal, "Overview")
    row, draft = context["proposal"], context["draft"]
    people = tuple(str(one) for one in representatives_of(row.group))
    act = next_act(draft, context["person"], people, context["at"])
    if row.status is ProposalState.INELIGIBLE and announced(row, context["at"]):
        act = TOLD_WHY
    latest = row.submissions.last()
    is_returned = row.status is ProposalState.REJECTED_WITH_ERRORS and latest is not None
    context |= {
        "act": act,
        "act_url": _act_url(context, act),
        "representatives": people,
        "latest": latest,
        "errors": latest.errors if is_returned and latest else (),
        "may_revise": not revise_refusals(
            draft, context["at"], may_be_late=leave_of(row, context["at"]) is not None
        ),
        "may_keep": row.counting_id is not None and context["is_being_written"],
        "may_withdraw": not withdraw_refusals(row.status, context["person"]),
        "entries": history_entries(row.case, limit=5),
    }
    return render(request, f"{FOLDER}/proposal.html", context)


@gate(reads_proposal)
@require_safe
def preview(request: HttpRequest, proposal: str) -> HttpResponse:
    """Show the proposal word for word, as it will be or was submitted."""
    context = proposal_page(request, proposal, "As it is submitted")
    row = context["proposal"]
    is_settled = row.counting is not None and not context["is_being_written"]
    context["submission"] = row.counting if is_settled else None
    context["content"] = row.counting.content if is_settled else content_of(row)
    return render(request, f"{FOLDER}/preview.html", context)


@gate(reads_proposal)
@require_safe
def receipts(request: HttpRequest, proposal: str) -> HttpResponse:
    """List every version that was submitted."""
    context = proposal_page(request, proposal, "Receipts")
    context["submissions"] = context["proposal"].submissions.order_by("-number")
    return render(request, f"{FOLDER}/receipts.html", context)


@gate(reads_proposal)
@require_safe
def receipt(request: HttpRequest, proposal: str, receipt: str) -> HttpResponse:
    """Show one receipt: number, time in both zones, fingerprint, what was found."""
    context = proposal_page(request, proposal, "Receipt")
    context["submission"] = submission = _submission(request, proposal, receipt)
    context["submission_last_minute"] = last_minute(submission.closes_at)
    return render(request, f"{FOLDER}/receipt.html", context)


@gate(reads_proposal)
@require_safe
def receipt_pdf(request: HttpRequest, proposal: str, receipt: str) -> HttpResponse:
    """Hand out the receipt with everything that was submitted, as signed PDF."""
    submission = _submission(request, proposal, receipt)
    data = keep_paper(
        at=arrival_of(request),
        case=submission.proposal.case,
        kind=KIND,
        about=submission.receipt_number,
        write=lambda: submission_paper(submission),
    )
    response = HttpResponse(data, content_type="application/pdf")
    name = f"receipt-{submission.receipt_number}.pdf"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@gate(reads_proposal)
@require_safe
def history(request: HttpRequest, proposal: str) -> HttpResponse:
    """Show everything that happened."""
    context = proposal_page(request, proposal, "History")
    context["entries"] = history_entries(context["proposal"].case)
    return render(request, f"{FOLDER}/history.html", context)


def _submission(request: HttpRequest, proposal: str, receipt: str) -> Submission:
    row = proposal_for(request, proposal).proposal
    found = row.submissions.filter(receipt_number=receipt).first()
    if found is None:
        raise Http404
    # What the gate has read already, with everything that belongs to it.
    found.proposal = row
    return found


def _act_url(context: dict[str, Any], act: NextAct) -> str:
    row = context["proposal"]
    if act.is_step:
        first = next(one for one in context["standings"] if not one["standing"].is_complete)
        standing = first["standing"]
        if standing.is_list:
            return str(first["url"])
        return f"{first['url']}?check=1#id_{standing.problems[0].question_id}"
    if act.route == "certification:team":
        return reverse(act.route, args=[row.group.case.reference])
    return reverse(act.route, args=[row.case.reference]) if act.route else ""
