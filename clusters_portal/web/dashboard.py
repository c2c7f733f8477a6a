"""The page of one's own work: what waits, for whom, until when."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.actors import arrival_of, person_of
from accounts.gates import gate, signed_in
from accounts.queries.people import offices_of
from accounts.rules.roles import AgencyRoleKind
from certification.permissions.decisions import agencies_published, agencies_read
from clusters_portal.queries.dashboard import dashboard_of
from mapping.permissions import may_see_releases


@gate(signed_in)
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show the person's groups, what they are asked, and the cases of their office."""
    now = arrival_of(request)
    work = dashboard_of(person_of(request), now, agencies_read(request))
    context = {
        "work": work,
        "now": now,
        "is_publisher": bool(agencies_published(request)),
        "places": _places(request) if work.offices else [],
    }
    return render(request, "clusters_portal/dashboard/dashboard.html", context)


def _places(request: HttpRequest) -> list[dict[str, str]]:
    """Where an officer's other work is done, beside the cases."""
    places = [
        {
            "title": f"Officers of {role.agency.name}",
            "text": "Who holds which role. Give a role, end one, and see what happened.",
            "url": reverse("accounts:officers", args=[role.agency.case.reference]),
        }
        for role in offices_of(person_of(request))
        if role.role == AgencyRoleKind.ADMINISTRATOR
    ]
    if agencies_published(request):
        places.append(
            {
                "title": "Publication desk",
                "text": "Prepare what the public will read, and release what a colleague prepared.",
                "url": reverse("certification:publication_desk"),
            }
        )
    if may_see_releases(request) is None:
        places.append(
            {
                "title": "Data releases",
                "text": "What is loaded, and which data figures and new decisions rest on.",
                "url": reverse("mapping:releases"),
            }
        )
    return places
