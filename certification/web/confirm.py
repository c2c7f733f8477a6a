"""Pages for people without an account: read the claim, get a code, sign or decline."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actors import arrival_of
from accounts.gates import public
from certification.actions.send_code import send_code
from certification.actions.sign_answer import SignedAnswer, sign_answer
from certification.forms.confirm import CodeForm, SignForm
from certification.models import Invitation, Signature
from certification.queries.addressees import addressee_of, claim_of, kind_of
from certification.queries.open_links import UNKNOWN, find_link, link_refusal
from certification.queries.personal_links import address_digest
from certification.rules.addressees import masked
from certification.rules.groups import CODE_LIFE
from certification.web.guessing import has_guessed_too_often, note_wrong_guess
from kit.refusals import Refusal, Refused

SIGNED = "signed"
CLOSED = "certification/confirm/closed.html"
CODE_FIELDS = frozenset({"code_missing", "code_old", "code_attempts", "code_wrong"})


@public
@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is claimed and in whose name; take the signed answer."""
    if has_guessed_too_often(request):
        return render(request, "certification/confirm/too_many.html", status=429)
    invitation = find_link(token)
    refusal = link_refusal(invitation, arrival_of(request))
    if request.method == "POST" and invitation is not None:
        return _answer(request, invitation, token)
    if invitation is None or refusal is not None:
        return closed_page(request, refusal or UNKNOWN)
    return _page(request, invitation, token)


@public
@never_cache
@require_POST
def request_code(request: HttpRequest, token: str) -> HttpResponse:
    """Mail a code, then show the page on which it is entered."""
    if has_guessed_too_often(request):
        return render(request, "certification/confirm/too_many.html", status=429)
    invitation = find_link(token)
    at = arrival_of(request)
    refusal = link_refusal(invitation, at)
    if invitation is None or refusal is not None:
        return closed_page(request, refusal or UNKNOWN)
    form = CodeForm(request.POST, invited=addressee_of(invitation).contact_email)
    if not form.is_valid():
        return _page(request, invitation, token, code_form=form)
    try:
        send_code(at=at, token=token, address=form.cleaned_data["colleague_email"])
    except Refused as refused:
        if refused.refusal.code.startswith("link_"):
            return closed_page(request, refused.refusal)
        form.add_error(None, refused.refusal.sentence)
        return _page(request, invitation, token, code_form=form)
    return redirect("certification:confirm", token)


@public
@never_cache
@require_GET
def signed(request: HttpRequest) -> HttpResponse:
    """Say what was signed, and what happens next, to the browser that signed it."""
    rows = Signature.objects.select_related(
        "invitation__participant__group__agency", "invitation__commitment__group__agency"
    )
    row = rows.filter(pk=request.session.get(SIGNED, 0)).first()
    if row is None:
        # No guess: somebody came back after the browser forgot.
        return render(request, CLOSED, {"refusal": UNKNOWN}, status=404)
    addressee = addressee_of(row.invitation)
    context = {"signature": row, "group": addressee.group, "name": str(addressee)}
    return render(request, "certification/confirm/signed.html", context)


def _answer(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    form = _sign_form(request, invitation)
    if not form.is_valid():
        refusal = link_refusal(invitation, arrival_of(request))
        return closed_page(request, refusal) if refusal else _page(request, invitation, token, form)
    given = form.cleaned_data
    answer = SignedAnswer(
        code=given["code"],
        name=given["name"],
        title=given["title"],
        is_agreed=request.POST.get("answer") == "yes",
        is_public_consented=given.get("is_public_consented", False),
        address_digest=address_digest(request.META.get("REMOTE_ADDR", "")),
    )
    key = request.POST.get("idempotency_key", "")
    try:
        signature = sign_answer(at=arrival_of(request), token=token, answer=answer, key=key)
    except Refused as refused:
        if refused.refusal.code not in CODE_FIELDS:
            return closed_page(request, refused.refusal)
        form.add_error("code", refused.refusal.sentence)
        invitation.refresh_from_db()
        return _page(request, invitation, token, form)
    request.session[SIGNED] = signature.pk
    return redirect("certification:signed")


def _sign_form(request: HttpRequest, invitation: Invitation) -> SignForm:
    addressee = addressee_of(invitation)
    data = request.POST if request.method == "POST" and "answer" in request.POST else None
    is_participant = invitation.participant is not None
    return SignForm(data, claim=claim_of(addressee, addressee.group), is_participant=is_participant)


def _page(
    request: HttpRequest,
    invitation: Invitation,
    token: str,
    form: SignForm | None = None,
    code_form: CodeForm | None = None,
) -> HttpResponse:
    addressee = addressee_of(invitation)
    kind = kind_of(addressee)
    claim = claim_of(addressee, addressee.group)
    sent_at = invitation.code_sent_at
    is_code_sent = sent_at is not None and arrival_of(request) - sent_at <= CODE_LIFE
    context = {
        "token": token,
        "claim": claim,
        "group": addressee.group,
        "is_participant": invitation.participant is not None,
        "agreement": kind.agreement(claim),
        "refusal_text": kind.refusal(claim),
        "contact_name": addressee.contact_name,
        "masked_email": masked(addressee.contact_email),
        "code_email": masked(invitation.code_email) if invitation.code_email else "",
        "expires_at": invitation.expires_at,
        "is_code_sent": is_code_sent,
        "code_form": code_form or CodeForm(invited=addressee.contact_email),
        "form": form or _sign_form(request, invitation),
        "steps": signing_steps(is_code_sent=is_code_sent),
    }
    return render(request, "certification/confirm/confirm.html", context)


def signing_steps(*, is_code_sent: bool) -> list[dict[str, str]]:
    """Return the three steps of signing without an account."""
    labels = ("Read", "Get a code", "Sign or decline")
    here = 2 if is_code_sent else 0
    return [
        {
            "label": label,
            "state": "complete" if at < here else "current" if at == here else "upcoming",
        }
        for at, label in enumerate(labels)
    ]


def closed_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Say that a link opens nothing; an unknown one counts as a guess."""
    is_unknown = refusal.code == UNKNOWN.code
    if is_unknown:
        note_wrong_guess(request)
    context = {"refusal": refusal}
    status = 404 if is_unknown else 410
    return render(request, CLOSED, context, status=status)
