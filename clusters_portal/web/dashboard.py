"""The page of one's own work: what waits, for whom, until when."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.actors import arrival_of, person_of
from accounts.gates import gate, signed_in
from certification.permissions.decisions import agencies_published, agencies_read
from clusters_portal.queries.dashboard import dashboard_of


@gate(signed_in)
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show the person's groups, what they are asked, and the cases of their office."""
    now = arrival_of(request)
    work = dashboard_of(person_of(request), now, agencies_read(request))
    context = {"work": work, "now": now, "is_publisher": bool(agencies_published(request))}
    return render(request, "clusters_portal/dashboard/dashboard.html", context)
