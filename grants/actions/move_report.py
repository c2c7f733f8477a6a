"""The one way in which a report moves: key, award, report, lifecycle, trail, letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse

from certification.rules.letters import LetterText
from grants.actions.move_award import Act, Asked, Step, begin_act, finish_act
from grants.actions.move_payment import ACTIVE, Move, day_of
from grants.models import Award, AwardReport
from grants.rules.report_states import REPORT
from kit.periods import end_of_day
from trail.actors import Actor

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class ReportAct:
    """An act under way on a locked report of a locked award."""

    act: Act
    row: AwardReport
    move: Move

    @property
    def award(self) -> Award:
        """The locked award."""
        return self.act.award

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self.act.actor

    @property
    def at(self) -> datetime:
        """When the act counts as done."""
        return self.act.at

    @property
    def is_repeat(self) -> bool:
        """Whether it was done before, with the same key."""
        return self.act.is_repeat

    @property
    def today(self) -> date:
        """The day at the agency."""
        return day_of(self.award, self.at)


def lock_report(report: AwardReport) -> AwardReport:
    """The row, locked until the transaction ends; an act that also needs its award has it first."""
    return AwardReport.objects.select_for_update(of=("self",)).get(pk=report.pk)


def begin_report(*, actor: Actor, at: datetime, report: AwardReport, move: Move) -> ReportAct:
    """Claim the key, lock award and report, ask the lifecycle. Runs inside a transaction.

    Raises:
        Refused: ``key_reused``, ``not_at_this_stage``, ``illegal_transition``.
    """
    body = {"report": report.reference, **move.body}
    asked = Asked(move.verb, move.key, body, within=ACTIVE)
    act = begin_act(actor=actor, at=at, award=report.award, asked=asked)
    row = lock_report(report)
    row.award = act.award
    if move.moves and not act.is_repeat:
        REPORT.move(row.status, move.moves)
    return ReportAct(act, row, move)


def finish_report(
    done: ReportAct,
    facts: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
    letter: LetterText | None = None,
) -> AwardReport:
    """Move the report if the verb moves it; write the trail and the letter to the group."""
    changed = dict(changes or {})
    if done.move.moves:
        changed["state"] = REPORT.move(done.row.status, done.move.moves)
    for name, value in changed.items():
        setattr(done.row, name, value)
    if changed:
        done.row.save(update_fields=list(changed))
    if letter is not None:
        route = [done.award.reference, done.row.reference]
        letter = letter.to("Open the report", reverse("grants:report", args=route))
    step = Step(facts={"report": done.row.reference, **(facts or {})}, letter=letter)
    finish_act(done.act, step, result=done.row.reference)
    return done.row


def last_minute(award: Award, day: date) -> datetime:
    """The last minute of a day at the agency: letters and pages name one that still counts."""
    return end_of_day(day, award.agency.time_zone) - MINUTE
