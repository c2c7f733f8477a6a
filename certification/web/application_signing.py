"""The acts of the authorized representative: certify, submit, withdraw."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from certification.actions.certify_application import certify_application
from certification.actions.submit_application import submit_application
from certification.actions.withdraw_application import withdraw_application
from certification.forms.application import CertifyForm, WithdrawForm
from certification.permissions.applications import (
    application_for,
    reads_application,
    represents_application,
)
from certification.queries.applications import draft_of
from certification.rules.application_form import BY_ID, CERTIFICATION
from certification.rules.submission import certify_refusals, submit_refusals, withdraw_refusals
from certification.web.application_pages import address, application_page
from kit.refusals import Refused

FOLDER = "certification/application"
STATEMENT = BY_ID[CERTIFICATION].question("true_and_complete")


@gate(reads_application)
@require_http_methods(["GET", "HEAD"])
def certify(request: HttpRequest, application: str) -> HttpResponse:
    """Show what certifying and submitting mean, and what is still in the way."""
    return _page(request, application, CertifyForm(STATEMENT))


@require_POST
@gate(represents_application)
def sign(request: HttpRequest, application: str) -> HttpResponse:
    """Certify under one's own name and title."""
    form = CertifyForm(STATEMENT, data=request.POST)
    row = application_for(request, application).application
    if not form.is_valid():
        return _page(request, application, form)
    try:
        certify_application(
            actor=actor_of(request),
            at=arrival_of(request),
            application=row,
            title=form.cleaned_data["title"],
            key=request.POST.get("idempotency_key", ""),
        )
    except Refused as refused:
        form.add_error(None, refused.refusal.sentence)
        return _page(request, application, form)
    messages.success(request, "You have certified the application. It can now be submitted.")
    return redirect(address("certify_application", row))


@require_POST
@gate(represents_application)
def submit(request: HttpRequest, application: str) -> HttpResponse:
    """Submit; somebody who comes second is shown the receipt of the first."""
    row = application_for(request, application).application
    try:
        submit_application(
            actor=actor_of(request),
            at=arrival_of(request),
            application=row,
            key=request.POST.get("idempotency_key", ""),
        )
    except Refused as refused:
        row.refresh_from_db(fields=["submitted_at"])
        if row.submitted_at is None:
            messages.error(request, refused.refusal.sentence)
            return redirect(address("certify_application", row))
    return redirect(address("application_receipt", row))


@gate(represents_application)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, application: str) -> HttpResponse:
    """Ask once more, then withdraw."""
    context = application_page(request, application, "Withdraw")
    opened = application_for(request, application)
    row = opened.application
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw_application(
            actor=actor_of(request),
            at=arrival_of(request),
            application=row,
            reason=form.cleaned_data["reason"],
            key=request.POST.get("idempotency_key", ""),
        )
        messages.success(request, "The application is withdrawn. We have written to your team.")
        return redirect(address("application", row))
    context["form"] = form
    context["refusal"] = next(iter(withdraw_refusals(row.status, opened.person)), None)
    return render(request, f"{FOLDER}/withdraw.html", context)


def _page(request: HttpRequest, application: str, form: CertifyForm) -> HttpResponse:
    context = application_page(request, application, "Certify and submit")
    opened = application_for(request, application)
    draft = draft_of(opened.application)
    context |= {
        "form": form,
        "certify_refusals": certify_refusals(draft, opened.person),
        "submit_refusal": next(iter(submit_refusals(draft, opened.person)), None),
    }
    return render(request, f"{FOLDER}/certify.html", context)
