"""A reviewer's own desk: the list, answering, writing a review beside the proposal."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actors import actor_of, arrival_of, person_of
from accounts.gates import gate
from grants.actions.answer_assignment import accept_assignment, decline_assignment, recuse_from
from grants.actions.log_reading import log_reading
from grants.actions.save_review import StaleReview, save_review
from grants.actions.submit_review import submit_review, take_back_review
from grants.forms.assignment import ReasonForm
from grants.forms.reviews import ReviewForm, initial_of
from grants.models import Assignment, Review
from grants.permissions.panels import reviews_somewhere
from grants.permissions.reviews import (
    holds_assignment,
    reads_for_review,
    review_for,
    writes_review,
)
from grants.queries.own_reviews import own_reviews
from grants.queries.proposal_words import content_of, parts_of
from grants.queries.reviews import criteria_of, draft_marks, scale_of, written_of
from grants.rules.panel_states import ASSIGNMENT, AssignmentState
from grants.rules.reviewing import mark_refusals, submit_refusals
from grants.web.competition_pages import bound, key_of
from kit.refusals import Refused

VERSION = re.compile(r'^"?(\d{1,9})"?$', re.ASCII)
WRITING = (AssignmentState.ACCEPTED, AssignmentState.IN_PROGRESS)


@gate(reviews_somewhere)
@require_GET
def my_reviews(request: HttpRequest) -> HttpResponse:
    """List the reader's reviews, what is due first."""
    rows = own_reviews(person_of(request), arrival_of(request))
    return render(request, "grants/reviews/list.html", {"rows": rows, "at": arrival_of(request)})


@gate(holds_assignment)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, assignment: str) -> HttpResponseBase:
    """Show the proposal beside the review; before accepting, only what it is about."""
    row = review_for(request, assignment)
    if row.state == AssignmentState.RELEASED:
        return render(request, "grants/reviews/answer.html", review_page(request, row))
    if row.state not in WRITING:
        return redirect("grants:review_result", assignment)
    if request.method == "POST":
        return _saved(request, row)
    log_reading(at=arrival_of(request), assignment=row, what="proposal")
    return _writing_page(request, row, _shown(request, row))


@gate(writes_review)
@require_POST
def autosave(request: HttpRequest, assignment: str) -> HttpResponse:
    """Save in the background: JSON with the new version, or both texts when it is stale."""
    row = review_for(request, assignment)
    form = _form(row, request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors.get_json_data()}, status=422)
    try:
        saved = _save(request, row, form)
    except StaleReview as stale:
        return JsonResponse(_both(stale), status=409)
    except Refused as refused:
        refusal = refused.refusal
        return JsonResponse({"code": refusal.code, "detail": refusal.sentence}, status=422)
    answer = JsonResponse({"version": saved.version, "saved_at": _clock(saved)})
    answer["ETag"] = f'"{saved.version}"'
    return answer


@gate(holds_assignment)
@require_POST
def accept(request: HttpRequest, assignment: str) -> HttpResponse:
    """Accept the review."""
    row = review_for(request, assignment)
    try:
        accept_assignment(
            actor=actor_of(request), at=arrival_of(request), assignment=row, key=key_of(request)
        )
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
    else:
        messages.success(request, "Accepted. Read the proposal; everything you write is saved.")
    return redirect("grants:review", assignment)


@gate(holds_assignment)
@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: HttpRequest, assignment: str) -> HttpResponse:
    """Decline before accepting, step back for a conflict after it."""
    row = review_for(request, assignment)
    is_new = row.state == AssignmentState.RELEASED
    if not is_new:
        ASSIGNMENT.move(AssignmentState(row.state), "recuse")
    hint = "The chair reads it." if is_new else "Name the conflict. Conflict officers read it."
    form = ReasonForm(bound(request), hint=hint)
    if request.method == "POST" and form.is_valid():
        act = decline_assignment if is_new else recuse_from
        try:
            act(
                actor=actor_of(request),
                at=arrival_of(request),
                assignment=row,
                reason=form.cleaned_data["reason"],
                key=key_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            messages.success(request, "The review is off your list. Thank you for telling us.")
            return redirect("grants:my_reviews")
    context = review_page(request, row) | {"form": form, "is_new": is_new}
    return render(request, "grants/reviews/give_back.html", context)


@gate(writes_review)
@require_POST
def submit(request: HttpRequest, assignment: str) -> HttpResponse:
    """Submit what is saved."""
    row = review_for(request, assignment)
    try:
        submit_review(
            actor=actor_of(request),
            at=arrival_of(request),
            assignment=row,
            version=_version(request),
            key=key_of(request),
        )
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
        return redirect(reverse("grants:review", args=[assignment]) + "?check=1")
    messages.success(request, "Submitted. Next: read what the others wrote, then make it final.")
    return redirect("grants:review_result", assignment)


@gate(writes_review)
@require_POST
def take_back(request: HttpRequest, assignment: str) -> HttpResponse:
    """Go on writing."""
    row = review_for(request, assignment)
    try:
        take_back_review(
            actor=actor_of(request), at=arrival_of(request), assignment=row, key=key_of(request)
        )
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
        return redirect("grants:review_result", assignment)
    messages.success(request, "Taken back. Submit it again when you are done.")
    return redirect("grants:review", assignment)


@gate(reads_for_review)
@require_GET
def proposal_text(request: HttpRequest, assignment: str) -> HttpResponse:
    """Show the proposal by itself, to print or to read again after the review."""
    row = review_for(request, assignment)
    log_reading(at=arrival_of(request), assignment=row, what="proposal")
    return render(request, "grants/reviews/proposal.html", review_page(request, row))


def review_page(request: HttpRequest, row: Assignment) -> dict[str, Any]:
    """What every page of one review shows."""
    proposal = row.proposal
    content = content_of(proposal)
    return {
        "assignment": row,
        "reference": row.reference,
        "proposal": proposal,
        "competition": proposal.competition,
        "alias": row.seat.alias,
        "state_words": ASSIGNMENT.labels[AssignmentState(row.state)],
        "parts": parts_of(content),
        "budget": content.get("budget"),
        "milestones": content.get("milestones"),
        "is_late": row.due_at is not None and row.due_at <= arrival_of(request),
        "trail": [{"label": "Your reviews", "url": reverse("grants:my_reviews")}],
    }


def _writing_page(
    request: HttpRequest, row: Assignment, form: ReviewForm, status: int = 200
) -> HttpResponse:
    saved = Review.objects.filter(assignment=row).first()
    context = review_page(request, row) | {
        "form": form,
        "review": saved,
        "version": saved.version if saved else 0,
        "criteria": form.parts(),
        "total_left": _left(row, saved),
    }
    return render(request, "grants/reviews/write.html", context, status=status)


def _left(row: Assignment, saved: Review | None) -> int:
    competition = row.proposal.competition
    found = submit_refusals(
        written_of(saved or Review(assignment=row)), criteria_of(competition), scale_of(competition)
    )
    return len(found)


def _form(row: Assignment, data: Any = None) -> ReviewForm:  # noqa: ANN401 - a QueryDict
    competition = row.proposal.competition
    criteria = list(competition.criteria.prefetch_related("anchors"))
    saved = Review.objects.filter(assignment=row).first()
    return ReviewForm(criteria, scale_of(competition), data, initial=initial_of(saved))


def _shown(request: HttpRequest, row: Assignment) -> ReviewForm:
    """The form as saved; on ``?check`` with what is missing at each field."""
    saved = Review.objects.filter(assignment=row).first()
    if "check" not in request.GET or saved is None:
        return _form(row)
    form = _form(row, initial_of(saved))
    form.is_valid()
    competition = row.proposal.competition
    criteria, scale = criteria_of(competition), scale_of(competition)
    form.show_refusals(
        mark_refusals(draft_marks(saved), criteria, scale),
        submit_refusals(written_of(saved), criteria, scale),
    )
    return form


def _saved(request: HttpRequest, row: Assignment) -> HttpResponseBase:
    """Save by hand; then stay, or submit."""
    form = _form(row, request.POST)
    if not form.is_valid():
        return _writing_page(request, row, form, status=422)
    try:
        saved = _save(request, row, form)
    except StaleReview as stale:
        return _conflict(request, row, form, stale)
    if request.POST.get("next") == "submit":
        post = request.POST.copy()
        post["version"] = str(saved.version)
        request.POST = post  # type: ignore[assignment]
        return submit(request, assignment=row.reference)
    messages.success(request, f"Saved {_clock(saved)}.")
    return redirect("grants:review", row.reference)


def _save(request: HttpRequest, row: Assignment, form: ReviewForm) -> Review:
    return save_review(
        actor=actor_of(request),
        at=arrival_of(request),
        assignment=row,
        drafted=form.drafted(_version(request)),
    )


def _conflict(
    request: HttpRequest, row: Assignment, form: ReviewForm, stale: StaleReview
) -> HttpResponse:
    """Both texts; the form keeps the writer's own."""
    theirs, mine = initial_of(stale.saved), initial_of_form(form)
    context = review_page(request, row) | {
        "form": form,
        "criteria": form.parts(),
        "version": stale.saved.version,
        "saved": stale.saved,
        "differences": [
            {"label": form[name].label, "mine": mine.get(name, ""), "theirs": theirs.get(name, "")}
            for name in form.fields
            if (mine.get(name) or "") != (theirs.get(name) or "")
        ],
    }
    return render(request, "grants/reviews/conflict.html", context, status=409)


def initial_of_form(form: ReviewForm) -> dict[str, str]:
    """What stands in a checked form."""
    return {name: str(value or "") for name, value in form.cleaned_data.items()}


def _both(stale: StaleReview) -> dict[str, Any]:
    return {
        "code": stale.refusal.code,
        "detail": stale.refusal.sentence,
        "version": stale.saved.version,
        "saved_at": _clock(stale.saved),
        "fields": initial_of(stale.saved),
    }


def _version(request: HttpRequest) -> int:
    given = request.headers.get("If-Match") or request.POST.get("version", "")
    match = VERSION.match(given.strip())
    return int(match[1]) if match else 0


def _clock(row: Review) -> str:
    page = render_to_string("grants/reviews/saved_at.txt", {"at": row.saved_at})
    return strip_tags(page).strip()
