"""Ways into an organization: by its e-mail domain, or by asking its administrators."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions.ask_to_join import answer_join_request, ask_to_join, join_by_domain
from accounts.actions.prove_domain import claim_domain, end_domain, prove_domain
from accounts.actors import actor_of, arrival_of, person_of
from accounts.forms.organizations import (
    AskToJoinForm,
    ClaimDomainForm,
    FindOrganizationForm,
    InviteMemberForm,
)
from accounts.gates import gate, signed_in
from accounts.permissions.organizations import administrator_of_organization
from accounts.queries.belonging import requests_to
from accounts.queries.people import memberships_of
from accounts.web.organization_pages import organization_at, organization_page
from kit.refusals import Refused


@require_POST
@gate(signed_in)
def find_organization(request: HttpRequest) -> HttpResponse:
    """Lead from an exact identifier to the page on which one asks to join."""
    form = FindOrganizationForm(request.POST)
    if form.is_valid():
        found = form.cleaned_data["organization"]
        return redirect("accounts:ask_to_join", organization=found.case.reference)
    context = {"form": form, "memberships": list(memberships_of(person_of(request)))}
    return render(request, "accounts/organizations/organizations.html", context)


@gate(signed_in)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, organization: str) -> HttpResponse:
    """Ask the administrators to let one in. Only the name and the county are shown."""
    row = organization_at(organization)
    form = AskToJoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_to_join(
                actor=actor_of(request),
                at=arrival_of(request),
                organization=row,
                user=person_of(request),
                words=form.cleaned_data["words"],
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            messages.success(
                request,
                f"We wrote to the administrators of {row.legal_name}. "
                "You get an e-mail as soon as one of them answers.",
            )
            return redirect("accounts:organizations")
    context = {"form": form, "organization": row}
    return render(request, "accounts/organizations/ask_to_join.html", context)


@require_POST
@gate(signed_in)
def join(request: HttpRequest, organization: str) -> HttpResponse:
    """Join by the domain of a confirmed address."""
    row = organization_at(organization)
    try:
        join_by_domain(
            actor=actor_of(request),
            at=arrival_of(request),
            organization=row,
            user=person_of(request),
        )
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
        return redirect("accounts:organizations")
    messages.success(request, f"You now belong to {row.legal_name}.")
    return redirect("accounts:organization", organization=organization)


@require_POST
@gate(administrator_of_organization)
def answer_request(request: HttpRequest, organization: str) -> HttpResponse:
    """Let somebody in, or turn them down."""
    row = organization_at(organization)
    key = request.POST.get("request", "")
    asked = get_object_or_404(requests_to(row), pk=int(key) if key.isdecimal() else 0)
    is_accepted = request.POST.get("answer") == "accept"
    try:
        answer_join_request(
            actor=actor_of(request), at=arrival_of(request), request=asked, is_accepted=is_accepted
        )
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
    else:
        said = "now belongs to the organization" if is_accepted else "was turned down"
        messages.success(request, f"{asked.user} {said}. We wrote to them.")
    return redirect("accounts:organization", organization=organization)


@require_POST
@gate(administrator_of_organization)
def claim(request: HttpRequest, organization: str) -> HttpResponse:
    """Name an e-mail domain and have a code sent to it."""
    form = ClaimDomainForm(request.POST)
    if form.is_valid():
        try:
            row = claim_domain(
                actor=actor_of(request),
                at=arrival_of(request),
                organization=organization_at(organization),
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error("domain", refused.refusal.sentence)
        else:
            messages.success(
                request, f"We sent a code to {row.sent_to}. Enter it below; it works for 24 hours."
            )
            return redirect("accounts:organization", organization=organization)
    return organization_page(request, organization, InviteMemberForm(), domain_form=form)


@require_POST
@gate(administrator_of_organization)
def prove(request: HttpRequest, organization: str) -> HttpResponse:
    """Enter the code."""
    domain = request.POST.get("domain", "")[:200]
    try:
        prove_domain(
            actor=actor_of(request),
            at=arrival_of(request),
            organization=organization_at(organization),
            domain=domain,
            code=request.POST.get("code", "")[:40],
        )
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
    else:
        messages.success(
            request,
            f"{domain} is proved. Whoever has a confirmed address there may join as a member.",
        )
    return redirect("accounts:organization", organization=organization)


@require_POST
@gate(administrator_of_organization)
def give_up(request: HttpRequest, organization: str) -> HttpResponse:
    """Give a domain up."""
    try:
        end_domain(
            actor=actor_of(request),
            at=arrival_of(request),
            organization=organization_at(organization),
            domain=request.POST.get("domain", "")[:200],
        )
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
    else:
        messages.success(request, "Nobody joins by this domain any more. Members stay.")
    return redirect("accounts:organization", organization=organization)
