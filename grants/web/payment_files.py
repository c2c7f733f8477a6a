"""Payment files, and the results that come back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from accounts.models import Agency
from accounts.rules.roles import AgencyRoleKind
from grants.actions.make_payment_file import make_payment_file
from grants.actions.read_payment_results import read_payment_results
from grants.actions.record_refund import reconcile_file
from grants.forms.payments import AgencyForm, ResultsForm
from grants.models import PaymentFile, PaymentResults
from grants.permissions.payments import (
    PAYERS,
    agencies_with,
    makes_payment_files,
    payment_file,
    reads_payment_file,
    reads_results,
    reconciles_file,
    sees_payment_files,
)
from grants.queries.payment_desk import certified_payments, files_of_agencies
from kit.refusals import Refused

SEERS = (*PAYERS, AgencyRoleKind.AUDITOR)


@gate(sees_payment_files)
@require_http_methods(["GET", "HEAD"])
def files(request: HttpRequest) -> HttpResponse:
    """Show what waits for a file, every file, and every file of results."""
    return render(request, "grants/payments/files.html", _desk(request))


@gate(makes_payment_files, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def make_file(request: HttpRequest) -> HttpResponse:
    """Make a file of every certified payment."""
    agencies = _agencies(request, AgencyRoleKind.CERTIFYING_OFFICER)
    form = AgencyForm(request.POST or None, agencies=agencies)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            made = make_payment_file(
                actor=actor_of(request),
                at=arrival_of(request),
                agency=Agency.objects.get(pk=form.cleaned_data["agency"]),
                key=request.POST.get("idempotency_key", ""),
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            messages.success(request, "The file is made. Hand it to the disbursing office.")
            return redirect("grants:payment_file", file=made.reference)
    if form.is_bound:
        status = 409
    context = _desk(request) | {"form": form, "trail": _trail()}
    return render(request, "grants/payments/make_file.html", context, status=status)


@gate(reads_results)
@require_http_methods(["GET", "HEAD", "POST"])
def results(request: HttpRequest) -> HttpResponse:
    """Read a file of results."""
    agencies = _agencies(request, AgencyRoleKind.FINANCE_OFFICER)
    which = AgencyForm(request.POST or None, agencies=agencies)
    form = ResultsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and which.is_valid() and form.is_valid():
        name, text = form.cleaned_data["file"]
        try:
            read, was_known = read_payment_results(
                actor=actor_of(request),
                at=arrival_of(request),
                agency=Agency.objects.get(pk=which.cleaned_data["agency"]),
                name=name,
                text=text,
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            messages.success(request, _told(read, was_known=was_known))
            return redirect("grants:payment_files")
    status = 409 if request.method == "POST" else 200
    context = {"form": form, "which": which, "trail": _trail()}
    return render(request, "grants/payments/results.html", context, status=status)


@gate(reads_payment_file)
@require_http_methods(["GET", "HEAD"])
def file(request: HttpRequest, file: str) -> HttpResponse:
    """Show a file and how its payments ended."""
    row = _found(request, file)
    orders = row.orders.select_related("certification__request__award__case")
    context = {
        "trail": _trail(),
        "file": row,
        "orders": orders,
        "waiting": sum(not one.result for one in orders),
        "refusal": reconciles_file(request, file),
    }
    return render(request, "grants/payments/file.html", context)


@gate(reads_payment_file)
@require_http_methods(["GET", "HEAD"])
def content(request: HttpRequest, file: str) -> HttpResponse:
    """The file, byte for byte as it was made."""
    row = _found(request, file)
    answer = HttpResponse(row.content.encode(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{row.reference}.csv"'
    return answer


@gate(reconciles_file)
@require_POST
def reconcile(request: HttpRequest, file: str) -> HttpResponse:
    """Close a file."""
    row = _found(request, file)
    try:
        reconcile_file(actor=actor_of(request), at=arrival_of(request), file=row)
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
    else:
        messages.success(request, "Reconciled. Every payment of this file has ended.")
    return redirect("grants:payment_file", file=file)


def _desk(request: HttpRequest) -> dict[str, Any]:
    agencies = agencies_with(request, *SEERS)
    rows = Agency.objects.filter(pk__in=agencies)
    waiting = [one for agency in rows for one in certified_payments(agency)]
    return {
        "trail": _trail()[:1],
        "waiting": waiting,
        "waiting_total": sum(one.amount for one in waiting),
        "files": files_of_agencies(agencies),
        "results": PaymentResults.objects.filter(agency__in=agencies).select_related("read_by"),
        "make_refusal": makes_payment_files(request),
        "results_refusal": reads_results(request),
    }


def _trail() -> list[dict[str, str]]:
    return [
        {"label": "Payments", "url": reverse("grants:payment_desk")},
        {"label": "Payment files", "url": reverse("grants:payment_files")},
    ]


def _agencies(request: HttpRequest, role: AgencyRoleKind) -> dict[int, str]:
    rows = Agency.objects.filter(pk__in=agencies_with(request, role)).order_by("name")
    return dict(rows.values_list("pk", "name"))


def _found(request: HttpRequest, reference: str) -> PaymentFile:
    row = payment_file(request, reference)
    if row is None:
        raise LookupError(reference)
    return row


def _told(read: PaymentResults, *, was_known: bool) -> str:
    if was_known:
        return "This very file was read before. Nothing changed."
    return (
        f"Read: {read.paid} paid, {read.failed} failed, {read.known} known before. "
        "We wrote to the groups whose payment failed."
    )
