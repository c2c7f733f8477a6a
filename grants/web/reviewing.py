"""A reviewer's own pages: seats, the invitation, the certification, the training."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor_of, arrival_of, person_of
from accounts.gates import gate, public, refusal_page, signed_in
from accounts.queries.people import has_second_step
from grants.actions.certify_conflicts import CERTIFIED_IN, certify_conflicts
from grants.actions.invite_reviewer import (
    accept_invitation,
    decline_invitation,
    link_refusal,
)
from grants.actions.take_training import take_training
from grants.forms.reviewers import CertificationForm, TrainingForm
from grants.models import PanelInvitation, PanelSeat
from grants.permissions.panels import (
    NEEDS_SECOND_STEP,
    holds_seat,
    is_trained,
    reviews_somewhere,
    seat_for,
)
from grants.queries.conflicts import visible_proposals
from grants.queries.panel_links import digest_of
from grants.queries.reviewer_profiles import is_complete
from grants.queries.training import answer_key, passed_at, samples
from grants.rules.panel_states import SEAT, SeatState
from grants.rules.reviewers import CERTIFICATION
from grants.rules.terms import PANEL_ROLE_WORDS, PanelRole
from kit.refusals import Refusal, Refused
from trail.actors import Actor

NO_LINK = Refusal(
    "link_unknown",
    "This link is not one of ours. Check that it was copied whole from the letter.",
)


@gate(reviews_somewhere)
@require_http_methods(["GET"])
def reviewing(request: HttpRequest) -> HttpResponse:
    """List one's seats, with what is to be done next for each."""
    now, person = arrival_of(request), person_of(request)
    seats = PanelSeat.objects.filter(user=person).select_related(
        "competition__case", "competition__agency", "user"
    )
    complete = is_complete(person)
    context = {
        "seats": [_seat_card(seat, now, complete) for seat in seats.order_by("-invited_at")],
        "is_complete": complete,
        "lacks_second_step": not has_second_step(person),
        "passed_at": passed_at(person, now),
    }
    return render(request, "grants/reviewing/reviewing.html", context)


@gate(holds_seat)
@require_http_methods(["GET"])
def seat(request: HttpRequest, seat: str) -> HttpResponse:
    """Show one seat and the steps before reading."""
    row, now = seat_for(request, seat), arrival_of(request)
    context = _seat_page(row, row.competition.title)
    context |= _seat_card(row, now, is_complete(person_of(request)))
    context["invitation"] = PanelInvitation.objects.filter(seat=row).first()
    return render(request, "grants/reviewing/seat.html", context)


@gate(holds_seat)
@require_POST
def answer(request: HttpRequest, seat: str) -> HttpResponse:
    """Accept or decline on one's own page."""
    row = seat_for(request, seat)
    asked = PanelInvitation.objects.select_related("competition", "seat").filter(seat=row)
    invitation = asked.first()
    if invitation is None:
        raise Http404
    at, actor = arrival_of(request), actor_of(request)
    if request.POST.get("answer") == "accept":
        person = person_of(request)
        accept_invitation(actor=actor, at=at, invitation=invitation, user=person)
        messages.success(request, f"You are on the panel of {row.competition}. Three steps follow.")
        return redirect("grants:panel_seat", seat)
    decline_invitation(actor=actor, at=at, invitation=invitation)
    messages.success(request, f"You have declined. {row.competition.agency} knows.")
    return redirect("grants:reviewing")


@public
@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show what somebody is asked to do; take a no from anybody who has the link."""
    row = _by_token(token)
    if row is None:
        return render(request, "grants/reviewing/closed.html", {"refusal": NO_LINK}, status=404)
    if row.seat is not None and row.seat.user_id == request.user.pk:
        return redirect("grants:panel_seat", row.seat.reference)
    closed = link_refusal(row, arrival_of(request))
    if closed is not None:
        refused = {"refusal": closed.refusal}
        return render(request, "grants/reviewing/closed.html", refused, status=410)
    if request.method == "POST":
        actor = Actor("participant", f"panel-{row.reference}", row.name)
        decline_invitation(actor=actor, at=arrival_of(request), invitation=row)
        return render(request, "grants/reviewing/declined.html", {"invitation": row})
    context = {
        "invitation": row,
        "competition": row.competition,
        "role_words": PANEL_ROLE_WORDS[PanelRole(row.role)],
        "token": token,
    }
    return render(request, "grants/reviewing/invitation.html", context)


@gate(signed_in)
@never_cache
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Take the seat that the link offers; needs an account with a second step.

    A GET comes from the sign-in page, which leads back here.
    """
    row = _by_token(token)
    if row is None:
        return render(request, "grants/reviewing/closed.html", {"refusal": NO_LINK}, status=404)
    if not has_second_step(person_of(request)):
        return refusal_page(request, NEEDS_SECOND_STEP)
    if request.method != "POST":
        return redirect("grants:panel_invitation", token)
    taken = accept_invitation(
        actor=actor_of(request),
        at=arrival_of(request),
        invitation=row,
        user=person_of(request),
    )
    messages.success(request, f"You are on the panel of {row.competition}. Four steps follow.")
    return redirect("grants:panel_seat", taken.reference)


@gate(holds_seat)
@require_http_methods(["GET", "POST"])
def certify(request: HttpRequest, seat: str) -> HttpResponse:
    """Sign the statement on conflicts; the list shows only what the reader may know of."""
    row = seat_for(request, seat)
    shown = (
        visible_proposals(row).select_related("case", "group__convening").order_by("group__name")
    )
    groups = [(one.case.reference, _named(one)) for one in shown]
    posted = request.POST if request.method == "POST" else None
    form = CertificationForm(posted, groups=groups)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            certify_conflicts(
                actor=actor_of(request),
                at=arrival_of(request),
                seat=row,
                signed_name=form.cleaned_data["signed_name"],
                declared=form.cleaned_data.get("declared", ()),
                reason=form.cleaned_data.get("reason", ""),
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
            status = 409
        else:
            messages.success(request, "Signed. Tell us at once if something changes.")
            return redirect("grants:panel_seat", seat)
    context = _seat_page(row, "Conflicts of interest")
    context |= {
        "form": form,
        "words": CERTIFICATION,
        "groups": groups,
        "signed": row.certifications.last(),
        "is_open": row.competition.status in CERTIFIED_IN and is_complete(person_of(request)),
    }
    return render(request, "grants/reviewing/certify.html", context, status=status)


@gate(reviews_somewhere)
@require_http_methods(["GET", "POST"])
def training(request: HttpRequest) -> HttpResponse:
    """Show the sample proposals; compare the scores with the key."""
    posted = request.POST if request.method == "POST" else None
    form, result = TrainingForm(posted, samples=samples()), None
    if request.method == "POST" and form.is_valid():
        result = take_training(
            actor=actor_of(request),
            at=arrival_of(request),
            user=person_of(request),
            scores=form.scores(),
        )
    marks = {(one.sample, one.criterion): one for one in result.marks} if result else {}
    context = {
        "form": form,
        "result": result,
        "passed_at": passed_at(person_of(request), arrival_of(request)),
        "number": len(answer_key()),
        "samples": [
            {
                **sample,
                "criteria": [
                    {
                        **one,
                        "field": form[f"{sample['id']}.{one['id']}"],
                        "mark": marks.get((sample["id"], one["id"])),
                    }
                    for one in sample["criteria"]
                ],
            }
            for sample in samples()
        ],
    }
    return render(request, "grants/reviewing/training.html", context)


def _by_token(token: str) -> PanelInvitation | None:
    rows = PanelInvitation.objects.select_related(
        "competition__agency", "competition__case", "seat"
    )
    return rows.filter(token_digest=digest_of(token)).first()


def _named(proposal: Any) -> str:  # noqa: ANN401 - a proposal with its group
    body = getattr(proposal.group, "convening", None)
    lead = body.legal_name if body is not None and body.legal_name else ""
    return f"{proposal.group.name} ({lead})" if lead else proposal.group.name


def _seat_page(row: PanelSeat, here: str) -> dict[str, Any]:
    trail = [{"label": "Your reviewing", "url": reverse("grants:reviewing")}]
    if here != row.competition.title:
        address = reverse("grants:panel_seat", args=[row.reference])
        trail.append({"label": row.competition.title, "url": address})
    return {"seat": row, "competition": row.competition, "trail": trail, "here": here}


def _seat_card(row: PanelSeat, now: Any, complete: bool) -> dict[str, Any]:  # noqa: ANN401, FBT001
    state = SeatState(row.state)
    certified, trained = row.certified_at is not None, is_trained(row, now)
    return {
        "row": row,
        "role_words": PANEL_ROLE_WORDS[PanelRole(row.role)],
        "state_words": SEAT.labels[state],
        "is_invited": state is SeatState.INVITED,
        "is_seated": state is SeatState.ACCEPTED,
        "steps": [
            {"label": "Complete your profile", "done": complete,
             "url": reverse("grants:reviewer_profile")},
            {"label": "Score two sample proposals", "done": trained,
             "url": reverse("grants:training")},
            {"label": "Sign the statement on conflicts", "done": certified,
             "url": reverse("grants:certify_conflicts", args=[row.reference])},
        ],
        "is_ready": certified and trained and state is SeatState.ACCEPTED,
        "is_chair": row.role == PanelRole.CHAIR,
        "doors": _doors(row),
    }  # fmt: skip


def _doors(row: PanelSeat) -> list[tuple[str, str]]:
    """Where somebody works once everything is done: words and address."""
    if row.role != PanelRole.CHAIR:
        return [("Your reviews", reverse("grants:my_reviews"))]
    reference = row.competition.case.reference
    return [
        ("Assignment", reverse("grants:assignment", args=[reference])),
        ("Reviews and discussion", reverse("grants:panel_reviews", args=[reference])),
        ("Ranking", reverse("grants:chair_ranking", args=[row.reference])),
    ]
