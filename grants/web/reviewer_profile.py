"""The profile of a reviewer: what ties are found from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor_of, arrival_of, person_of
from accounts.gates import gate
from accounts.queries.people import verified_addresses
from grants.actions.write_profile import (
    add_address,
    add_employment,
    declare_relation,
    prove_address,
    remove_entry,
    save_expertise,
)
from grants.forms.reviewers import (
    AddressForm,
    CodeForm,
    EmploymentForm,
    ExpertiseForm,
    RelationForm,
)
from grants.permissions.panels import reviews_somewhere
from grants.queries.reviewer_profiles import is_complete, profile_of
from grants.rules.reviewers import RELATION_WORDS, RelationKind
from kit.refusals import Refused
from mapping.rules.states import STATES


@gate(reviews_somewhere)
@require_http_methods(["GET"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show the profile."""
    return _page(request)


@gate(reviews_somewhere)
@require_http_methods(["GET", "POST"])
def expertise(request: HttpRequest) -> HttpResponse:
    """Write what one knows well."""
    known = profile_of(person_of(request))
    initial = {"expertise": known.expertise, "states": known.states} if known else {}
    form = ExpertiseForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        save_expertise(**_mine(request), given=form.given())
        return _saved(request, "Saved.")
    return _form(request, form, "What you know well", "Save")


@gate(reviews_somewhere)
@require_http_methods(["GET", "POST"])
def employer(request: HttpRequest) -> HttpResponse:
    """Add an employer."""
    form = EmploymentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        add_employment(**_mine(request), job=form.job())
        return _saved(request, "The employer is added. Conflicts were checked again.")
    return _form(request, form, "Add an employer", "Add the employer")


@gate(reviews_somewhere)
@require_http_methods(["GET", "POST"])
def relation(request: HttpRequest) -> HttpResponse:
    """Declare a relation."""
    form = RelationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            declare_relation(**_mine(request), relation=form.relation())
        except Refused as refused:
            form.add_error("name", refused.refusal.sentence)
        else:
            return _saved(request, "The relation is declared. Conflicts were checked again.")
    return _form(request, form, "Declare a relation", "Declare it")


@gate(reviews_somewhere)
@require_http_methods(["GET", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    """Add a further address; a code goes there."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            add_address(**_mine(request), email=email)
        except Refused as refused:
            form.add_error("email", refused.refusal.sentence)
        else:
            return _saved(request, f"We have sent a code to {email}. Enter it below.")
    return _form(request, form, "Add an address", "Add it and send a code")


@gate(reviews_somewhere)
@require_http_methods(["GET", "POST"])
def prove(request: HttpRequest, entry: str) -> HttpResponse:
    """Take the code that went to a further address."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        wrong = prove_address(**_mine(request), reference=entry, code=form.cleaned_data["code"])
        if not wrong:
            return _saved(request, "The address is proved.")
        form.add_error("code", wrong)
    return _form(request, form, "Prove an address", "Prove it")


@gate(reviews_somewhere)
@require_POST
def remove(request: HttpRequest, entry: str) -> HttpResponse:
    """Take an entry out."""
    remove_entry(**_mine(request), reference=entry)
    return _saved(request, "Taken out. The record keeps that it was there.")


def _mine(request: HttpRequest) -> dict[str, Any]:
    return {
        "actor": actor_of(request),
        "at": arrival_of(request),
        "user": person_of(request),
    }


def _saved(request: HttpRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("grants:reviewer_profile")


def _form(request: HttpRequest, form: forms.Form, title: str, button: str) -> HttpResponse:
    context = {"form": form, "title": title, "button": button}
    return render(request, "grants/reviewing/profile_form.html", context)


def _page(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    known = profile_of(person)
    context: dict[str, Any] = {
        "profile": known,
        "is_complete": is_complete(person),
        "account_addresses": sorted(verified_addresses(person)),
    }
    if known is not None:
        context |= {
            "states": [STATES[fips].name for fips in known.states if fips in STATES],
            "employments": known.employments.filter(removed_at=None),
            "relations": [
                {"row": row, "words": RELATION_WORDS[RelationKind(row.kind)]}
                for row in known.relations.filter(removed_at=None)
            ],
            "addresses": known.addresses.filter(removed_at=None),
        }
    return render(request, "grants/reviewing/profile.html", context)
