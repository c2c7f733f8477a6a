"""The acts of the authorized representative: certify, submit, withdraw; and new versions."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from grants.actions.certify_proposal import certify_proposal
from grants.actions.revise_proposal import keep_submitted, revise_proposal, withdraw_proposal
from grants.actions.submit_proposal import submit_proposal
from grants.forms.proposals import CertifyForm, WithdrawForm
from grants.permissions.proposals import proposal_for, reads_proposal, represents_proposal
from grants.queries.late_leaves import leave_of
from grants.rules.submitting import certify_refusals, submit_refusals, withdraw_refusals
from grants.web.proposal_pages import address, proposal_page
from kit.refusals import Refused

FOLDER = "grants/proposals"


@gate(reads_proposal)
@require_http_methods(["GET", "HEAD"])
def certify(request: HttpRequest, proposal: str) -> HttpResponse:
    """Show what certifying and submitting mean, and what is still in the way."""
    return _page(request, proposal, CertifyForm())


@require_POST
@gate(represents_proposal)
def sign(request: HttpRequest, proposal: str) -> HttpResponse:
    """Certify under one's own name and title."""
    form = CertifyForm(data=request.POST)
    row = proposal_for(request, proposal).proposal
    if not form.is_valid():
        return _page(request, proposal, form)
    try:
        certify_proposal(
            actor=actor_of(request),
            at=arrival_of(request),
            proposal=row,
            title=form.cleaned_data["title"],
            key=request.POST.get("idempotency_key", ""),
        )
    except Refused as refused:
        form.add_error(None, refused.refusal.sentence)
        return _page(request, proposal, form)
    messages.success(request, "You have certified the proposal. It can now be submitted.")
    return redirect(address("certify", row))


@require_POST
@gate(represents_proposal)
def submit(request: HttpRequest, proposal: str) -> HttpResponse:
    """Submit; somebody who comes second is shown the receipt of the first."""
    row = proposal_for(request, proposal).proposal
    try:
        submission = submit_proposal(
            actor=actor_of(request),
            at=arrival_of(request),
            proposal=row,
            key=request.POST.get("idempotency_key", ""),
        )
    except Refused as refused:
        row.refresh_from_db(fields=["state"])
        messages.error(request, refused.refusal.sentence)
        has_gone = row.submissions.exists() and refused.refusal.code == "illegal_transition"
        return redirect(address("receipts" if has_gone else "certify", row))
    return redirect(address("receipt", row, submission.receipt_number))


@require_POST
@gate(reads_proposal)
def revise(request: HttpRequest, proposal: str) -> HttpResponse:
    """Prepare a new version."""
    row = proposal_for(request, proposal).proposal
    try:
        revise_proposal(
            actor=actor_of(request),
            at=arrival_of(request),
            proposal=row,
            key=request.POST.get("idempotency_key", ""),
        )
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
    else:
        messages.success(request, "You can write again. Certify and submit before the close.")
    return redirect(address("proposal", row))


@require_POST
@gate(reads_proposal)
def keep(request: HttpRequest, proposal: str) -> HttpResponse:
    """Keep the version that was submitted before."""
    row = proposal_for(request, proposal).proposal
    try:
        keep_submitted(
            actor=actor_of(request),
            at=arrival_of(request),
            proposal=row,
            key=request.POST.get("idempotency_key", ""),
        )
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
    else:
        messages.success(request, "The version that you submitted before stands.")
    return redirect(address("proposal", row))


@gate(represents_proposal)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, proposal: str) -> HttpResponse:
    """Ask once more, then withdraw."""
    context = proposal_page(request, proposal, "Withdraw")
    row = context["proposal"]
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw_proposal(
            actor=actor_of(request),
            at=arrival_of(request),
            proposal=row,
            reason=form.cleaned_data["reason"],
            key=request.POST.get("idempotency_key", ""),
        )
        messages.success(request, "The proposal is withdrawn. We have written to your team.")
        return redirect(address("proposal", row))
    context["form"] = form
    context["refusal"] = next(iter(withdraw_refusals(row.status, context["person"])), None)
    return render(request, f"{FOLDER}/withdraw.html", context)


def _page(request: HttpRequest, proposal: str, form: CertifyForm) -> HttpResponse:
    context = proposal_page(request, proposal, "Certify and submit")
    draft, person, at = context["draft"], context["person"], context["at"]
    leave = leave_of(context["proposal"], at)
    refusals = submit_refusals(draft, person, at, may_be_late=leave is not None)
    context |= {
        "form": form,
        "leave": leave,
        "certify_refusals": certify_refusals(draft, person),
        "submit_refusal": refusals[0] if refusals else None,
    }
    return render(request, f"{FOLDER}/certify.html", context)
