"""An authorized representative signs and submits a report: one act for both kinds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from certification.queries.applications import person_in
from certification.rules.groups import SeatRole
from grants.actions.lock_statement import lock_statement
from grants.actions.move_payment import Move, person_key
from grants.actions.move_report import ReportAct, begin_report, finish_report
from grants.models import AwardReport, ReportRound
from grants.queries.report_words import submit_refusals
from grants.rules.report_form import STATEMENT
from grants.rules.report_schedule import days_late
from grants.rules.report_states import ReportKind
from kit.refusals import Refused, refuse
from trail.actors import Actor


@dataclass(frozen=True, slots=True)
class Signature:
    """Under which title somebody signs, and what they have read.

    Attributes:
        title: Of the signer.
        version: Of the report.
        figures: The figures of a financial report, by `figures_digest`.
    """

    title: str
    version: int
    figures: str = ""


@transaction.atomic
def submit_report(
    *, actor: Actor, at: datetime, report: AwardReport, signed: Signature, key: str = ""
) -> AwardReport:
    """Submit a round; what was submitted stays for good, also when another round follows.

    A late report is taken: its page says by how many days it was late. The figures of a financial
    report are locked in the same transaction.

    Raises:
        Refused: ``illegal_transition``, ``not_representative``, ``words_changed``,
            ``title_missing``, what is missing in it, and what the lock of its figures refuses.
    """
    body = {"title": signed.title, "version": signed.version}
    move = Move("submit_report", "submit_report", key, body)
    done = begin_report(actor=actor, at=at, report=report, move=move)
    if done.is_repeat:
        return done.row
    _check(done, signed)
    row = done.row
    late = days_late(row.awaited_on, done.today)
    changes = {
        "round": row.round + 1,
        "submitted_by_id": person_key(actor),
        "submitted_at": at,
        "signed_title": signed.title.strip(),
        "statement": STATEMENT[row.kind],
    }
    due_on = row.awaited_on
    facts = {"round": row.round + 1, "days_late": late, "statement": STATEMENT[row.kind]}
    finish_report(done, facts, {**changes, "revise_by": None})
    ReportRound.objects.create(
        report=row, answers=row.answers, remarks=row.remarks, due_on=due_on, **changes
    )
    if row.subject is ReportKind.FINANCIAL:
        lock_statement(actor=actor, at=at, report=row, seen=signed.figures)
    return row


def _check(done: ReportAct, signed: Signature) -> None:
    if person_in(done.award.group, done.actor).seat is not SeatRole.AUTHORIZED_REPRESENTATIVE:
        raise refuse(
            "not_representative",
            "Only an authorized representative of the group submits a report.",
        )
    if signed.version != done.row.version:
        raise refuse(
            "words_changed",
            "Somebody of your group changed the report after you opened this page. Read it again, "
            "then sign.",
        )
    for refusal in submit_refusals(done.row).values():
        raise Refused(refusal)
    if not signed.title.strip():
        raise refuse("title_missing", "Give your title, such as Executive Director.")
