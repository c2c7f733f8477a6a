"""What pages of payments have in common: words, tones, the clock, a request as a page shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.actors import actor_of, arrival_of
from grants.actions.move_payment import day_of
from grants.models import PaymentRequest
from grants.permissions.payments import own_payment, staff_payment
from grants.queries.payment_holds import open_hold
from grants.queries.payment_lines import lines_of
from grants.queries.payment_position import draw_position
from grants.rules.payment_states import PAYMENT, PENDING, PaymentState, ReviewKind
from grants.rules.payments import total_asked
from grants.web.award_pages import award_page, staff_award_page
from kit.refusals import Refused

TONES = {
    PaymentState.DRAFT: "quiet",
    PaymentState.RETURNED: "turn",
    PaymentState.PAID: "good",
    PaymentState.RECONCILED: "good",
    PaymentState.DENIED: "bad",
    PaymentState.PAYMENT_FAILED: "bad",
    PaymentState.WITHDRAWN: "quiet",
    PaymentState.RECOVERED: "quiet",
}
# While these, the 30 days run.
CLOCKED = PENDING | {PaymentState.CERTIFIED, PaymentState.PAYMENT_FAILED}


@dataclass(frozen=True, slots=True)
class ActPage:
    """The page on which something is done with a request."""

    title: str
    lead: str
    button: str
    done: str
    statement: str = ""
    is_grave: bool = False


def member_payment_page(
    request: HttpRequest, award: str, payment: str, here: str
) -> dict[str, Any]:
    """The context of a request as its group reads it."""
    row = _must(own_payment(request, award, payment))
    context = award_page(request, award, here)
    context["trail"].append(_list_of("grants:payments", award))
    return context | described(request, row) | {"status_words": PAYMENT.public_label(row.status)}


def staff_payment_page(request: HttpRequest, award: str, payment: str, here: str) -> dict[str, Any]:
    """The context of a request as officers read it."""
    row = _must(staff_payment(request, award, payment))
    context = staff_award_page(request, award, here)
    context["trail"].append(_list_of("grants:staff_payments", award))
    return context | described(request, row) | {"status_words": PAYMENT.labels[row.status]}


def _list_of(route: str, award: str) -> dict[str, str]:
    return {"label": "Payments", "url": reverse(route, args=[award])}


def described(request: HttpRequest, row: PaymentRequest) -> dict[str, Any]:
    """A request with its lines, the limit, its reviews and its clock."""
    today = day_of(row.award, arrival_of(request))
    lines = lines_of(row.award, row)
    approved = {one.category: one.approved for one in row.lines.all()}
    is_judged = any(one is not None for one in approved.values())
    given = [one for one in approved.values() if one is not None]
    return {
        "payment": row,
        "payment_tone": TONES.get(row.status, "info"),
        "lines": [(line, approved.get(name)) for name, line in lines.items()],
        "asked": total_asked(tuple(lines.values())),
        "approved": sum(given) if is_judged else None,
        "position": draw_position(row.award, today, row),
        "days_left": days_left(row, request),
        "hold": open_hold(row),
        "reviews": row.reviews.filter(round=row.round).select_related("reviewed_by"),
        "missing_reviews": missing_reviews(row),
        "certifications": row.certifications.select_related("certified_by", "order"),
        "refunds": refunds_of(row),
    }


def refunds_of(row: PaymentRequest) -> list[Any]:
    """What came back."""
    return [one for line in row.lines.prefetch_related("refunds") for one in line.refunds.all()]


def missing_reviews(row: PaymentRequest) -> list[ReviewKind]:
    """Which of the two reviews nobody has done."""
    if row.status is not PaymentState.SUBMITTED:
        return []
    done = set(row.reviews.filter(round=row.round).values_list("kind", flat=True))
    return [one for one in ReviewKind if one.value not in done]


def days_left(row: PaymentRequest, request: HttpRequest) -> int | None:
    """How many days we have left to pay; below nothing where we are late."""
    if row.status not in CLOCKED or row.pay_by is None:
        return None
    return (row.pay_by - day_of(row.award, arrival_of(request))).days


def acting(request: HttpRequest, row: PaymentRequest) -> dict[str, Any]:
    """The arguments of every act on a request."""
    return {
        "actor": actor_of(request),
        "at": arrival_of(request),
        "request": row,
        "key": request.POST.get("idempotency_key", ""),
    }


def act_form(
    request: HttpRequest,
    context: dict[str, Any],
    page: ActPage,
    form: forms.Form,
    act: Callable[[], object],
) -> HttpResponse:
    """Show the form of an act, or do it and go back to the request."""
    status = 200
    back = context["back"]
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
            status = 409
        else:
            messages.success(request, page.done)
            return redirect(back)
    elif form.is_bound:
        status = 409
    context |= {"page": page, "form": form}
    return render(request, context["template"], context, status=status)


def _must(row: PaymentRequest | None) -> PaymentRequest:
    if row is None:
        message = "the gate asks first"
        raise LookupError(message)
    return row
