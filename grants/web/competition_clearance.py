"""Clearance and opening: asked for, signed by three, scheduled; or returned, or cancelled."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.gates import gate
from grants.actions.ask_clearance import ask_clearance
from grants.actions.cancel_competition import cancel_competition
from grants.actions.return_to_draft import return_to_draft
from grants.actions.schedule_competition import schedule_competition
from grants.actions.sign_clearance import Signature, sign_clearance
from grants.forms.competition_acts import CancelForm, PaperworkSignForm, SignForm, WhyForm
from grants.permissions.competitions import (
    clears_competition,
    decides_competition,
    works_on_competition,
)
from grants.rules.terms import CLEARANCE_KIND_WORDS, ClearanceKind
from grants.web.competition_pages import (
    VerbPage,
    acting,
    bound,
    done_on_competition,
    key_of,
    verb_form,
)

RETURN = VerbPage(
    verb="return_to_draft",
    title="Return to the draft",
    lead="The words can be changed again. Every signature is void and must be given anew.",
    button="Return to the draft",
    done="The competition is a draft again.",
)
CANCEL = VerbPage(
    verb="cancel",
    title="Cancel the competition",
    lead="It ends without a decision. Everybody who started a proposal gets your reason.",
    button="Cancel the competition",
    done="The competition is cancelled.",
    is_grave=True,
)


@require_POST
@gate(works_on_competition)
def ask(request: HttpRequest, competition: str) -> HttpResponse:
    """Hand the draft to the three who clear it."""
    ask_clearance(**acting(request, competition), key=key_of(request))
    said = "Legal counsel, the budget officer and the paperwork officer are asked to sign."
    return done_on_competition(request, competition, said)


@gate(clears_competition)
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, competition: str, kind: str) -> HttpResponse:
    """Sign one clearance."""
    if kind not in set(ClearanceKind):
        raise Http404
    which = ClearanceKind(kind)
    words = CLEARANCE_KIND_WORDS[which]
    page = VerbPage(
        verb="schedule",
        title=f"Sign the {words.lower()} clearance",
        lead="Your signature names the digest of the words as they stand. If they change, it is "
        "void.",
        button="Sign",
        done=f"{words} clearance: signed.",
    )
    form_class = PaperworkSignForm if which is ClearanceKind.PAPERWORK else SignForm
    form = form_class(bound(request))

    def act(key: str) -> None:
        given = form.cleaned_data
        signature = Signature(which, given.get("control_number", ""), given["note"])
        sign_clearance(**acting(request, competition), signature=signature, key=key)

    return verb_form(request, competition, page, form, act)


@require_POST
@gate(works_on_competition)
def schedule(request: HttpRequest, competition: str) -> HttpResponse:
    """Let the portal open the competition at its time."""
    schedule_competition(**acting(request, competition), key=key_of(request))
    said = "Scheduled. The portal opens the competition at its time."
    return done_on_competition(request, competition, said)


@gate(works_on_competition)
@require_http_methods(["GET", "HEAD", "POST"])
def return_it(request: HttpRequest, competition: str) -> HttpResponse:
    """Let the words be changed again."""
    form = WhyForm(bound(request))

    def act(key: str) -> None:
        return_to_draft(**acting(request, competition), why=form.cleaned_data["why"], key=key)

    return verb_form(request, competition, RETURN, form, act)


@gate(decides_competition)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, competition: str) -> HttpResponse:
    """End the competition without a decision."""
    form = CancelForm(bound(request))

    def act(key: str) -> None:
        cancel_competition(**acting(request, competition), why=form.cleaned_data["why"], key=key)

    return verb_form(request, competition, CANCEL, form, act)
