"""Scores written offline go into the drafts, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from grants.actions.save_review import TEXTS, Drafted, save_review
from grants.models import Assignment, Review
from grants.rules.reviewing import Mark
from trail.actions.claim_key import claim_key, settle_key
from trail.actors import Actor


@transaction.atomic
def upload_scores(
    *,
    actor: Actor,
    at: datetime,
    marks: Mapping[Assignment, Mapping[int, Mark]],
    key: str,
) -> int:
    """Write the marks into the drafts; what the file does not name stays as it was.

    Nothing is submitted by that: the reviewer looks at each review and submits it.

    Returns:
        How many reviews were written.

    Raises:
        Refused: one of the reviews cannot be written now; then nothing is.
    """
    body = "".join(
        f"{row.pk}:{pk}:{one.value}:{one.justification};"
        for row, given in marks.items()
        for pk, one in given.items()
    )
    claim = claim_key(actor=actor, at=at, key=key, verb="upload_scores", body=body)
    if claim.result_reference:
        return int(claim.result_reference)
    for row, given in marks.items():
        save_review(actor=actor, at=at, assignment=row, drafted=_merged(row, given))
    settle_key(claim, str(len(marks)))
    return len(marks)


def _merged(row: Assignment, given: Mapping[int, Mark]) -> Drafted:
    saved = Review.objects.select_for_update().filter(assignment=row).first() or Review()
    draft = {**saved.draft}
    for criterion, mark in given.items():
        draft[str(criterion)] = {"value": mark.value, "justification": mark.justification}
    texts = {name: getattr(saved, name) for name in TEXTS}
    return Drafted(draft, texts, saved.has_capacity, saved.version)
