"""Payments of an award as its group asks for them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import arrival_of
from accounts.gates import gate
from certification.rules.groups import SeatRole
from grants.actions.move_payment import day_of
from grants.actions.prepare_payment import (
    save_payment,
    start_payment,
    submit_payment,
    submit_refusals,
    withdraw_payment,
)
from grants.forms.payments import PaymentForm, SignPaymentForm
from grants.permissions.awards import award_for, holds_accepted_award
from grants.permissions.payments import reads_own_payment, signs_payment
from grants.queries.payment_desk import with_amount
from grants.queries.payment_lines import lines_of
from grants.queries.payment_position import draw_position
from grants.rules.payment_states import EDITABLE, PAYMENT
from grants.rules.payments import STATEMENT
from grants.web.award_pages import acting_as_member, award_page
from grants.web.payment_pages import (
    TONES,
    ActPage,
    act_form,
    acting,
    days_left,
    member_payment_page,
)
from kit.refusals import Refused

SIGN = ActPage(
    title="Certify and submit",
    lead="You sign for your group. Two officers then review the request, and a third certifies "
    "the payment. We pay within 30 days.",
    button="Certify and submit",
    done="Submitted. Two officers review it now; you see here where it stands.",
    statement=STATEMENT,
)


@require_http_methods(["GET", "HEAD"])
@gate(holds_accepted_award)
def payments(request: HttpRequest, award: str) -> HttpResponse:
    """Show what can be drawn today and why, and every request."""
    row = award_for(request, award).award
    rows = with_amount(row.payment_requests.order_by("-started_at", "-pk"))
    context = award_page(request, award, "Payments")
    context |= {
        "position": draw_position(row, day_of(row, arrival_of(request))),
        "requests": [
            {
                "row": one,
                "words": PAYMENT.public_label(one.status),
                "tone": TONES.get(one.status, "info"),
                "days_left": days_left(one, request),
                "url": reverse("grants:payment", args=[award, one.reference]),
            }
            for one in rows
        ],
        "unfinished": next((one for one in rows if one.status in EDITABLE), None),
    }
    return render(request, "grants/payments/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@gate(holds_accepted_award)
def new_payment(request: HttpRequest, award: str) -> HttpResponse:
    """Prepare a request."""
    row = award_for(request, award).award
    first = row.payment_requests.exclude(state="withdrawn").order_by("-costs_through").first()
    initial = {"costs_from": first.costs_from if first else row.starts_on, "version": 0}
    lines = lines_of(row)
    form = PaymentForm(
        request.POST or None, initial=initial, lines=lines, has_advances=row.has_advances
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = start_payment(
                **acting_as_member(request, award),
                key=request.POST.get("idempotency_key", ""),
                prepared=form.prepared(),
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            messages.success(request, "Saved. Your authorized representative submits it.")
            return redirect("grants:payment", award=award, payment=made.reference)
    context = award_page(request, award, "Ask for a payment")
    return _write(request, context, form, reverse("grants:payments", args=[award]))


@require_http_methods(["GET", "HEAD", "POST"])
@gate(reads_own_payment)
def edit_payment(request: HttpRequest, award: str, payment: str) -> HttpResponse:
    """Change a request before it is submitted."""
    context = member_payment_page(request, award, payment, "Change the request")
    row = context["payment"]
    PAYMENT.move(row.status, "submit")
    initial = {
        "costs_from": row.costs_from,
        "costs_through": row.costs_through,
        "progress": row.progress,
        "version": row.version,
    }
    form = PaymentForm(
        request.POST or None,
        initial=initial,
        lines=lines_of(row.award, row),
        has_advances=row.award.has_advances,
    )
    back = reverse("grants:payment", args=[award, payment])
    if request.method == "POST" and form.is_valid():
        try:
            save_payment(**acting(request, row), prepared=form.prepared())
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            messages.success(request, "Saved.")
            return redirect(back)
    return _write(request, context, form, back)


@require_http_methods(["GET", "HEAD"])
@gate(reads_own_payment)
def payment(request: HttpRequest, award: str, payment: str) -> HttpResponse:
    """Show a request: what it asks for, where it stands, what is in the way."""
    context = member_payment_page(request, award, payment, "Payment request")
    row = context["payment"]
    is_editable = row.status in EDITABLE
    today = day_of(row.award, arrival_of(request))
    context |= {
        "is_editable": is_editable,
        "in_the_way": submit_refusals(row.award, row, today) if is_editable else (),
        "is_representative": context["seat"] is SeatRole.AUTHORIZED_REPRESENTATIVE,
        "may_withdraw": PAYMENT.allows(row.status, "withdraw"),
        "returned_words": _returned_words(row),
    }
    return render(request, "grants/payments/payment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@gate(signs_payment, fresh=True)
def sign_payment(request: HttpRequest, award: str, payment: str) -> HttpResponse:
    """Certify and submit."""
    context = member_payment_page(request, award, payment, SIGN.title)
    row = context["payment"]
    form = SignPaymentForm(request.POST or None)
    context |= {
        "template": "grants/payments/sign.html",
        "back": reverse("grants:payment", args=[award, payment]),
    }
    if request.method != "POST":
        PAYMENT.move(row.status, "submit")
    return act_form(
        request,
        context,
        SIGN,
        form,
        lambda: submit_payment(**acting(request, row), title=form.cleaned_data["title"]),
    )


@require_POST
@gate(reads_own_payment)
def withdraw(request: HttpRequest, award: str, payment: str) -> HttpResponse:
    """Take a request back."""
    row = member_payment_page(request, award, payment, "")["payment"]
    try:
        withdraw_payment(**acting(request, row))
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
    else:
        messages.success(request, "Withdrawn. You can ask for the same costs again.")
    return redirect("grants:payment", award=award, payment=payment)


def _write(
    request: HttpRequest, context: dict[str, Any], form: PaymentForm, back: str
) -> HttpResponse:
    award = context["award"]
    context |= {
        "form": form,
        "back": back,
        "position": draw_position(award, day_of(award, arrival_of(request))),
    }
    status = 409 if form.is_bound else 200
    return render(request, "grants/payments/write.html", context, status=status)


def _returned_words(row: Any) -> str:  # noqa: ANN401 - a request
    last = row.reviews.filter(round=row.round, outcome="return").last()
    return last.words if last and row.state == "returned" else ""
