"""Two publishers announce the results of a competition, or the digest of a draw's list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from accounts.rules.roles import checker_is_not_maker
from certification.forms.publishing import AnnouncementForm, DiscardForm
from certification.queries.actor_names import actor_names
from grants.actions.publish_results import discard_prepared, prepare_results, release_prepared
from grants.models import Competition
from grants.permissions.competitions import competition_for
from grants.permissions.selection import announces_results
from grants.queries.results import latest_publication
from grants.queries.selection import selection_of
from grants.rules.results import KIND_DRAW_LIST, KIND_RESULTS
from grants.rules.states import CompetitionState
from grants.web.competition_pages import acting, bound, competition_page, key_of
from kit.refusals import Refused
from records.models import Publication


@require_http_methods(["GET", "POST"])
@gate(announces_results, fresh=True)
def results_desk(request: HttpRequest, competition: str) -> HttpResponse:
    """Show what is prepared and released; prepare the results."""
    row = competition_for(request, competition)
    form = AnnouncementForm(bound(request), is_newer=False)
    if request.method == "POST" and form.is_valid():
        try:
            prepare_results(
                **acting(request, competition),
                announcement=form.announcement(),
                key=key_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            messages.success(request, "Prepared. Another publisher reads it and releases it.")
            return redirect("grants:results_desk", competition=competition)
    return _page(request, row, form=form)


@require_POST
@gate(announces_results, fresh=True)
def release_results(request: HttpRequest, competition: str, publication: int) -> HttpResponse:
    """Release, at once or for the set moment."""
    release_prepared(
        **acting(request, competition),
        publication=_found(request, competition, publication),
        key=key_of(request),
    )
    messages.success(request, "Released. The public reads it from the moment that was set.")
    return redirect("grants:results_desk", competition=competition)


@require_POST
@gate(announces_results, fresh=True)
def discard_results(request: HttpRequest, competition: str, publication: int) -> HttpResponse:
    """Take away what was prepared, or stop an announcement before its time."""
    found = _found(request, competition, publication)
    form = DiscardForm(request.POST)
    if not form.is_valid():
        row = competition_for(request, competition)
        return _page(request, row, form=AnnouncementForm(is_newer=False), discarding=form)
    discard_prepared(
        **acting(request, competition),
        publication=found,
        reason=form.cleaned_data["reason"],
        key=key_of(request),
    )
    messages.success(request, "Discarded. The public has seen nothing of it.")
    return redirect("grants:results_desk", competition=competition)


def _page(
    request: HttpRequest,
    row: Competition,
    *,
    form: AnnouncementForm,
    discarding: DiscardForm | None = None,
) -> HttpResponse:
    results = latest_publication(row)
    context = competition_page(request, row.case.reference, "Results")
    context |= {
        "form": form,
        "discarding": discarding or DiscardForm(),
        "results": _described(request, results),
        "draw_list": _described(request, latest_publication(row, KIND_DRAW_LIST)),
        "may_prepare": results is None
        and row.status is CompetitionState.SELECTION
        and selection_of(row) is not None,
    }
    failed = form.is_bound or (discarding is not None)
    status = 409 if failed else 200
    return render(request, "grants/results/desk.html", context, status=status)


def _described(request: HttpRequest, found: Publication | None) -> dict[str, Any] | None:
    if found is None:
        return None
    now = arrival_of(request)
    return {
        "row": found,
        "results": found.snapshot,
        "preparer": actor_names({found.prepared_by}).get(found.prepared_by, ""),
        "refusal": checker_is_not_maker(maker=found.prepared_by, checker=str(actor_of(request))),
        "is_public": found.public_from is not None and found.public_from <= now,
    }


def _found(request: HttpRequest, reference: str, key: int) -> Publication:
    rows = Publication.objects.select_related("case").filter(
        case=competition_for(request, reference).case_id, kind__in=[KIND_RESULTS, KIND_DRAW_LIST]
    )
    found = rows.filter(pk=key).first()
    if found is None:
        raise Http404
    return found
