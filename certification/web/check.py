"""Check if you qualify: two minutes, no account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.actors import arrival_of
from accounts.gates import public
from certification.forms.region_check import RegionCheckForm
from certification.queries.current_data import basis_or_none
from certification.queries.region_check import region_check
from certification.queries.rulebooks import rulebook_in_force
from certification.rules.checklist import checklist


@public
def check(request: HttpRequest) -> HttpResponse:
    """Ask where and what; answer on concentration from real data, list the rest to tick off."""
    basis = basis_or_none()
    on = arrival_of(request).date()
    context: dict[str, Any] = {
        "trail": [{"label": "Home", "url": reverse("home")}],
        "basis": basis,
        "checklist": checklist(rulebook_in_force(on)),
    }
    if basis is not None:
        form = RegionCheckForm(request.GET or None, basis=basis)
        context["form"] = form
        if form.is_valid():
            cluster, name = form.cleaned_data["cluster"], form.region_name()
            found = region_check(basis, form.fips(), cluster, name, on)
            context |= {"found": found, "checklist": found.checklist}
    return render(request, "certification/check/check.html", context)
