"""The publication desk: one publisher prepares, another releases."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from accounts.rules.roles import checker_is_not_maker
from certification.actions.discard_release import discard_release
from certification.actions.prepare_release import prepare_release
from certification.actions.release import release
from certification.forms.publishing import AnnouncementForm, DiscardForm
from certification.models import Decision
from certification.permissions.decisions import (
    agencies_published,
    case_for,
    publishes_case,
    publishes_somewhere,
)
from certification.queries.actor_names import actor_names
from certification.queries.publication_desk import (
    DeskRow,
    has_public_version,
    publication_desk,
    publication_of,
)
from certification.queries.register_history import changes_of
from certification.rules.register import KIND_DESIGNATION, denial_from, entry_from
from certification.web.staff_pages import bound, key_of
from kit.refusals import Refused
from records.models import Publication


@gate(publishes_somewhere)
def desk(request: HttpRequest) -> HttpResponse:
    """Show what can be prepared and what waits for a second person."""
    rows = publication_desk(agencies_published(request))
    actors = {row.publication.prepared_by for row in rows if row.publication}
    names = actor_names(actors)
    context = {
        "now": arrival_of(request),
        "waiting": [_row(request, row, names) for row in rows if not row.is_released],
        "released": [_row(request, row, names) for row in rows if row.is_released],
    }
    return render(request, "certification/staff/publication_desk.html", context)


@require_http_methods(["GET", "POST"])
@gate(publishes_case, fresh=True)
def prepare(request: HttpRequest, application: str) -> HttpResponse:
    """Say when and why, then prepare what the public will read."""
    row = case_for(request, application).application
    decision = Decision.objects.filter(application=row).first()
    if decision is None:
        raise Http404
    form = AnnouncementForm(bound(request), is_newer=has_public_version(decision))
    if request.method == "POST" and form.is_valid():
        try:
            prepare_release(
                actor=actor_of(request),
                at=arrival_of(request),
                decision=decision,
                announcement=form.announcement(),
                key=key_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            messages.success(request, "Prepared. Another publisher reads it and releases it.")
            return redirect("certification:publication_desk")
    status = 409 if form.is_bound else 200
    context = {"application": row, "decision": decision, "form": form}
    return render(request, "certification/staff/prepare_release.html", context, status=status)


@gate(publishes_case, fresh=True)
def publication(request: HttpRequest, application: str, publication: int) -> HttpResponse:
    """Show a prepared snapshot as the public would read it."""
    return _page(request, application, _found(request, application, publication), DiscardForm())


def _page(
    request: HttpRequest, application: str, found: Publication, form: DiscardForm, status: int = 200
) -> HttpResponse:
    is_entry = found.kind == KIND_DESIGNATION
    shown_from = found.public_from
    context = {
        "application": case_for(request, application).application,
        "publication": found,
        "is_public": shown_from is not None and shown_from <= arrival_of(request),
        "entry": entry_from(found.snapshot) if is_entry else None,
        "line": None if is_entry else denial_from(found.snapshot),
        "changes": changes_of(found) if is_entry else (),
        "refusal": checker_is_not_maker(maker=found.prepared_by, checker=str(actor_of(request))),
        "preparer": actor_names({found.prepared_by}).get(found.prepared_by, ""),
        "form": form,
    }
    return render(request, "certification/staff/publication.html", context, status=status)


@require_POST
@gate(publishes_case, fresh=True)
def release_now(request: HttpRequest, application: str, publication: int) -> HttpResponse:
    """Make it public at once."""
    release(
        actor=actor_of(request),
        at=arrival_of(request),
        application=case_for(request, application).application,
        publication=_found(request, application, publication),
        key=key_of(request),
    )
    messages.success(request, "Released. The public can read it from the moment that was set.")
    return redirect("certification:publication_desk")


@require_POST
@gate(publishes_case, fresh=True)
def discard(request: HttpRequest, application: str, publication: int) -> HttpResponse:
    """Take away what was prepared, or stop a release before its time."""
    found = _found(request, application, publication)
    form = DiscardForm(request.POST)
    if not form.is_valid():
        return _page(request, application, found, form, status=409)
    discard_release(
        actor=actor_of(request),
        at=arrival_of(request),
        application=case_for(request, application).application,
        publication=found,
        reason=form.cleaned_data["reason"],
        key=key_of(request),
    )
    messages.success(request, "Discarded. The public has seen nothing of it.")
    return redirect("certification:publication_desk")


def _found(request: HttpRequest, reference: str, key: int) -> Publication:
    row = publication_of(case_for(request, reference).application, key)
    if row is None:
        raise Http404
    return row


def _row(request: HttpRequest, row: DeskRow, names: dict[str, str]) -> dict[str, Any]:
    application, waiting = row.decision.application, row.publication
    reference = application.case.reference
    context: dict[str, Any] = {
        "decision": row.decision,
        "application": application,
        "publication": waiting,
        "prepare_url": reverse("certification:prepare_release", args=[reference]),
    }
    if waiting is not None:
        maker = waiting.prepared_by
        context["preparer"] = names.get(maker, "")
        context["refusal"] = checker_is_not_maker(maker=maker, checker=str(actor_of(request)))
        context["url"] = reverse("certification:publication", args=[reference, waiting.pk])
        context["public_url"] = (
            reverse("certification:register_entry", args=[row.case.reference])
            if waiting.kind == KIND_DESIGNATION
            else reverse("certification:register_denials")
        )
    return context
