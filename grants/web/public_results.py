"""Results as everybody reads them: from what was released, and from nothing else."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.actors import arrival_of
from accounts.gates import public
from grants.queries.results import draw_list_of, released_results, results_of
from records.models import Publication


@public
@require_safe
def results_list(request: HttpRequest) -> HttpResponse:
    """List the competitions whose results are announced."""
    page = Paginator(released_results(arrival_of(request)), 25).get_page(request.GET.get("page"))
    return render(request, "grants/results/list.html", {"page": page})


@public
@require_safe
def results(request: HttpRequest, competition: str) -> HttpResponse:
    """Show the ranked list, the rule, the draw, the money, the report."""
    found = _results(request, competition)
    context = {
        "publication": found,
        "results": found.snapshot,
        "cuts": _cuts(found),
        "trail": _trail(found, competition),
    }
    return render(request, "grants/results/results.html", context)


@public
@require_safe
def results_json(request: HttpRequest, competition: str) -> JsonResponse:
    """Hand out the snapshot, word for word, with its digest."""
    found = _results(request, competition)
    return JsonResponse({**found.snapshot, "digest": found.digest})


@public
@require_safe
def draw_list(request: HttpRequest, competition: str) -> HttpResponse:
    """Show the digest of a draw's list, published before the random value was known."""
    found = draw_list_of(competition, arrival_of(request))
    if found is None:
        raise Http404
    context = {"publication": found, "draw": found.snapshot}
    return render(request, "grants/results/draw_list.html", context)


def _results(request: HttpRequest, reference: str) -> Publication:
    found = results_of(reference, arrival_of(request))
    if found is None:
        raise Http404
    return found


def _cuts(found: Publication) -> list[dict[str, object]]:
    report = found.snapshot["neutrality"]
    titles = (("clusters", "Cluster"), ("states", "State"), ("sizes", "Size of the group"))
    return [{"title": title, "lines": report[key]} for key, title in titles]


def _trail(found: Publication, reference: str) -> list[dict[str, str]]:
    title = str(found.snapshot["title"])
    return [
        {"label": "Competitions", "url": reverse("grants:competitions")},
        {"label": title, "url": reverse("grants:competition", args=[reference])},
    ]
