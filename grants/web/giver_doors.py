"""The pages of givers without an account: read what is asked, get a code, sign or say no.

A promise of a proposal and what is asked during an award differ in what is signed; how somebody
comes in, proves an address and answers is the same, and stands here once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.actors import arrival_of
from certification.actions.sign_answer import SignedAnswer
from certification.forms.confirm import CodeForm, SignForm
from certification.models.signing import PersonalLink
from certification.queries.open_links import UNKNOWN
from certification.queries.personal_links import address_digest
from certification.rules.addressees import masked
from certification.rules.groups import CODE_LIFE
from certification.rules.statements import Claim
from certification.web.confirm import CODE_FIELDS, closed_page, signing_steps
from certification.web.guessing import has_guessed_too_often
from kit.refusals import Refusal, Refused

Link = TypeVar("Link", bound=PersonalLink)
TOO_MANY = "certification/confirm/too_many.html"


@dataclass(frozen=True, slots=True)
class GiverDoor(Generic[Link]):
    """What differs from one kind of asking to the other.

    Attributes:
        find: The link of a token, whatever its state.
        refusal: Why it opens nothing now.
        invited: The address that was asked.
        names: In whose name is answered, and which group asks.
        send_code: The act that mails a code.
        sign: The act that takes the signed answer.
        context: What the page shows beside the frame.
        page: Its template.
        route: Its route, which takes the token.
        done: The route of the page after signing.
        session_key: Under which the browser keeps what it signed.
    """

    find: Callable[[str], Link | None]
    refusal: Callable[[Link | None, datetime], Refusal | None]
    invited: Callable[[Link], str]
    names: Callable[[Link], tuple[str, str]]
    send_code: Callable[..., object]
    sign: Callable[..., Model]
    context: Callable[[Link], dict[str, Any]]
    page: str
    route: str
    done: str
    session_key: str


def answer_page(request: HttpRequest, token: str, door: GiverDoor[Link]) -> HttpResponse:
    """Show what is asked and in whose name; take the signed answer."""
    if has_guessed_too_often(request):
        return render(request, TOO_MANY, status=429)
    link = door.find(token)
    refusal = door.refusal(link, arrival_of(request))
    if request.method == "POST" and link is not None:
        return _answer(request, link, token, door)
    if link is None or refusal is not None:
        return closed_page(request, refusal or UNKNOWN)
    return _page(request, link, token, door)


def code_page(request: HttpRequest, token: str, door: GiverDoor[Link]) -> HttpResponse:
    """Mail a code, then show the page on which it is entered."""
    if has_guessed_too_often(request):
        return render(request, TOO_MANY, status=429)
    link = door.find(token)
    at = arrival_of(request)
    refusal = door.refusal(link, at)
    if link is None or refusal is not None:
        return closed_page(request, refusal or UNKNOWN)
    form = CodeForm(request.POST, invited=door.invited(link))
    if not form.is_valid():
        return _page(request, link, token, door, code_form=form)
    try:
        door.send_code(at=at, token=token, address=form.cleaned_data["colleague_email"])
    except Refused as refused:
        if refused.refusal.code.startswith("link_"):
            return closed_page(request, refused.refusal)
        form.add_error(None, refused.refusal.sentence)
        return _page(request, link, token, door, code_form=form)
    return redirect(door.route, token)


def forgotten_page(request: HttpRequest) -> HttpResponse:
    """Somebody came back to the last page after the browser forgot: no guess, so not counted."""
    return render(request, "certification/confirm/closed.html", {"refusal": UNKNOWN}, status=404)


def _answer(request: HttpRequest, link: Link, token: str, door: GiverDoor[Link]) -> HttpResponse:
    form = _sign_form(request, door.names(link))
    if not form.is_valid():
        refusal = door.refusal(link, arrival_of(request))
        return closed_page(request, refusal) if refusal else _page(request, link, token, door, form)
    key = request.POST.get("idempotency_key", "")
    try:
        signature = door.sign(
            at=arrival_of(request), token=token, answer=_said(request, form), key=key
        )
    except Refused as refused:
        if refused.refusal.code not in CODE_FIELDS:
            return closed_page(request, refused.refusal)
        form.add_error("code", refused.refusal.sentence)
        link.refresh_from_db()
        return _page(request, link, token, door, form)
    request.session[door.session_key] = signature.pk
    return redirect(door.done)


def _said(request: HttpRequest, form: SignForm) -> SignedAnswer:
    data = form.cleaned_data
    return SignedAnswer(
        code=data["code"],
        name=data["name"],
        title=data["title"],
        is_agreed=request.POST.get("answer") == "yes",
        address_digest=address_digest(request.META.get("REMOTE_ADDR", "")),
    )


def _sign_form(request: HttpRequest, names: tuple[str, str]) -> SignForm:
    data = request.POST if request.method == "POST" and "answer" in request.POST else None
    giver, group = names
    return SignForm(data, claim=Claim(giver, group, "", "", ""), is_participant=False)


def _page(
    request: HttpRequest,
    link: Link,
    token: str,
    door: GiverDoor[Link],
    form: SignForm | None = None,
    code_form: CodeForm | None = None,
) -> HttpResponse:
    sent_at, invited = link.code_sent_at, door.invited(link)
    is_code_sent = sent_at is not None and arrival_of(request) - sent_at <= CODE_LIFE
    context: dict[str, Any] = {
        "token": token,
        "masked_email": masked(invited),
        "code_email": masked(link.code_email) if link.code_email else "",
        "expires_at": link.expires_at,
        "is_code_sent": is_code_sent,
        "code_form": code_form or CodeForm(invited=invited),
        "form": form or _sign_form(request, door.names(link)),
        "steps": signing_steps(is_code_sent=is_code_sent),
        **door.context(link),
    }
    return render(request, door.page, context)
