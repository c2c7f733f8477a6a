"""Pages for givers without an account during an award: confirm what was given, or a promise."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.gates import public
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
from grants.web.giver_doors import GiverDoor, answer_page, code_page, forgotten_page

GIVEN = "given_to_award"


@public
@never_cache
@require_http_methods(["GET", "POST"])
def give_to_award(request: HttpRequest, token: str) -> HttpResponse:
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
    links = [f"link__{one}" for one in READ_WITH]
    rows = AwardGiverSignature.objects.select_related(*links)
    row = rows.filter(pk=request.session.get(GIVEN, 0)).first()
    if row is None:
        return forgotten_page(request)
    context = {
        "signature": row,
        "claim": claim_of_link(row.link),
        "agency": award_of(row.link).agency,
        "reference": (row.link.contribution or pledge_of(row.link)).reference,
    }
    return render(request, "grants/give/given_to_award.html", context)


def _names(link: AwardGiverLink) -> tuple[str, str]:
    claim = claim_of_link(link)
    return claim.giver, claim.group


def _context(link: AwardGiverLink) -> dict[str, Any]:
    claim = claim_of_link(link)
    return {
        "claim": claim,
        "award": award_of(link),
        "agency": award_of(link).agency,
        "agreement": yes_words(claim),
        "refusal_text": no_words(claim),
        "contact_name": pledge_of(link).contact_name,
    }


DOOR = GiverDoor(
    find=find_award_link,
    refusal=award_link_refusal,
    invited=lambda link: pledge_of(link).contact_email,
    names=_names,
    send_code=send_award_code,
    sign=confirm_gift,
    context=_context,
    page="grants/give/give_to_award.html",
    route="grants:give_to_award",
    done="grants:given_to_award",
    session_key=GIVEN,
)
