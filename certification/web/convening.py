"""The convening body: one page, saved as far as it has come."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from certification.actions.save_convening import save_convening
from certification.forms.convening import ConveningBodyForm
from certification.models import ClusterGroup, ConveningBody
from certification.permissions.groups import administers_group, reads_group
from certification.rules.convening_board import SEAT_CLASS_WORDS, SeatClass
from certification.web.group_pages import group_at, group_page
from kit.refusals import Refused


@gate(reads_group)
@require_http_methods(["GET"])
def convening(request: HttpRequest, group: str) -> HttpResponse:
    """Show what is said about the convening body."""
    context = group_page(request, group, "Convening body")
    body = _body(context["group"])
    seats = list(body.board.all()) if body else []
    context |= {
        "body": body,
        "seats": [
            {"words": SEAT_CLASS_WORDS[SeatClass(row.seat_class)], "seats": row.seats}
            for row in seats
        ],
        "all_seats": sum(row.seats for row in seats),
    }
    return render(request, "certification/convening/convening.html", context)


@gate(administers_group)
@require_http_methods(["GET", "POST"])
def edit_convening(request: HttpRequest, group: str) -> HttpResponse:
    """Write what is said about the convening body."""
    here = group_at(request, group)
    body = _body(here)
    form = ConveningBodyForm(request.POST or None, body=body)
    context = group_page(request, group, "Convening body")
    context["form"] = form
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            save_convening(
                actor=actor_of(request),
                at=arrival_of(request),
                group=here,
                draft=form.draft(),
                key=request.POST.get("idempotency_key", ""),
            )
        except Refused as refused:
            status = 409
            context |= _conflict(form, _body(here), refused)
        else:
            messages.success(request, "The convening body is saved.")
            return redirect("certification:convening", group)
    return render(request, "certification/convening/edit.html", context, status=status)


def _conflict(
    form: ConveningBodyForm, body: ConveningBody | None, refused: Refused
) -> dict[str, object]:
    if body is None:
        return {"conflict": refused.refusal}
    return {
        "conflict": refused.refusal,
        "saved_by": body.saved_by,
        "saved_at": body.saved_at,
        "saved_version": body.version,
        "differences": form.differences(body),
    }


def _body(group: ClusterGroup) -> ConveningBody | None:
    rows = ConveningBody.objects.filter(group=group).prefetch_related("board", "dues")
    return rows.first()
