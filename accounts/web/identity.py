"""Signing in with an account of another site, and linking one to one's own."""

from __future__ import annotations

import hmac
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from accounts.actions.link_identity import admit_by_identity, link_identity, unlink_identity
from accounts.actors import arrival_of, person_of
from accounts.gates import gate, public, signed_in
from accounts.identity_provider import Question, answer_of, ask, is_on
from accounts.identity_transport import ProviderUnreachable
from accounts.models import LinkedIdentity, User
from kit.refusals import Refused

KEY = "identity_question"
UNREACHABLE = "The other site cannot be reached at the moment. Try again, or use your password."
NOT_ASKED = "This answer belongs to no question of this browser. Start again."
CANCELLED = "You were not signed in: the other site says that it was cancelled or refused."


@public
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Go to the other site to sign in."""
    return _go(request, way_back=_safe(request.GET.get("next", "")), links=0)


@require_GET
@gate(signed_in, fresh=True)
def link(request: HttpRequest) -> HttpResponse:
    """Go to the other site to link the account there."""
    return _go(request, way_back="", links=person_of(request).pk)


@public
@require_GET
def answer(request: HttpRequest) -> HttpResponse:
    """Take the other site's answer."""
    _only_if_on()
    try:
        return _answered(request)
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
    except ProviderUnreachable:
        messages.error(request, UNREACHABLE)
    return redirect("mfa_index" if request.user.is_authenticated else "account_login")


@require_POST
@gate(signed_in, fresh=True)
def unlink(request: HttpRequest) -> HttpResponse:
    """Take the link away."""
    identity = LinkedIdentity.objects.filter(user=person_of(request)).first()
    if identity is not None:
        unlink_identity(user=person_of(request), identity=identity)
        messages.success(request, "The link is removed.")
    return redirect("mfa_index")


def _only_if_on() -> None:
    if not is_on():
        raise Http404


def _go(request: HttpRequest, *, way_back: str, links: int) -> HttpResponse:
    _only_if_on()
    try:
        question, address = ask(request, way_back=way_back, links=links)
    except ProviderUnreachable:
        messages.error(request, UNREACHABLE)
        return redirect("mfa_index" if links else "account_login")
    request.session[KEY] = question.as_kept()
    return redirect(address)


def _answered(request: HttpRequest) -> HttpResponse:
    kept = request.session.pop(KEY, None)
    state = request.GET.get("state", "")
    if kept is None or not hmac.compare_digest(kept["state"].encode(), state.encode()):
        return _sorry(request, NOT_ASKED)
    question, code = Question(**kept), request.GET.get("code", "")
    if "error" in request.GET or not code:
        return _sorry(request, CANCELLED)
    at = arrival_of(request)
    claims = answer_of(request, question, code, at.timestamp())
    if question.links:
        return _link(request, question, claims)
    user = admit_by_identity(at=at, claims=claims)
    return _sign_in(request, user, question.way_back)


def _link(request: HttpRequest, question: Question, claims: dict[str, Any]) -> HttpResponse:
    if request.user.pk != question.links:
        return _sorry(request, NOT_ASKED)
    link_identity(user=person_of(request), at=arrival_of(request), claims=claims)
    messages.success(request, f"You can now sign in with {settings.IDENTITY_NAME}.")
    return redirect("mfa_index")


def _sign_in(request: HttpRequest, user: User, way_back: str) -> HttpResponse:
    record_authentication(request, user, method="socialaccount")
    target = way_back if user.name else "/account/"
    done: HttpResponse = perform_login(request, user, redirect_url=target or None)
    return done


def _sorry(request: HttpRequest, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect("mfa_index" if request.user.is_authenticated else "account_login")


def _safe(address: str) -> str:
    is_own = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_own and address.startswith("/") else ""
