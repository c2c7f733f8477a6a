"""The rules in force: every number by which groups are judged, and where it is written."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.actors import arrival_of
from accounts.gates import public
from certification.queries.rulebooks import rulebook_row
from certification.rules.rulebook_groups import parameter_groups


@public
def rulebook(request: HttpRequest) -> HttpResponse:
    """Show the rulebook in force today."""
    row = rulebook_row(arrival_of(request).date())
    context = {
        "rulebook": row,
        "groups": parameter_groups(row.rules()),
        "trail": [
            {"label": "Home", "url": reverse("home")},
            {"label": "Check if you qualify", "url": reverse("certification:check")},
        ],
    }
    return render(request, "certification/rules/rulebook.html", context)
