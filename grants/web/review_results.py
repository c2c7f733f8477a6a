"""After the own review: what the others wrote, making it final, the discussion, scoring again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from grants.actions.discuss_proposal import rescore, write_post
from grants.actions.submit_review import finalise_review, missing_for_final, read_others
from grants.forms.reviews import RescoreForm, marks_initial
from grants.models import Assignment, Review
from grants.permissions.reviews import reads_for_review, review_for, writes_review
from grants.queries.panel_progress import posts_of
from grants.queries.reviews import (
    OtherReview,
    criteria_of,
    discussion_of,
    marks_of,
    other_reviews,
    scale_of,
)
from grants.rules.panel_states import AssignmentState
from grants.rules.reviewing import Mark, others_refusal, rescore_refusal
from grants.web.competition_pages import bound, key_of
from grants.web.review_words import compared
from grants.web.reviews import review_page
from kit.refusals import Refused

FINAL = (AssignmentState.FINALISED, AssignmentState.RESCORED, AssignmentState.LOCKED)


@gate(reads_for_review)
@require_GET
def review_result(request: HttpRequest, assignment: str) -> HttpResponse:
    """Show the own review as it was submitted, and what comes next."""
    row = review_for(request, assignment)
    if others_refusal(AssignmentState(row.state)) is not None:
        return redirect("grants:review", assignment)
    saved = Review.objects.get(assignment=row)
    first, after = marks_of(saved)
    own = OtherReview("You", saved, first, after)
    is_final = row.state in FINAL
    context = review_page(request, row) | {
        "review": saved,
        "rows": compared(criteria_of(row.proposal.competition), [own]),
        "is_submitted": row.state == AssignmentState.SUBMITTED,
        "is_final": is_final,
        "discussion": discussion_of(row.proposal_id) if is_final else None,
    }
    return render(request, "grants/reviews/result.html", context)


@gate(reads_for_review)
@require_http_methods(["GET", "HEAD", "POST"])
def others(request: HttpRequest, assignment: str) -> HttpResponse:
    """Show what the others wrote, after the own review; make the own one final."""
    row = review_for(request, assignment)
    if others_refusal(AssignmentState(row.state)) is not None:
        messages.info(request, "Submit your own review first.")
        return redirect("grants:review", assignment)
    if request.method == "POST" and _made_final(request, row):
        return redirect("grants:review_result", assignment)
    saved = read_others(actor=actor_of(request), at=arrival_of(request), assignment=row)
    first, after = marks_of(saved)
    reviews = [OtherReview("You", saved, first, after), *other_reviews(row)]
    missing = missing_for_final(row, saved)
    criteria = criteria_of(row.proposal.competition)
    context = review_page(request, row) | {
        "reviews": reviews,
        "rows": compared(criteria, reviews),
        "is_submitted": row.state == AssignmentState.SUBMITTED,
        "missing": [
            {
                "criterion": one,
                "sentence": missing[one.key].sentence,
                "text": request.POST.get(
                    f"why_{one.key}", first.get(one.key, Mark()).justification
                ),
            }
            for one in criteria
            if one.key in missing
        ],
    }
    return render(request, "grants/reviews/others.html", context)


@gate(reads_for_review)
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: HttpRequest, assignment: str) -> HttpResponse:
    """Show the discussion to those whose review is final; say something; score again."""
    row = review_for(request, assignment)
    found = discussion_of(row.proposal_id)
    if found is None or row.state not in FINAL:
        messages.info(request, "There is no discussion that you can read yet.")
        return redirect("grants:review_result", assignment)
    form = _rescore_form(request, row)
    if request.method == "POST" and _scored_again(request, row, form):
        return redirect("grants:review_talk", assignment)
    saved = Review.objects.get(assignment=row)
    first, after = marks_of(saved)
    reviews = [OtherReview("You", saved, first, after), *other_reviews(row)]
    refusal = rescore_refusal(AssignmentState(row.state), is_discussed=found.is_open)
    context = review_page(request, row) | {
        "discussion": found,
        "posts": posts_of(found),
        "reviews": reviews,
        "rows": compared(criteria_of(row.proposal.competition), reviews),
        "form": form,
        "criteria": form.parts(),
        "refusal": refusal,
    }
    return render(request, "grants/reviews/talk.html", context)


@gate(writes_review)
@require_POST
def say(request: HttpRequest, assignment: str) -> HttpResponse:
    """Say something in the discussion."""
    row = review_for(request, assignment)
    if row.state not in FINAL:
        return redirect("grants:review_result", assignment)
    try:
        write_post(
            actor=actor_of(request),
            at=arrival_of(request),
            proposal=row.proposal,
            seat=row.seat,
            text=request.POST.get("text", ""),
            key=key_of(request),
        )
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
    return redirect("grants:review_talk", assignment)


def _made_final(request: HttpRequest, row: Assignment) -> bool:
    criteria = criteria_of(row.proposal.competition)
    reasons = {one.key: request.POST.get(f"why_{one.key}", "") for one in criteria}
    try:
        finalise_review(
            actor=actor_of(request),
            at=arrival_of(request),
            assignment=row,
            justifications={key: text for key, text in reasons.items() if text.strip()},
            key=key_of(request),
        )
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
        return False
    messages.success(request, "Your review is final. Thank you.")
    return True


def _rescore_form(request: HttpRequest, row: Assignment) -> RescoreForm:
    competition = row.proposal.competition
    first, after = marks_of(Review.objects.get(assignment=row))
    initial: dict[str, Any] = marks_initial({**first, **after})
    criteria = list(competition.criteria.prefetch_related("anchors"))
    return RescoreForm(criteria, scale_of(competition), bound(request), initial=initial)


def _scored_again(request: HttpRequest, row: Assignment, form: RescoreForm) -> bool:
    if not form.is_valid():
        return False
    try:
        rescore(
            actor=actor_of(request),
            at=arrival_of(request),
            assignment=row,
            marks=form.marks(),
            key=key_of(request),
        )
    except Refused as refused:
        form.add_error(None, refused.refusal.sentence)
        return False
    messages.success(request, "Your new scores are kept beside the first ones.")
    return True
