"""The debrief: what the group is told about every criterion, on the day of the decision."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.actors import arrival_of
from accounts.gates import gate
from certification.models import Decision
from certification.permissions.applications import application_for, reads_application
from certification.rules.debrief import COME_BACK
from certification.rules.debrief import debrief as sorted_findings


@gate(reads_application)
def debrief(request: HttpRequest, application: str) -> HttpResponse:
    """Show strengths, gaps, and the way back."""
    opened = application_for(request, application)
    rows = Decision.objects.select_related("determination__rulebook", "determination__basis")
    decision = rows.filter(application=opened.application).first()
    if decision is None:
        raise Http404
    appeal = decision.appeal_until
    context = {
        "application": opened.application,
        "reference": application,
        "decision": decision,
        "debrief": sorted_findings(decision.tests()),
        "designation": getattr(opened.application, "designation", None),
        "basis": decision.determination.content().facts.basis if decision.determination else None,
        "may_appeal": appeal is not None and arrival_of(request) < appeal,
        "come_back": COME_BACK,
    }
    return render(request, "certification/debrief/debrief.html", context)
