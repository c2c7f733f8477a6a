"""Your groups, and the overview of one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from accounts.actors import arrival_of, person_of
from accounts.gates import gate, signed_in
from certification.permissions.groups import reads_group
from certification.queries.groups import groups_of, standing_of
from certification.queries.live_readiness import readiness_of
from certification.rules.next_step import next_step
from certification.web.group_pages import group_page
from certification.web.timeline_words import timeline_entries
from records.permissions.documents import refused_papers


@gate(signed_in)
@require_GET
def groups(request: HttpRequest) -> HttpResponse:
    """List the groups in which one has a seat."""
    context = {"groups": groups_of(person_of(request))}
    return render(request, "certification/groups/groups.html", context)


@gate(reads_group)
@require_GET
def group(request: HttpRequest, group: str) -> HttpResponse:
    """Show where the group stands and the one next action."""
    context = group_page(request, group, "Overview")
    standing = standing_of(context["group"])
    step = next_step(standing)
    context |= {
        "standing": standing,
        "step": step,
        "step_url": _address(step.route, group),
        "counties": context["group"].counties.count(),
        "entries": timeline_entries(context["group"].case, limit=5),
        "refused_papers": refused_papers(request, context["group"].case),
        "readiness": readiness_of(context["group"], arrival_of(request)),
    }
    return render(request, "certification/groups/group.html", context)


@gate(reads_group)
@require_GET
def timeline(request: HttpRequest, group: str) -> HttpResponse:
    """Tell everything that happened in the group."""
    context = group_page(request, group, "Timeline")
    context["entries"] = timeline_entries(context["group"].case)
    return render(request, "certification/groups/timeline.html", context)


def _address(route: str, reference: str) -> str:
    try:
        return reverse(route, args=[reference])
    except NoReverseMatch:
        return ""
