"""The grants officer offers an obligated award; the group has thirty days to answer, or more."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.db import transaction

from grants.actions.move_award import (
    Asked,
    Step,
    begin_act,
    finish_act,
    lock_award,
    write_to_recipient,
)
from grants.actions.move_competition import require
from grants.models import Award
from grants.rules import award_letters
from grants.rules.award_states import AwardState
from grants.rules.shares import share_words
from kit.periods import end_of_day
from kit.refusals import refuse
from records.actions.set_deadline import set_deadline
from trail.actors import Actor
from trail.models import Case

DAYS_TO_ANSWER = 30
MOST_DAYS = 90
REMINDER_DAYS = 7
REMINDER = "remind_recipient"
OFFERED = frozenset({AwardState.OFFERED})
MINUTE = timedelta(minutes=1)


@transaction.atomic
def offer_award(*, actor: Actor, at: datetime, award: Award, key: str = "") -> None:
    """Offer the award for thirty days.

    Side effects: letter to everybody with a seat in the group; a reminder before the last day.

    Raises:
        Refused: ``illegal_transition``.
    """
    act = begin_act(actor=actor, at=at, award=award, asked=Asked("offer", key))
    if act.is_repeat:
        return
    row = act.award
    last = local_day(row, at) + timedelta(days=DAYS_TO_ANSWER)
    row.answer_by = last
    letter = award_letters.offered(row.title, row.number, _facts(row), _until(row))
    changes = {"offered_at": at, "answer_by": last}
    finish_act(act, Step(facts={"answer_by": last.isoformat()}, changes=changes, letter=letter))
    _watch(row)


@transaction.atomic
def extend_offer(
    *, actor: Actor, at: datetime, award: Award, answer_by: date, reason: str, key: str = ""
) -> None:
    """Give the group more time, also after the last day has passed.

    Raises:
        Refused: ``not_at_this_stage``, ``not_later``, ``too_far``, ``reason_missing``.
    """
    body = {"answer_by": answer_by.isoformat(), "reason": reason}
    asked = Asked("extend_offer", key, body, within=OFFERED)
    act = begin_act(actor=actor, at=at, award=award, asked=asked)
    if act.is_repeat:
        return
    row, today = act.award, local_day(act.award, at)
    why = require(reason, "reason_missing", "Write why the group gets more time.")
    if row.answer_by is not None and answer_by <= max(row.answer_by, today):
        raise refuse("not_later", "Choose a day after today and after the last day to answer.")
    if answer_by > today + timedelta(days=MOST_DAYS):
        raise refuse("too_far", f"Choose a day within {MOST_DAYS} days.")
    row.answer_by = answer_by
    letter = award_letters.extended(row.number, why, _until(row))
    facts = {"note": why, "answer_by": answer_by.isoformat()}
    finish_act(act, Step(facts=facts, changes={"answer_by": answer_by}, letter=letter))
    _watch(row)


@transaction.atomic
def remind_recipient(case: Case, at: datetime) -> None:
    """Write to the group while nobody has answered; called by the sweep of deadlines."""
    award = lock_award(Award.objects.get(case=case))
    if award.status is not AwardState.OFFERED or award.answer_by is None:
        return
    letter = award_letters.reminded(award.title, award.number, _until(award))
    key = f"remind:{award.answer_by.isoformat()}"
    write_to_recipient(at=at, award=award, letter=letter, key=key)


def local_day(award: Award, at: datetime) -> date:
    """The day in the agency's zone."""
    return at.astimezone(ZoneInfo(award.agency.time_zone)).date()


def _watch(award: Award) -> None:
    due = end_of_day(_last(award) - timedelta(days=REMINDER_DAYS), award.agency.time_zone)
    set_deadline(case=award.case, kind=REMINDER, due_at=due)


def is_past_last_day(award: Award, at: datetime) -> bool:
    """Whether the last day to answer is over in the agency's zone."""
    return award.answer_by is not None and local_day(award, at) > award.answer_by


def last_minute_to_answer(award: Award) -> datetime | None:
    """The last minute of the last day, in the agency's zone; None before the offer."""
    return _until(award) if award.answer_by is not None else None


def _until(award: Award) -> datetime:
    """The last minute of the last day: letters name a minute that still counts."""
    return end_of_day(_last(award), award.agency.time_zone) - MINUTE


def _last(award: Award) -> date:
    if award.answer_by is None:  # an offered award has one; the database holds it
        raise refuse("not_offered", "This award is not offered.")
    return award.answer_by


def _facts(award: Award) -> tuple[tuple[str, str], ...]:
    share = Fraction(award.federal_share_numerator, award.federal_share_denominator)
    conditions = award.conditions.filter(removed_at=None).count()
    return (
        (
            f"Federal funds: ${award.federal_amount:,.2f}",
            f"At most {share_words(share)} of the cost",
        ),
        (f"Period: {award.starts_on:%B %-d, %Y} to {award.ends_on:%B %-d, %Y}", ""),
        (f"Matching funds: {award.get_match_pace_display().lower()}", ""),
        (f"Specific conditions: {conditions or 'none'}", ""),
    )
