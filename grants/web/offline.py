"""Working offline: the rubric and the proposals as files, the scores back as a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actors import actor_of, arrival_of, person_of
from accounts.gates import gate
from grants.actions.log_reading import log_reading
from grants.actions.upload_scores import upload_scores
from grants.forms.score_file import ScoreFileForm
from grants.models import Assignment, Review
from grants.permissions.panels import reviews_somewhere
from grants.queries.own_reviews import own_reviews
from grants.queries.proposal_words import content_of, parts_of
from grants.queries.reviews import criteria_of, draft_marks, scale_of
from grants.rules.panel_states import AssignmentState
from grants.rules.reviewing import Mark
from grants.rules.score_file import COLUMNS, Desk, JudgedRow, judge_rows
from grants.web.competition_pages import key_of
from kit.refusals import Refused
from records.exports import Column, ExportForm, Kind, Table, downloads, export_response

WRITING = (AssignmentState.ACCEPTED, AssignmentState.IN_PROGRESS)
SOURCE = "The portal's competition and what was submitted to it."
SECRET = "Confidential: for you as a reviewer only. Delete it after the competition."  # noqa: S105


@gate(reviews_somewhere)
@require_http_methods(["GET", "HEAD", "POST"])
def offline_packet(request: HttpRequest) -> HttpResponse:
    """Offer the files; take scores back: look at every row first, then write all or nothing."""
    rows = _writing(request)
    form = ScoreFileForm(request.POST or None, request.FILES or None)
    judged: list[JudgedRow] = []
    if request.method == "POST" and form.is_valid():
        judged = judge_rows(form.cleaned_data["rows"], _desks(rows))
        is_good = all(one.mark is not None for one in judged)
        if "confirmed" in request.POST and is_good and _written(request, form, rows, judged):
            return redirect("grants:my_reviews")
    context = {
        "rows": rows,
        "form": form,
        "columns": COLUMNS,
        "trail": [{"label": "Your reviews", "url": reverse("grants:my_reviews")}],
        "judged": judged,
        "bad": [one for one in judged if one.problems],
        "content": form.cleaned_data.get("content", "")
        if form.is_bound and form.is_valid()
        else "",
        "rubric_files": downloads("grants:offline_rubric"),
        "proposal_files": downloads("grants:offline_proposals"),
    }
    return render(request, "grants/reviews/offline.html", context)


@gate(reviews_somewhere)
@require_GET
def offline_rubric(request: HttpRequest, form: ExportForm) -> HttpResponseBase:
    """One line per review and criterion, with the anchors, to fill in."""
    columns = [
        Column("review", "The reference of your review. Leave it as it is."),
        Column("proposal", "The title of the proposal."),
        Column("criterion", "The criterion. Leave it as it is."),
        Column("weight", "Weight of the criterion in percent.", Kind.WHOLE),
        Column("question", "What is asked."),
        Column("anchors", "What earns which score."),
        Column("score", "Your score: a whole number of the scale.", Kind.WHOLE),
        Column("justification", "Why. Needed for the lowest and the highest score."),
    ]
    table = Table(
        "scores", "Scores to fill in", columns, _rubric_rows(_writing(request)), SOURCE, (SECRET,)
    )
    return export_response(table, form)


@gate(reviews_somewhere)
@require_GET
def offline_proposals(request: HttpRequest, form: ExportForm) -> HttpResponseBase:
    """The proposals word for word, one line per answer."""
    rows = _writing(request)
    for row in rows:
        log_reading(at=arrival_of(request), assignment=row, what="packet")
    columns = [
        Column("review", "The reference of your review."),
        Column("proposal", "The title of the proposal."),
        Column("section", "The section of the proposal."),
        Column("question", "What was asked."),
        Column("answer", "What was answered."),
    ]
    table = Table(
        "proposals", "Proposals to review", columns, _proposal_rows(rows), SOURCE, (SECRET,)
    )
    return export_response(table, form)


def _writing(request: HttpRequest) -> list[Assignment]:
    found = own_reviews(person_of(request), arrival_of(request))
    return [one.assignment for one in found if one.assignment.state in WRITING]


def _rubric_rows(rows: list[Assignment]) -> Iterator[list[object]]:
    for row in rows:
        saved = Review.objects.filter(assignment=row).first()
        marks = draft_marks(saved) if saved else {}
        for one in row.proposal.competition.criteria.prefetch_related("anchors"):
            anchors = "\n".join(f"{anchor.score}: {anchor.words}" for anchor in one.anchors.all())
            mark = marks.get(one.pk, Mark())
            yield [
                row.reference,
                row.proposal.title,
                one.name,
                one.weight,
                one.question,
                anchors,
                mark.value,
                mark.justification,
            ]


def _proposal_rows(rows: list[Assignment]) -> Iterator[list[object]]:
    for row in rows:
        for part in parts_of(content_of(row.proposal)):
            for one in part.answers:
                yield [row.reference, row.proposal.title, part.title, one.question, one.answer]


def _desks(rows: list[Assignment]) -> dict[str, Desk]:
    return {
        row.reference: Desk(
            row.proposal.title,
            {one.name.casefold(): one.key for one in criteria_of(row.proposal.competition)},
            scale_of(row.proposal.competition),
        )
        for row in rows
    }


def _written(
    request: HttpRequest, form: forms.Form, rows: list[Assignment], judged: list[JudgedRow]
) -> bool:
    by_reference = {row.reference: row for row in rows}
    marks: dict[Assignment, dict[int, Mark]] = defaultdict(dict)
    for one in judged:
        if one.criterion is not None and one.mark is not None:
            marks[by_reference[one.row.review.upper()]][one.criterion] = one.mark
    try:
        count = upload_scores(
            actor=actor_of(request), at=arrival_of(request), marks=marks, key=key_of(request)
        )
    except Refused as refused:
        form.add_error(None, f"Nothing was written. {refused.refusal.sentence}")
        return False
    messages.success(
        request, f"{count} of your reviews are filled in. Look at each, then submit it."
    )
    return True
