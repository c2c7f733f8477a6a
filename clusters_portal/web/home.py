"""The public front: home, search, what to do with a request to confirm, about."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.actors import person_of
from accounts.gates import public
from accounts.queries.officers import roles_of
from accounts.searching import Question
from certification.queries.register import today as register_day
from certification.rules.criteria import CRITERIA
from clusters_portal.queries.front_page import front_page
from clusters_portal.queries.search import search as find
from mapping.queries.pages_basis import basis_in_force, source_line


def day_of(request: HttpRequest) -> date:
    """Return the register's day at the moment of the request."""
    return register_day(request.arrived_at)  # type: ignore[attr-defined]


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say in a minute what this is, for whom, and where to start."""
    context = {"front": front_page(day_of(request)), "criteria": CRITERIA}
    return render(request, "clusters_portal/home/home.html", context)


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer with what fits, as far as this person may see it: some of each kind, or all of one."""
    text = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:80]
    only, number = request.GET.get("in", ""), request.GET.get("page", "")
    person = person_of(request) if request.user.is_authenticated else None
    question = Question(text, person, roles_of(request), day_of(request))
    is_page = number.isascii() and number.isdigit() and len(number) < 6
    basis = basis_in_force()
    context = {
        "text": text,
        "only": only,
        "basis": basis,
        "source": source_line(basis) if basis else None,
        "found": find(question, only, int(number) if is_page else 1),
    }
    return render(request, "clusters_portal/home/search.html", context)


@public
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Tell a firm, college or government that was asked to confirm what to expect."""
    return render(request, "clusters_portal/home/asked.html")


@public
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Who runs this, what becomes public, how to have a figure corrected."""
    context = {"front": front_page(day_of(request))}
    return render(request, "clusters_portal/home/about.html", context)
