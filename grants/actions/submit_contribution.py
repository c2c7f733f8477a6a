"""What the recipient does with a contribution: submit it, answer a question, withdraw it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from grants.actions.close_award_links import close_links_of_contribution
from grants.actions.move_contribution import (
    Asked,
    Note,
    Step,
    begin_act,
    finish_act,
    forward_entries,
)
from grants.actions.post_entry import take_back
from grants.models import Contribution
from grants.rules.match.accounts import MatchStep
from grants.rules.match.states import NoteKind
from trail.actors import Actor


@transaction.atomic
def submit_contribution(
    *, actor: Actor, at: datetime, contribution: Contribution, key: str = ""
) -> Contribution:
    """Hand a contribution that its giver confirmed to the agency for verification."""
    asked = Asked("submit", key)
    act = begin_act(actor=actor, at=at, contribution=contribution, asked=asked)
    return act.contribution if act.is_repeat else finish_act(act, Step())


@transaction.atomic
def answer_query(
    *, actor: Actor, at: datetime, contribution: Contribution, words: str, key: str = ""
) -> Contribution:
    """Answer the agency's question.

    Raises:
        Refused: ``no_words``, ``illegal_transition``.
    """
    asked = Asked("answer", key, {"words": words})
    act = begin_act(actor=actor, at=at, contribution=contribution, asked=asked)
    if act.is_repeat:
        return act.contribution
    return finish_act(act, Step(note=Note(NoteKind.ANSWER, words)))


@transaction.atomic
def withdraw_contribution(
    *, actor: Actor, at: datetime, contribution: Contribution, words: str, key: str = ""
) -> Contribution:
    """Take back what was recorded by mistake; the entry is reversed, not deleted.

    Raises:
        Refused: ``no_words``, ``illegal_transition``.
    """
    asked = Asked("withdraw", key, {"words": words})
    act = begin_act(actor=actor, at=at, contribution=contribution, asked=asked)
    if act.is_repeat:
        return act.contribution
    row = act.contribution
    rows = forward_entries(row, MatchStep.CONTRIBUTE)
    take_back(actor=actor, at=at, rows=rows, amount=row.amount, reason=f"Withdrawn: {words}")
    close_links_of_contribution(row, at)
    return finish_act(act, Step(note=Note(NoteKind.WITHDRAWAL, words)))
