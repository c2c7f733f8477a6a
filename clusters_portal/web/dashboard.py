"""The page of one's own work: what waits, for whom, until when."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.actors import arrival_of, person_of
from accounts.gates import gate, signed_in
from accounts.permissions.organizations import reviews_organizations
from accounts.queries.officers import roles_of
from accounts.queries.people import offices_of
from accounts.rules.roles import AgencyRoleKind
from certification.permissions.decisions import agencies_published, agencies_read
from clusters_portal.queries.dashboard import Dashboard, dashboard_of
from clusters_portal.queries.tasks import (
    SHOW_WORDS,
    Hats,
    Show,
    changes_since,
    last_here,
    recent_letters,
    tasks_of,
)
from grants.permissions.awards import is_award_staff
from grants.permissions.competitions import is_grants_staff
from grants.permissions.payments import sees_payment_desk, sees_payment_files
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
        **_due(request, work, now),
    }
    return render(request, "clusters_portal/dashboard/dashboard.html", context)


def _due(request: HttpRequest, work: Dashboard, now: datetime) -> dict[str, object]:
    """Return what is due and for whom, what others changed, and the newest letters."""
    user, asked = person_of(request), request.GET.get("show", "")
    show = Show(asked) if asked in set(Show) else Show.ALL
    since = last_here(user, request.session.session_key)
    hats = Hats(work.groups, roles_of(request), agencies_read(request))
    return {
        "tasks": tasks_of(user, hats, show, now),
        "show": show,
        "shows": [(one.value, words) for one, words in SHOW_WORDS.items()],
        "letters": recent_letters(user),
        "since": since,
        "changes": changes_since(user, work.groups, since),
    }


def _places(request: HttpRequest) -> list[dict[str, str]]:
    """Where an officer's other work is done, beside the cases."""
    administers = any(role is AgencyRoleKind.ADMINISTRATOR for _, role in roles_of(request))
    places = [
        {
            "title": f"Officers of {role.agency.name}",
            "text": "Who holds which role. Give a role, end one, and see what happened.",
            "url": reverse("accounts:officers", args=[role.agency.case.reference]),
        }
        for role in (offices_of(person_of(request)) if administers else ())
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
    places += _places_of_grants(request)
    if reviews_organizations(request) is None:
        places.append(
            {
                "title": "Organizations that may be one",
                "text": "Names that read alike, shared numbers and domains. Say whether they are.",
                "url": reverse("accounts:duplicates"),
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


# What officers of grants do, each where its gate lets them in.
PLACES_OF_GRANTS = (
    (
        is_grants_staff,
        "grants:staff_competitions",
        "Competitions",
        "From the first draft to the announced result.",
    ),
    (
        is_award_staff,
        "grants:staff_awards",
        "Awards",
        "Draft, check, sign and offer awards; see where each one stands.",
    ),
    (
        is_award_staff,
        "grants:match_queue",
        "Matching funds to verify",
        "What groups submitted, with its evidence beside it.",
    ),
    (
        sees_payment_desk,
        "grants:payment_desk",
        "Payments",
        "What groups ask for, who has reviewed it, and the day to pay it by.",
    ),
    (
        sees_payment_files,
        "grants:payment_files",
        "Payment files",
        "What went to the bank, and what came back.",
    ),
)


def _places_of_grants(request: HttpRequest) -> list[dict[str, str]]:
    return [
        {"title": title, "text": text, "url": reverse(route)}
        for gate_of, route, title, text in PLACES_OF_GRANTS
        if gate_of(request) is None
    ]
