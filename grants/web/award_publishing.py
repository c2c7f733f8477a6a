"""Two publishers make an award public: the tab on which one prepares and another releases."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from accounts.rules.roles import checker_is_not_maker
from certification.forms.publishing import AnnouncementForm, DiscardForm
from certification.queries.actor_names import actor_names
from grants.actions.publish_award import discard_award, prepare_award, release_award
from grants.permissions.awards import publishes_award, staff_award_for
from grants.queries.public_awards import as_read, latest_version
from grants.rules.public_awards import KIND_AWARD
from grants.web.award_pages import acting_as_staff, staff_award_page
from grants.web.competition_pages import bound, key_of
from kit.refusals import Refused
from records.models import Publication

HERE = "Publication"


@require_http_methods(["GET", "HEAD", "POST"])
@gate(publishes_award, fresh=True)
def award_publication(request: HttpRequest, award: str) -> HttpResponse:
    """Show what is prepared and released; prepare the public page."""
    form = AnnouncementForm(bound(request), is_newer=False)
    if request.method == "POST" and form.is_valid():
        try:
            prepare_award(
                **acting_as_staff(request, award),
                announcement=form.announcement(),
                key=key_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            messages.success(request, "Prepared. Another publisher reads it and releases it.")
            return redirect("grants:award_publication", award=award)
    return _page(request, award, form)


@require_POST
@gate(publishes_award, fresh=True)
def release(request: HttpRequest, award: str, publication: int) -> HttpResponse:
    """Release, at once or for the set moment."""
    found = _found(request, award, publication)
    release_award(**acting_as_staff(request, award), publication=found, key=key_of(request))
    messages.success(request, "Released. The public reads it from the moment that was set.")
    return redirect("grants:award_publication", award=award)


@require_POST
@gate(publishes_award, fresh=True)
def discard(request: HttpRequest, award: str, publication: int) -> HttpResponse:
    """Take away what was prepared, or stop a release before its time."""
    found, form = _found(request, award, publication), DiscardForm(request.POST)
    if not form.is_valid():
        return _page(request, award, AnnouncementForm(is_newer=False), form)
    discard_award(
        **acting_as_staff(request, award),
        publication=found,
        reason=form.cleaned_data["reason"],
        key=key_of(request),
    )
    messages.success(request, "Discarded. The public has seen nothing of it.")
    return redirect("grants:award_publication", award=award)


def _page(
    request: HttpRequest,
    award: str,
    form: AnnouncementForm,
    discarding: DiscardForm | None = None,
) -> HttpResponse:
    row = latest_version(staff_award_for(request, award))
    context = staff_award_page(request, award, HERE)
    context |= {
        "form": form,
        "discarding": discarding or DiscardForm(),
        "publication": row,
        "may_prepare": row is None,
    }
    if row is not None:
        context |= {
            "public": as_read(row),
            "preparer": actor_names({row.prepared_by}).get(row.prepared_by, ""),
            "refusal": checker_is_not_maker(maker=row.prepared_by, checker=str(actor_of(request))),
            "is_public": row.public_from is not None and row.public_from <= arrival_of(request),
        }
    failed = form.is_bound or discarding is not None
    return render(request, "grants/awards/publication.html", context, status=409 if failed else 200)


def _found(request: HttpRequest, award: str, key: int) -> Publication:
    rows = Publication.objects.select_related("case").filter(
        case=staff_award_for(request, award).case_id, kind=KIND_AWARD
    )
    found = rows.filter(pk=key).first()
    if found is None:
        raise Http404
    return found
