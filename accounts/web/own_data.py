"""What the portal holds about you, to read and to take along; and closing your account."""

from __future__ import annotations

import json

from django.contrib import messages
from django.contrib.auth import logout
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.actions.close_account import close_account
from accounts.actors import actor_of, arrival_of, person_of
from accounts.forms.closing import CloseAccountForm
from accounts.gates import gate, signed_in
from accounts.queries.duties import duties_of
from accounts.queries.own_data import own_data as data_of
from kit.refusals import Refused

FOLDER = "accounts/own_data"


@gate(signed_in, fresh=True)
def own_data(request: HttpRequest) -> HttpResponse:
    """Show everything that is held about oneself."""
    context = {"sections": data_of(person_of(request))}
    return render(request, f"{FOLDER}/own_data.html", context)


@gate(signed_in, fresh=True)
def download(request: HttpRequest) -> HttpResponse:
    """Hand it over as a file that programs read."""
    held = {section.title: section.rows for section in data_of(person_of(request))}
    written = {"made_at": arrival_of(request), "held": held}
    body = json.dumps(written, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)
    answer = HttpResponse(body, content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="your-data.json"'
    return answer


@gate(signed_in, fresh=True)
def close(request: HttpRequest) -> HttpResponse:
    """Say what closing means, ask once, close."""
    user = person_of(request)
    form = CloseAccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            close_account(actor=actor_of(request), at=arrival_of(request), user=user)
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            logout(request)
            messages.success(request, "Your account is closed. A last letter confirms it.")
            return redirect("home")
    context = {"form": form, "duties": duties_of(user)}
    return render(request, f"{FOLDER}/close.html", context)
