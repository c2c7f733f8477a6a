"""Your details: who you are here, where you belong, what you are asked to accept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.actions.change_profile import change_profile
from accounts.actors import arrival_of, person_of
from accounts.forms.people import ProfileForm
from accounts.gates import gate, signed_in
from accounts.queries.people import has_second_step, invitations_for, memberships_of, offices_of
from accounts.registry import open_invitations


@gate(signed_in)
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change one's own details."""
    user = person_of(request)
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        change_profile(user=user, **form.cleaned_data)
        messages.success(request, "Your details were saved.")
        return redirect("accounts:profile")
    at = arrival_of(request)
    context = {
        "form": form,
        "memberships": memberships_of(user),
        "invitations": invitations_for(user, at),
        "seat_invitations": open_invitations(user, at),
        "offices": offices_of(user),
        "has_second_step": has_second_step(user),
    }
    return render(request, "accounts/profile/profile.html", context)


@gate(signed_in)
def addresses(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Lead to the details, where one's address stands."""
    return redirect("accounts:profile")


@gate(signed_in)
def passkeys(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Lead to the page about signing in, where one's passkeys stand."""
    return redirect("mfa_index")
