"""A giver says that something is wrong: by its personal link, or signed in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actors import actor_of, arrival_of, person_of
from accounts.gates import gate, public, signed_in
from certification.queries.open_links import UNKNOWN
from certification.web.confirm import closed_page
from certification.web.guessing import has_guessed_too_often
from grants.actions.make_complaint import make_complaint
from grants.forms.complaints import ComplaintForm
from grants.models import Pledge
from grants.queries.award_links import find_award_link, pledge_of
from grants.queries.complaints import promises_of_person
from grants.rules.match.complaints import NO_RETALIATION, WAITING
from grants.web.competition_pages import bound, key_of
from grants.web.giver_doors import TOO_MANY
from kit.refusals import Refused
from trail.actors import Actor

SAID = "We have what you wrote, and sent a copy to the address that stands for the giver."


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complain_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take what is wrong from whoever holds a link, also after it was answered or has ended."""
    if has_guessed_too_often(request):
        return render(request, TOO_MANY, status=429)
    link = find_award_link(token)
    if link is None:
        return closed_page(request, UNKNOWN)
    pledge = pledge_of(link)
    actor = Actor("giver", f"award-link-{link.pk}", pledge.giver_name)
    return _page(request, pledge, actor)


@gate(signed_in)
@require_safe
def giving(request: HttpRequest) -> HttpResponse:
    """Show what this person promised or gave, in its own name or an organization's."""
    rows = promises_of_person(person_of(request))
    return render(request, "grants/give/giving.html", {"rows": rows})


@gate(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest, pledge: str) -> HttpResponse:
    """Take what is wrong from somebody who is signed in and stands for the giver."""
    row = promises_of_person(person_of(request)).filter(reference=pledge).first()
    if row is None:
        raise Http404
    return _page(request, row, actor_of(request))


def _page(request: HttpRequest, pledge: Pledge, actor: Actor) -> HttpResponse:
    form, status = ComplaintForm(bound(request)), 200
    if request.method == "POST" and form.is_valid():
        words, key = form.cleaned_data["words"], key_of(request)
        try:
            make_complaint(actor=actor, at=arrival_of(request), pledge=pledge, words=words, key=key)
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
            status = 409
        else:
            messages.success(request, SAID)
            return redirect(request.path)
    said = list(pledge.complaints.all())
    context: dict[str, Any] = {
        "pledge": pledge,
        "award": pledge.award,
        "agency": pledge.award.agency,
        "complaints": said,
        "waits": any(one.status in WAITING for one in said),
        "form": form,
        "no_retaliation": NO_RETALIATION,
    }
    return render(request, "grants/give/complaint.html", context, status=status)
