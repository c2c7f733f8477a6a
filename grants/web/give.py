"""Pages for givers without an account: read the promise, get a code, sign or decline."""

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
from grants.actions.sign_match import send_giver_code, sign_match
from grants.models import GiverLink, GiverSignature
from grants.queries.giver_links import claim_of, find_giver_link, giver_refusal
from grants.rules.giver_words import no_promise, promise
from kit.refusals import Refused

GIVEN = "given"
TOO_MANY = "certification/confirm/too_many.html"


@public
@never_cache
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is asked and in whose name; take the signed answer."""
    if has_guessed_too_often(request):
        return render(request, TOO_MANY, status=429)
    link = find_giver_link(token)
    refusal = giver_refusal(link, arrival_of(request))
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
    link = find_giver_link(token)
    at = arrival_of(request)
    refusal = giver_refusal(link, at)
    if link is None or refusal is not None:
        return closed_page(request, refusal or UNKNOWN)
    form = CodeForm(request.POST, invited=link.commitment.contact_email)
    if not form.is_valid():
        return _page(request, link, token, code_form=form)
    try:
        send_giver_code(at=at, token=token, address=form.cleaned_data["colleague_email"])
    except Refused as refused:
        if refused.refusal.code.startswith("link_"):
            return closed_page(request, refused.refusal)
        form.add_error(None, refused.refusal.sentence)
        return _page(request, link, token, code_form=form)
    return redirect("grants:give", token)


@public
@never_cache
@require_GET
def given(request: HttpRequest) -> HttpResponse:
    """Say what was signed, and what happens next, to the browser that signed it."""
    rows = GiverSignature.objects.select_related(
        "link__commitment__proposal__group", "link__commitment__proposal__competition__agency"
    )
    row = rows.filter(pk=request.session.get(GIVEN, 0)).first()
    if row is None:
        # No guess: somebody came back after the browser forgot.
        refused = {"refusal": UNKNOWN}
        return render(request, "certification/confirm/closed.html", refused, status=404)
    commitment = row.link.commitment
    context = {"signature": row, "commitment": commitment, "proposal": commitment.proposal}
    return render(request, "grants/give/given.html", context)


def _answer(request: HttpRequest, link: GiverLink, token: str) -> HttpResponse:
    form = _sign_form(request, link)
    if not form.is_valid():
        refusal = giver_refusal(link, arrival_of(request))
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
        signature = sign_match(at=arrival_of(request), token=token, answer=answer, key=key)
    except Refused as refused:
        if refused.refusal.code not in CODE_FIELDS:
            return closed_page(request, refused.refusal)
        form.add_error("code", refused.refusal.sentence)
        link.refresh_from_db()
        return _page(request, link, token, form)
    request.session[GIVEN] = signature.pk
    return redirect("grants:given")


def _sign_form(request: HttpRequest, link: GiverLink) -> SignForm:
    data = request.POST if request.method == "POST" and "answer" in request.POST else None
    commitment = link.commitment
    body = Claim(commitment.organization_name, commitment.proposal.group.name, "", "", "")
    return SignForm(data, claim=body, is_participant=False)


def _page(
    request: HttpRequest,
    link: GiverLink,
    token: str,
    form: SignForm | None = None,
    code_form: CodeForm | None = None,
) -> HttpResponse:
    commitment = link.commitment
    claim = claim_of(commitment)
    sent_at = link.code_sent_at
    is_code_sent = sent_at is not None and arrival_of(request) - sent_at <= CODE_LIFE
    context: dict[str, Any] = {
        "token": token,
        "claim": claim,
        "commitment": commitment,
        "proposal": commitment.proposal,
        "agency": commitment.proposal.competition.agency,
        "agreement": promise(claim),
        "refusal_text": no_promise(claim),
        "masked_email": masked(commitment.contact_email),
        "code_email": masked(link.code_email) if link.code_email else "",
        "expires_at": link.expires_at,
        "is_code_sent": is_code_sent,
        "code_form": code_form or CodeForm(invited=commitment.contact_email),
        "form": form or _sign_form(request, link),
        "steps": signing_steps(is_code_sent=is_code_sent),
    }
    return render(request, "grants/give/give.html", context)
