"""Pages for givers without an account: read a promise, get a code, sign or decline."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.gates import public
from grants.actions.sign_match import send_giver_code, sign_match
from grants.models import GiverLink, GiverSignature
from grants.queries.giver_links import claim_of, find_giver_link, giver_refusal
from grants.rules.giver_words import no_promise, promise
from grants.web.giver_doors import GiverDoor, answer_page, code_page, forgotten_page

GIVEN = "given"


@public
@never_cache
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is asked and in whose name; take the signed answer."""
    return answer_page(request, token, DOOR)


@public
@never_cache
@require_POST
def code(request: HttpRequest, token: str) -> HttpResponse:
    """Mail a code, then show the page on which it is entered."""
    return code_page(request, token, DOOR)


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
        return forgotten_page(request)
    commitment = row.link.commitment
    context = {"signature": row, "commitment": commitment, "proposal": commitment.proposal}
    return render(request, "grants/give/given.html", context)


def _names(link: GiverLink) -> tuple[str, str]:
    return link.commitment.organization_name, link.commitment.proposal.group.name


def _context(link: GiverLink) -> dict[str, Any]:
    commitment = link.commitment
    claim = claim_of(commitment)
    return {
        "claim": claim,
        "commitment": commitment,
        "proposal": commitment.proposal,
        "agency": commitment.proposal.competition.agency,
        "agreement": promise(claim),
        "refusal_text": no_promise(claim),
    }


DOOR = GiverDoor(
    find=find_giver_link,
    refusal=giver_refusal,
    invited=lambda link: link.commitment.contact_email,
    names=_names,
    send_code=send_giver_code,
    sign=sign_match,
    context=_context,
    page="grants/give/give.html",
    route="grants:give",
    done="grants:given",
    session_key=GIVEN,
)
