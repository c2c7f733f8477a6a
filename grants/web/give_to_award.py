"""Pages for givers without an account during an award: confirm what was given, or a promise."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actors import arrival_of
from accounts.gates import public
from certification.actions.sign_answer import SignedAnswer
from certification.forms.confirm import CodeForm, SignForm
from certification.queries.open_links import UNKNOWN
from certification.queries.personal_links import address_digest
from certification.rules.addressees import masked
from certification.rules.groups import CODE_LIFE
from certification.rules.statements import Claim
from certification.web.confirm import CODE_FIELDS, closed_page, signing_steps
from certification.web.guessing import has_guessed_too_often
from grants.actions.confirm_gift import confirm_gift, send_award_code
from grants.models import AwardGiverLink, AwardGiverSignature
from grants.queries.award_links import (
    READ_WITH,
    award_link_refusal,
    award_of,
    claim_of_link,
    find_award_link,
    pledge_of,
)
from grants.rules.match.giver_words import no_words, yes_words
from kit.refusals import Refused

GIVEN = "given_to_award"
TOO_MANY = "certification/confirm/too_many.html"


@public
@never_cache
@require_http_methods(["GET", "POST"])
def give_to_award(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is asked and in whose name; take the signed answer."""
    if has_guessed_too_often(request):
        return render(request, TOO_MANY, status=429)
    link = find_award_link(token)
    refusal = award_link_refusal(link, arrival_of(request))
    if request.method == "POST" and link is not None:
        return _answer(request, link, token)
    if link is None or refusal is not None:
        return closed_page(request, refusal or UNKNOWN)
    return _page(request, link, token)


@public
@never_cache
@require_POST
def code(request: HttpRequest, token: str) -> HttpResponse:
    """Mail a code, then show the page on which it is entered."""
    if has_guessed_too_often(request):
        return render(request, TOO_MANY, status=429)
    link = find_award_link(token)
    at = arrival_of(request)
    refusal = award_link_refusal(link, at)
    if link is None or refusal is not None:
        return closed_page(request, refusal or UNKNOWN)
    form = CodeForm(request.POST, invited=pledge_of(link).contact_email)
    if not form.is_valid():
        return _page(request, link, token, code_form=form)
    try:
        send_award_code(at=at, token=token, address=form.cleaned_data["colleague_email"])
    except Refused as refused:
        if refused.refusal.code.startswith("link_"):
            return closed_page(request, refused.refusal)
        form.add_error(None, refused.refusal.sentence)
        return _page(request, link, token, code_form=form)
    return redirect("grants:give_to_award", token)


@public
@never_cache
@require_GET
def given(request: HttpRequest) -> HttpResponse:
    """Say what was signed, and what happens next, to the browser that signed it."""
    links = [f"link__{one}" for one in READ_WITH]
    rows = AwardGiverSignature.objects.select_related(*links)
    row = rows.filter(pk=request.session.get(GIVEN, 0)).first()
    if row is None:
        # No guess: somebody came back after the browser forgot.
        refused = {"refusal": UNKNOWN}
        return render(request, "certification/confirm/closed.html", refused, status=404)
    context = {
        "signature": row,
        "claim": claim_of_link(row.link),
        "agency": award_of(row.link).agency,
        "reference": (row.link.contribution or pledge_of(row.link)).reference,
    }
    return render(request, "grants/give/given_to_award.html", context)


def _answer(request: HttpRequest, link: AwardGiverLink, token: str) -> HttpResponse:
    form = _sign_form(request, link)
    if not form.is_valid():
        refusal = award_link_refusal(link, arrival_of(request))
        return closed_page(request, refusal) if refusal else _page(request, link, token, form)
    data = form.cleaned_data
    answer = SignedAnswer(
        code=data["code"],
        name=data["name"],
        title=data["title"],
        is_agreed=request.POST.get("answer") == "yes",
        address_digest=address_digest(request.META.get("REMOTE_ADDR", "")),
    )
    key = request.POST.get("idempotency_key", "")
    try:
        signature = confirm_gift(at=arrival_of(request), token=token, answer=answer, key=key)
    except Refused as refused:
        if refused.refusal.code not in CODE_FIELDS:
            return closed_page(request, refused.refusal)
        form.add_error("code", refused.refusal.sentence)
        link.refresh_from_db()
        return _page(request, link, token, form)
    request.session[GIVEN] = signature.pk
    return redirect("grants:given_to_award")


def _sign_form(request: HttpRequest, link: AwardGiverLink) -> SignForm:
    data = request.POST if request.method == "POST" and "answer" in request.POST else None
    claim = claim_of_link(link)
    body = Claim(claim.giver, claim.group, "", "", "")
    return SignForm(data, claim=body, is_participant=False)


def _page(
    request: HttpRequest,
    link: AwardGiverLink,
    token: str,
    form: SignForm | None = None,
    code_form: CodeForm | None = None,
) -> HttpResponse:
    pledge, claim = pledge_of(link), claim_of_link(link)
    sent_at = link.code_sent_at
    is_code_sent = sent_at is not None and arrival_of(request) - sent_at <= CODE_LIFE
    context: dict[str, Any] = {
        "token": token,
        "claim": claim,
        "award": award_of(link),
        "agency": award_of(link).agency,
        "agreement": yes_words(claim),
        "refusal_text": no_words(claim),
        "contact_name": pledge.contact_name,
        "masked_email": masked(pledge.contact_email),
        "code_email": masked(link.code_email) if link.code_email else "",
        "expires_at": link.expires_at,
        "is_code_sent": is_code_sent,
        "code_form": code_form or CodeForm(invited=pledge.contact_email),
        "form": form or _sign_form(request, link),
        "steps": signing_steps(is_code_sent=is_code_sent),
    }
    return render(request, "grants/give/give_to_award.html", context)
