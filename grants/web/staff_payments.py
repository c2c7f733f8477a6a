"""Payments as officers work on them: one request, its reviews, the certification, what follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import arrival_of, person_of
from accounts.gates import gate
from grants.actions.certify_payment import certify_payment, certify_refusal
from grants.actions.hold_payment import HOLDABLE, hold_payment, release_payment
from grants.actions.move_payment import day_of
from grants.actions.record_refund import REFUNDABLE, record_refund
from grants.actions.review_payment import return_payment, review_payment
from grants.forms.payments import (
    CertifyPaymentForm,
    HoldForm,
    RefundForm,
    ReturnPaymentForm,
    ReviewForm,
)
from grants.models import PaymentRequest
from grants.permissions.awards import reads_award, staff_award_for
from grants.permissions.payments import (
    certifies_payment,
    reads_payment,
    reviews_money,
    reviews_progress,
)
from grants.queries.payment_desk import with_amount
from grants.queries.payment_holds import holding_terms
from grants.queries.payment_lines import lines_of
from grants.queries.payment_position import draw_position
from grants.rules.funnel import NOTHING
from grants.rules.payment_states import CERTIFIABLE, PAYMENT, PaymentState, ReviewKind
from grants.rules.payments import CERTIFICATION, reviewer_refusal
from grants.web.award_pages import staff_award_page
from grants.web.payment_pages import (
    TONES,
    ActPage,
    act_form,
    acting,
    days_left,
    staff_payment_page,
)
from kit.refusals import Refused

PROGRESS = ActPage(
    title="Review the progress",
    lead="Was the work done, and do these costs belong to it?",
    button="Write the review",
    done="Your review is written.",
)
MONEY = ActPage(
    title="Review the money",
    lead="Are the costs allowable and within the budget? You may approve less than was asked for.",
    button="Write the review",
    done="Your review is written.",
)
CERTIFY = ActPage(
    title="Certify the payment",
    lead="Your signature takes the money from the award. It goes into the next payment file.",
    button="Certify",
    done="Certified. The payment goes into the next payment file.",
    statement=CERTIFICATION,
)
RETURN = ActPage(
    title="Return for correction",
    lead="The group corrects the request and submits it again; two officers review it anew.",
    button="Return the request",
    done="Returned. We wrote to the group.",
    is_grave=True,
)
HOLD = ActPage(
    title="Hold the payment",
    lead="A payment is held only where a condition of the award says so. The group gets a notice.",
    button="Hold the payment",
    done="Held. We wrote to the group.",
    is_grave=True,
)
REFUND = ActPage(
    title="Record a repayment",
    lead="What came back lowers what was drawn. No more comes back than was paid.",
    button="Record the repayment",
    done="Recorded. What was drawn is lower by it.",
)


@gate(reads_award)
@require_http_methods(["GET", "HEAD"])
def payments(request: HttpRequest, award: str) -> HttpResponse:
    """Show the limit of an award and its requests."""
    row = staff_award_for(request, award)
    rows = with_amount(row.payment_requests.filter(round__gt=0).order_by("-started_at", "-pk"))
    context = staff_award_page(request, award, "Payments")
    context |= {
        "position": draw_position(row, day_of(row, arrival_of(request))),
        "requests": [
            {
                "row": one,
                "words": PAYMENT.labels[one.status],
                "tone": TONES.get(one.status, "info"),
                "days_left": days_left(one, request),
                "url": reverse("grants:staff_payment", args=[award, one.reference]),
            }
            for one in rows
        ],
    }
    return render(request, "grants/payments/staff_list.html", context)


@gate(reads_payment)
@require_http_methods(["GET", "HEAD"])
def payment(request: HttpRequest, award: str, payment: str) -> HttpResponse:
    """Show a request with everything that its reviewers need, and what the reader may do."""
    context = staff_payment_page(request, award, payment, "Payment request")
    context["acts"] = list(_acts(request, context["payment"], context))
    return render(request, "grants/payments/staff_payment.html", context)


def _acts(
    request: HttpRequest, row: PaymentRequest, context: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """The buttons of the page; a refused one says why beside it."""
    route = {"award": row.award.reference, "payment": row.reference}
    for kind in context["missing_reviews"]:
        is_money = kind is ReviewKind.MONEY
        page, may = (MONEY, reviews_money) if is_money else (PROGRESS, reviews_progress)
        refusal = may(request, **route) or _reviewer_refusal(request, row)
        yield _act(page.title, f"grants:review_{kind.value}", row, refusal)
    if row.status in CERTIFIABLE or row.status is PaymentState.PAYMENT_FAILED:
        refusal = certifies_payment(request, **route)
        refusal = refusal or certify_refusal(row, person_of(request).pk)
        yield _act(CERTIFY.title, "grants:certify_payment", row, refusal)
    if row.status in CERTIFIABLE and certifies_payment(request, **route) is None:
        yield _act(RETURN.title, "grants:return_payment", row)
    if reviews_money(request, **route) is None:
        if context["hold"] is None and row.status in HOLDABLE and holding_terms(row.award):
            yield _act(HOLD.title, "grants:hold_payment", row)
        if row.status in REFUNDABLE:
            yield _act(REFUND.title, "grants:record_refund", row)


def _act(title: str, route: str, row: PaymentRequest, refusal: Any = None) -> dict[str, Any]:  # noqa: ANN401
    url = reverse(route, args=[row.award.reference, row.reference])
    return {"title": title, "url": url, "refusal": refusal}


def _reviewer_refusal(request: HttpRequest, row: PaymentRequest) -> Any:  # noqa: ANN401
    others = row.reviews.filter(round=row.round).values_list("reviewed_by_id", flat=True)
    return reviewer_refusal(
        reviewer=person_of(request).pk,
        submitted_by=(row.submitted_by_id, row.started_by_id),
        other_reviewers=others,
    )


@gate(reviews_progress)
@require_http_methods(["GET", "HEAD", "POST"])
def review_progress(request: HttpRequest, award: str, payment: str) -> HttpResponse:
    """Write the review of the progress."""
    return _review(request, (award, payment), PROGRESS, ReviewKind.PROGRESS)


@gate(reviews_money)
@require_http_methods(["GET", "HEAD", "POST"])
def review_money(request: HttpRequest, award: str, payment: str) -> HttpResponse:
    """Write the review of the money."""
    return _review(request, (award, payment), MONEY, ReviewKind.MONEY)


def _review(
    request: HttpRequest, where: tuple[str, str], page: ActPage, kind: ReviewKind
) -> HttpResponse:
    context = _opened(request, where, page.title)
    row = context["payment"]
    form = ReviewForm(
        request.POST or None,
        kind=kind,
        lines=lines_of(row.award, row),
        initial={"round": row.round},
    )
    return act_form(
        request,
        context,
        page,
        form,
        lambda: review_payment(**acting(request, row), opinion=form.opinion()),
    )


@gate(certifies_payment, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def certify(request: HttpRequest, award: str, payment: str) -> HttpResponse:
    """Certify the payment."""
    context = _opened(request, (award, payment), CERTIFY.title)
    row = context["payment"]
    form = CertifyPaymentForm(request.POST or None, initial={"round": row.round})
    return act_form(
        request,
        context,
        CERTIFY,
        form,
        lambda: certify_payment(**acting(request, row), round_read=form.cleaned_data["round"]),
    )


@gate(certifies_payment)
@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: HttpRequest, award: str, payment: str) -> HttpResponse:
    """Return an approved request."""
    context = _opened(request, (award, payment), RETURN.title)
    row = context["payment"]
    form = ReturnPaymentForm(request.POST or None, initial={"round": row.round})
    return act_form(
        request,
        context,
        RETURN,
        form,
        lambda: return_payment(
            **acting(request, row),
            round_read=form.cleaned_data["round"],
            words=form.cleaned_data["words"],
        ),
    )


@gate(reviews_money)
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, award: str, payment: str) -> HttpResponse:
    """Hold the payment under a condition of the award."""
    context = _opened(request, (award, payment), HOLD.title)
    row = context["payment"]
    form = HoldForm(request.POST or None, terms=list(holding_terms(row.award)))
    return act_form(
        request,
        context,
        HOLD,
        form,
        lambda: hold_payment(
            **acting(request, row),
            condition=int(form.cleaned_data["condition"]),
            words=form.cleaned_data["words"],
        ),
    )


@gate(reviews_money)
@require_POST
def release(request: HttpRequest, award: str, payment: str) -> HttpResponse:
    """Release a held payment."""
    row = staff_payment_page(request, award, payment, "")["payment"]
    try:
        release_payment(**acting(request, row))
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
    else:
        messages.success(request, "Released. We wrote to the group.")
    return redirect("grants:staff_payment", award=award, payment=payment)


@gate(reviews_money)
@require_http_methods(["GET", "HEAD", "POST"])
def refund(request: HttpRequest, award: str, payment: str) -> HttpResponse:
    """Record a repayment."""
    context = _opened(request, (award, payment), REFUND.title)
    row = context["payment"]
    form = RefundForm(request.POST or None, left=_left(row))
    return act_form(
        request,
        context,
        REFUND,
        form,
        lambda: record_refund(**acting(request, row), repayment=form.repayment()),
    )


def _left(row: PaymentRequest) -> dict[str, tuple[str, Decimal]]:
    """What of each paid line has not come back."""
    lines = row.lines.annotate(back=Sum("refunds__amount")).filter(approved__gt=0)
    left = {one: (one.approved or NOTHING) - (one.back or NOTHING) for one in lines}
    return {one.category: (str(one), amount) for one, amount in left.items() if amount}


def _opened(request: HttpRequest, where: tuple[str, str], title: str) -> dict[str, Any]:
    award, payment = where
    context = staff_payment_page(request, award, payment, title)
    return context | {
        "template": "grants/payments/act.html",
        "back": reverse("grants:staff_payment", args=[award, payment]),
    }
