"""An officer accepts a submitted report, or asks for a revision with words and a last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from grants.actions.move_payment import Move, person_key, raise_if
from grants.actions.move_report import begin_report, finish_report, last_minute
from grants.actions.schedule_reports import set_watch
from grants.models import AwardReport, ReportReview
from grants.rules import report_letters
from grants.rules.report_form import reviewer_refusal, revision_refusal, round_refusal
from grants.rules.report_states import ReportOutcome
from trail.actors import Actor

VERBS = {ReportOutcome.ACCEPT: "accept_report", ReportOutcome.REVISE: "revise_report"}


@dataclass(frozen=True, slots=True)
class ReportOpinion:
    """What an officer says of a round.

    Attributes:
        outcome: Accept or ask for a revision.
        words: What was found; the group reads them.
        revise_by: The last day for a revision.
        round: The round that was read.
    """

    outcome: ReportOutcome
    words: str
    revise_by: date | None
    round: int


@transaction.atomic
def review_report(
    *, actor: Actor, at: datetime, report: AwardReport, opinion: ReportOpinion, key: str = ""
) -> AwardReport:
    """Write the review of a round, and to the group.

    Raises:
        Refused: ``illegal_transition``, ``another_round``, ``own_report``, ``words_missing``,
            ``no_day_to_revise``.
    """
    moves = VERBS[opinion.outcome]
    body = {"says": opinion.outcome.value, "words": opinion.words, "round": opinion.round}
    done = begin_report(actor=actor, at=at, report=report, move=Move(moves, moves, key, body))
    row = done.row
    if done.is_repeat:
        return row
    raise_if(round_refusal(read=opinion.round, now=row.round))
    submitters = list(row.rounds.values_list("submitted_by_id", flat=True))
    raise_if(reviewer_refusal(reviewer=person_key(actor), submitters=submitters))
    words, is_revision = opinion.words.strip(), opinion.outcome is ReportOutcome.REVISE
    revise_by = opinion.revise_by if is_revision else None
    name = f"{row.title.lower()} {row.number}"
    letter = report_letters.accepted(name, words)
    if is_revision:
        raise_if(revision_refusal(words, revise_by, done.today))
    if revise_by is not None:
        until = last_minute(done.award, revise_by)
        letter = report_letters.revision_asked(name, words, until)
    ReportReview.objects.create(
        report=row,
        round=row.round,
        outcome=opinion.outcome,
        words=words,
        revise_by=revise_by,
        reviewed_by_id=person_key(actor),
        reviewed_at=at,
    )
    facts = {"round": row.round, "says": opinion.outcome.value}
    finish_report(done, facts, {"revise_by": revise_by}, letter)
    set_watch(done.award, at)
    return row
