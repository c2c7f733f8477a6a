"""The desk of payments: every request of an officer's agencies, the first to be paid first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from accounts.actors import person_of
from accounts.gates import gate
from accounts.web.tables import Empty, Frame, export_links, opens_with_own_view, shown_table
from grants.forms.desk_filters import PaymentsForm
from grants.models import PaymentRequest
from grants.permissions.payments import PAYMENT_READERS, agencies_with, sees_payment_desk
from grants.queries.payment_desk import requests_of_agencies
from grants.rules.funnel import NOTHING
from grants.rules.payment_states import PAYMENT
from grants.web.payment_pages import TONES, days_left
from kit.tables import Cell, Column, Kind, Table
from records.web.table_exports import FORMATS, asked_format, export_table

DESK = Table(
    "grants.payments",
    (
        Column("reference", "Request", is_title=True),
        Column("award", "Award"),
        Column("state", "Stands at", is_sortable=True),
        Column("amount", "Amount", is_sortable=True, is_numeric=True),
        Column("pay_by", "Pay by", is_sortable=True),
        Column("left", "Days left", is_numeric=True),
    ),
    default_sort="pay_by",
    noun="requests",
)
EMPTY = Empty(
    "No request for payment fits",
    "Groups ask for payments on their award's page. What they submit stands here.",
    icon="folder_open",
)


@gate(sees_payment_desk)
@opens_with_own_view(DESK)
def desk(request: HttpRequest) -> HttpResponseBase:
    """Show the requests of the reader's agencies, or hand them out as a file."""
    form = PaymentsForm(request.GET)
    rows = requests_of_agencies(
        agencies_with(request, *PAYMENT_READERS),
        person_of(request).pk,
        search=form.search(),
        state_in=form.states_asked(),
        sort=DESK.read(request.GET).sort,
    )

    def cells(page: Iterable[PaymentRequest]) -> Iterator[Mapping[str, Cell]]:
        return _cells(request, page)

    if asked_format(request):
        return export_table(request, DESK, cells(rows), name="payments")
    frame = Frame("Requests for payment", EMPTY, form, export_links(request, FORMATS))
    context = {"table": shown_table(request, DESK, rows, cells, frame)}
    return render(request, "grants/payments/desk.html", context)


def _cells(request: HttpRequest, rows: Iterable[PaymentRequest]) -> Iterator[Mapping[str, Cell]]:
    for row in rows:
        left = days_left(row, request)
        yield {
            "reference": Cell(
                row.reference,
                url=reverse("grants:staff_payment", args=[row.award.reference, row.reference]),
            ),
            "award": Cell(row.award.title, notes=(row.award.group.name,)),
            "state": Cell(PAYMENT.labels[row.status], tone=TONES.get(row.status, "info")),
            "amount": Cell(value=getattr(row, "amount", NOTHING), kind=Kind.MONEY),
            "pay_by": Cell(value=row.pay_by, kind=Kind.DAY),
            "left": Cell() if left is None else Cell(str(left), tone="bad" if left < 0 else ""),
        }
