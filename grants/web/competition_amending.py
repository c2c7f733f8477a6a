"""Amendments and outages of an open competition."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.actors import arrival_of
from accounts.gates import gate
from grants.actions.amend_competition import Revision, amend_competition, declare_outage
from grants.forms.competition_acts import AmendForm, OutageForm
from grants.models import Amendment
from grants.permissions.competitions import competition_for, reads_competition, works_on_competition
from grants.queries.public_competitions import shown_amendments
from grants.rules.bundles import Change
from grants.rules.notice import PART_WORDS, Part
from grants.rules.states import COMPETITION, CompetitionState
from grants.web.competition_builder import part_form, part_named
from grants.web.competition_pages import (
    VerbPage,
    acting,
    bound,
    competition_page,
    done_on_competition,
    key_of,
    verb_form,
)
from kit.refusals import Refused

OUTAGE_LEAD = (
    "An outage of 60 minutes or more in the last 24 hours before the close gives everybody at "
    "least 24 hours more. Times are meant in {zone}."
)


@gate(reads_competition)
def changes(request: HttpRequest, competition: str) -> HttpResponse:
    """Show every amendment, and the parts that can be amended now."""
    context = competition_page(request, competition, "Amendments")
    row = context["competition"]
    context |= {
        "amendments": shown_amendments(row),
        "parts": [{"code": one.value, "words": PART_WORDS[one]} for one in Part],
        "refusal": works_on_competition(request, competition),
        "can_amend": COMPETITION.allows(row.status, "close"),
        "can_declare": row.status in {CompetitionState.OPEN, CompetitionState.CLOSED},
    }
    return render(request, "grants/competitions/amendments.html", context)


@gate(works_on_competition)
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, competition: str, part: str) -> HttpResponse:
    """Change one part of an open competition: first the difference, then the amendment.

    Raises:
        Refused: on opening the page where the competition is not open.
    """
    row, which = competition_for(request, competition), part_named(part)
    if request.method != "POST":
        COMPETITION.move(row.status, "close")
    form = part_form(which, row, bound(request))
    seen = {"seen_hash": row.bundle_hash}
    about = AmendForm(bound(request), initial=seen)
    context: dict[str, Any] = {"form": form, "about": about, "part": which}
    status = 200
    if request.method == "POST" and form.is_valid() & about.is_valid():
        given = about.cleaned_data
        revision = Revision(
            which, form.text(), given["why"], given["is_material"], given["seen_hash"]
        )
        try:
            if "preview" not in request.POST:
                made = amend_competition(
                    **acting(request, competition), revision=revision, key=key_of(request)
                )
                return done_on_competition(request, competition, _said(made))
            context["preview"] = _preview(request, competition, revision)
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
            status = 409
    title = f"Amend: {PART_WORDS[which]}"
    context |= competition_page(request, competition, title)
    return render(request, "grants/competitions/amend.html", context, status=status)


@gate(works_on_competition)
@require_http_methods(["GET", "HEAD", "POST"])
def outage(request: HttpRequest, competition: str) -> HttpResponse:
    """Declare an outage, which extends the close."""
    row = competition_for(request, competition)
    has_closed = row.status is CompetitionState.CLOSED
    page = VerbPage(
        verb="reopen" if has_closed else "close",
        title="Declare an outage",
        lead=OUTAGE_LEAD.format(zone=row.time_zone),
        button="Declare the outage and extend the close",
        done="The close is extended for everybody, and everybody who started a proposal is told.",
    )
    form = OutageForm(bound(request), zone=row.time_zone, at=arrival_of(request))

    def act(key: str) -> None:
        why = form.cleaned_data["why"]
        declare_outage(**acting(request, competition), outage=form.outage(), why=why, key=key)

    return verb_form(request, competition, page, form, act)


def _preview(request: HttpRequest, reference: str, revision: Revision) -> dict[str, Any]:
    """What the amendment would say: it is made, read, and taken back."""
    with transaction.atomic():
        made = amend_competition(**acting(request, reference), revision=revision)
        transaction.set_rollback(True)
    return {
        "changes": [Change(**one) for one in made.changes],
        "closes_after": made.closes_after,
        "is_extended": made.closes_after > made.closed_before,
    }


def _said(made: Amendment) -> str:
    later = " The close has moved to later." if made.closes_after > made.closed_before else ""
    return (
        f"Amendment {made.number} is public.{later} Everybody who started a proposal gets a letter."
    )
