"""The address one signs in with, and changing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions.change_address import (
    ask_address_change,
    confirm_address_change,
    drop_address_change,
)
from accounts.actors import actor_of, arrival_of, person_of
from accounts.forms.addresses import NewAddressCodeForm, NewAddressForm
from accounts.gates import gate, signed_in
from accounts.queries.addresses import waiting_change
from kit.refusals import Refused


@gate(signed_in, fresh=True)
@require_http_methods(["GET", "POST"])
def change_address(request: HttpRequest) -> HttpResponse:
    """Show the address; ask for a code to a new one."""
    form = NewAddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            change = ask_address_change(
                actor=actor_of(request),
                at=arrival_of(request),
                user=person_of(request),
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error("address", refused.refusal.sentence)
        else:
            messages.success(request, f"We wrote to {change.new_address}. Enter the code below.")
            return redirect("accounts:change_address")
    return _page(request, form=form)


@require_POST
@gate(signed_in, fresh=True)
def confirm_address(request: HttpRequest) -> HttpResponse:
    """Enter the code: from now on the new address signs in."""
    form = NewAddressCodeForm(request.POST)
    if form.is_valid():
        try:
            change = confirm_address_change(
                actor=actor_of(request),
                at=arrival_of(request),
                user=person_of(request),
                keep=request.session.session_key or "",
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error("code", refused.refusal.sentence)
        else:
            messages.success(
                request,
                f"From now on you sign in as {change.new_address}. You are signed in here only, "
                "and we told your former address.",
            )
            return redirect("accounts:profile")
    return _page(request, code_form=form)


@require_POST
@gate(signed_in, fresh=True)
def drop_address(request: HttpRequest) -> HttpResponse:
    """Keep the address as it is."""
    try:
        drop_address_change(
            actor=actor_of(request), at=arrival_of(request), user=person_of(request)
        )
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
    else:
        messages.success(request, "Your address stays as it is. The code works no more.")
    return redirect("accounts:change_address")


def _page(request: HttpRequest, **forms: Any) -> HttpResponse:  # noqa: ANN401
    context = {
        "waiting": waiting_change(person_of(request), arrival_of(request)),
        "form": NewAddressForm(),
        "code_form": NewAddressCodeForm(),
        **forms,
    }
    return render(request, "accounts/addresses/change_address.html", context)
