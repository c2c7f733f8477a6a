"""The lists of a proposal: people, subawards, givers of matching funds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from grants.actions.ask_giver import ask_giver
from grants.actions.list_giver import list_giver, take_out_giver
from grants.actions.name_people import (
    name_person,
    name_subrecipient,
    unname_person,
    unname_subrecipient,
)
from grants.forms.proposals import GiverForm, PartnerForm, PersonForm
from grants.models import MatchCommitment
from grants.permissions.proposals import proposal_for, reads_proposal
from grants.queries.givers import givers_of
from grants.rules.budget import least_match
from grants.rules.budget_checks import MATCH
from grants.rules.proposal_draft import PARTNERS, PEOPLE, ROW_STEPS
from grants.rules.submitting import edit_refusal
from grants.web.proposal_pages import (
    address,
    next_step_address,
    proposal_page,
    steps_of,
)
from kit.refusals import Refused

FOLDER = "grants/proposals"


@gate(reads_proposal)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, proposal: str) -> HttpResponse:
    """List who is named, and name somebody."""
    form = PersonForm(request.POST or None)

    def act() -> None:
        name_person(person=form.draft(), **_act(request, proposal))

    return _list(request, proposal, PEOPLE, form, act)


@require_POST
@gate(reads_proposal)
def remove_person(request: HttpRequest, proposal: str, person: int) -> HttpResponse:
    """Take a person out."""
    unname_person(person_pk=person, **_act(request, proposal))
    return redirect(address(PEOPLE, proposal_for(request, proposal).proposal))


@gate(reads_proposal)
@require_http_methods(["GET", "HEAD", "POST"])
def subrecipients(request: HttpRequest, proposal: str) -> HttpResponse:
    """List subawards, and add one."""
    form = PartnerForm(request.POST or None)

    def act() -> None:
        name_subrecipient(partner=form.draft(), **_act(request, proposal))

    return _list(request, proposal, PARTNERS, form, act)


@require_POST
@gate(reads_proposal)
def remove_subrecipient(request: HttpRequest, proposal: str, partner: int) -> HttpResponse:
    """Take a subaward out."""
    unname_subrecipient(partner_pk=partner, **_act(request, proposal))
    return redirect(address(PARTNERS, proposal_for(request, proposal).proposal))


@gate(reads_proposal)
@require_http_methods(["GET", "HEAD", "POST"])
def match(request: HttpRequest, proposal: str) -> HttpResponse:
    """List promises with who has signed, and write one down."""
    classes = proposal_for(request, proposal).proposal.competition.giver_classes
    form = GiverForm(request.POST or None, classes=classes)

    def act() -> None:
        list_giver(giver=form.draft(), **_act(request, proposal))

    return _list(request, proposal, MATCH, form, act)


@require_POST
@gate(reads_proposal)
def ask(request: HttpRequest, proposal: str, commitment: str) -> HttpResponse:
    """Write to a giver, or write again."""
    row = _commitment(request, proposal, commitment)
    try:
        ask_giver(
            actor=actor_of(request),
            at=arrival_of(request),
            commitment=row,
            key=request.POST.get("idempotency_key", ""),
        )
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
    else:
        text = f"We have written to {row.contact_email}. The link works for 30 days."
        messages.success(request, text)
    return redirect(address(MATCH, row.proposal))


@require_POST
@gate(reads_proposal)
def take_out(request: HttpRequest, proposal: str, commitment: str) -> HttpResponse:
    """Take a promise out."""
    row = _commitment(request, proposal, commitment)
    try:
        take_out_giver(
            actor=actor_of(request),
            at=arrival_of(request),
            commitment=row,
            key=request.POST.get("idempotency_key", ""),
        )
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
    return redirect(address(MATCH, row.proposal))


def _act(request: HttpRequest, proposal: str) -> dict[str, Any]:
    return {
        "actor": actor_of(request),
        "at": arrival_of(request),
        "proposal": proposal_for(request, proposal).proposal,
        "key": request.POST.get("idempotency_key", ""),
    }


def _commitment(request: HttpRequest, proposal: str, commitment: str) -> MatchCommitment:
    row = proposal_for(request, proposal).proposal
    return get_object_or_404(
        MatchCommitment.objects.select_related("proposal__case"), proposal=row, reference=commitment
    )


def _list(
    request: HttpRequest, proposal: str, step: str, form: forms.Form, act: Callable[[], None]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            messages.success(request, "Added.")
            return redirect(address(step, proposal_for(request, proposal).proposal))
    context = proposal_page(request, proposal, ROW_STEPS[step])
    row, draft = context["proposal"], context["draft"]
    found = next(one for one in context["standings"] if one["standing"].id == step)
    context |= {
        "form": form,
        "steps": steps_of(context, step),
        "problems": found["standing"].problems,
        "refusal": edit_refusal(row.status),
        "next_url": next_step_address(context, step),
        "people": row.people.order_by("pk"),
        "subrecipients": row.subrecipients.all(),
        "givers": givers_of(row) if step == MATCH else (),
        "needed": least_match(draft.budget.federal, draft.terms.share),
    }
    return render(request, f"{FOLDER}/{step}.html", context)
