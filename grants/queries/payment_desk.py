"""Payments as officers see them: what waits for whom, what is on its way, what came back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from accounts.models import Agency
from grants.models import PaymentCertification, PaymentFile, PaymentOrder, PaymentRequest
from grants.queries.awards import hidden_proposals
from grants.rules.payment_files import Result, Sent, payment_name
from grants.rules.payment_states import PaymentState

READ_WITH = (
    "award__case",
    "award__agency",
    "award__group__case",
    "award__selected__proposal__case",
    "award__selected__proposal__competition",
    "submitted_by",
)
SORTS = {"state": "state", "amount": "amount", "pay_by": "pay_by"}


def certified_payments(agency: Agency) -> QuerySet[PaymentCertification]:
    """Certified payments of an agency that are in no file yet."""
    return (
        PaymentCertification.objects.filter(
            request__award__agency=agency, request__state=PaymentState.CERTIFIED, order=None
        )
        .select_related("request__award__case", "request__award__group")
        .order_by("request__pay_by", "pk")
    )


def sent_payments(agency: Agency) -> Mapping[str, PaymentOrder]:
    """Every payment that an agency sent, by its name in the files."""
    rows = PaymentOrder.objects.filter(file__agency=agency).select_related(
        "certification__request__award__agency", "certification__approve_entry", "file"
    )
    return {
        payment_name(row.certification.request.reference, row.certification.number): row
        for row in rows
    }


def sent_rows(orders: Mapping[str, PaymentOrder]) -> Mapping[str, Sent]:
    """The same as the rules of the file see them."""
    return {name: _sent(name, row) for name, row in orders.items()}


def _sent(name: str, row: PaymentOrder) -> Sent:
    zone = ZoneInfo(row.certification.request.award.agency.time_zone)
    ended = None
    if row.result and row.result_on is not None:
        is_paid = row.result == PaymentOrder.Result.PAID
        ended = Result(name, is_paid, row.amount, row.result_on, row.trace, row.reason)
    return Sent(row.amount, row.file.made_at.astimezone(zone).date(), ended)


def requests_of_agencies(
    agencies: Collection[int],
    user: int,
    *,
    search: str = "",
    state_in: Collection[str] = (),
    sort: str = "pay_by",
) -> QuerySet[PaymentRequest]:
    """Requests that an officer sees: submitted once, and of no proposal hidden from this person."""
    rows = PaymentRequest.objects.filter(award__agency__in=agencies, round__gt=0)
    rows = rows.exclude(award__selected__proposal__in=hidden_proposals(user))
    if state_in:
        rows = rows.filter(state__in=state_in)
    if search:
        named = Q(award__title__icontains=search) | Q(award__group__name__icontains=search)
        rows = rows.filter(named | Q(reference__icontains=search))
    column = SORTS.get(sort.removeprefix("-"), "pay_by")
    order = f"-{column}" if sort.startswith("-") else column
    return with_amount(rows).select_related(*READ_WITH).order_by(order, "pk")


def with_amount(rows: QuerySet[PaymentRequest]) -> QuerySet[PaymentRequest]:
    """The rows with `amount`: what was approved, or what is asked for."""
    return rows.annotate(
        amount=Sum(Coalesce(F("lines__approved"), F("lines__asked"))),
        asked=Sum("lines__asked"),
    )


def files_of_agencies(agencies: Collection[int]) -> QuerySet[PaymentFile]:
    """Payment files, the newest first."""
    return PaymentFile.objects.filter(agency__in=agencies).select_related("agency", "made_by")
