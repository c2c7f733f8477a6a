"""Awards as everybody reads them: from what was released, and from nothing else."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.actors import arrival_of
from accounts.gates import public
from grants.queries.public_awards import as_read, public_award, released_awards
from records.models import Publication


@public
@require_safe
def public_awards(request: HttpRequest) -> HttpResponse:
    """List the awards that are public."""
    page = Paginator(released_awards(arrival_of(request)), 25).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [as_read(one) for one in page]}
    return render(request, "grants/awards/public_list.html", context)


@public
@require_safe
def published_award(request: HttpRequest, award: str) -> HttpResponse:
    """Show what was awarded, to whom, for what."""
    found = _found(request, award)
    trail = [{"label": "Awards", "url": reverse("grants:public_awards")}]
    context = {"publication": found, "public": as_read(found), "trail": trail}
    return render(request, "grants/awards/public.html", context)


@public
@require_safe
def award_json(request: HttpRequest, award: str) -> JsonResponse:
    """Hand out the snapshot, word for word, with its digest."""
    found = _found(request, award)
    return JsonResponse({**found.snapshot, "digest": found.digest})


def _found(request: HttpRequest, reference: str) -> Publication:
    found = public_award(reference, arrival_of(request))
    if found is None:
        raise Http404
    return found
