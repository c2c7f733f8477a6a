"""The one way in which an award moves: key, lock, lifecycle, trail, letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse

from certification.actions.write_to_seats import write_to_seats
from certification.rules.letters import LetterText
from grants.models import Award
from grants.rules.award_states import AWARD
from kit.refusals import refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor
from trail.models import Entry, IdempotencyKey
from trail.rules.chain import canonical

READ_WITH = (
    "case",
    "agency",
    "group__case",
    "selected__pool__agency",
    "selected__proposal__case",
    "selected__proposal__competition__case",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks to be done: the verb, the key of the form, what it said.

    ``within`` names the states in which a step may be done that moves the award nowhere itself,
    such as recording a contribution; without it the verb is one of the lifecycle.
    """

    verb: str
    key: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)
    within: frozenset[Any] = frozenset()


@dataclass(frozen=True, slots=True)
class Act:
    """An act under way on a locked award; ``is_repeat`` when it was done before."""

    actor: Actor
    at: datetime
    asked: Asked
    award: Award
    claim: IdempotencyKey | None
    is_repeat: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What an act leaves behind: facts on the trail, changed columns, a letter to the group."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[str, Any] = field(default_factory=dict)
    personal: Mapping[str, str] = field(default_factory=dict)
    letter: LetterText | None = None


def lock_award(award: Award) -> Award:
    """The row, locked until the transaction ends, with everything that an act reads."""
    rows = Award.objects.select_for_update(of=("self",)).select_related(*READ_WITH)
    return rows.get(pk=award.pk)


def begin_act(*, actor: Actor, at: datetime, award: Award, asked: Asked) -> Act:
    """Claim the key, lock the award, ask the lifecycle. Runs inside a transaction.

    Raises:
        Refused: ``key_reused``, ``illegal_transition``, ``not_at_this_stage``.
    """
    claim = None
    if asked.key:
        body = canonical({"award": award.pk, **asked.body})
        claim = claim_key(actor=actor, at=at, key=asked.key, verb=asked.verb, body=body)
    row = lock_award(award)
    if claim is not None and claim.result_reference:
        return Act(actor, at, asked, row, claim, is_repeat=True)
    if not asked.within:
        AWARD.move(row.status, asked.verb)
    elif row.status not in asked.within:
        words = AWARD.labels[row.status].lower()
        raise refuse("not_at_this_stage", f"This award is “{words}”: that is not possible now.")
    return Act(actor, at, asked, row, claim, is_repeat=False)


def finish_act(act: Act, step: Step, result: str = "") -> Entry:
    """Move the award if the verb moves it; write the trail and the letter to the group.

    Args:
        act: What `begin_act` returned.
        step: What it leaves behind.
        result: What a repeated click finds; the award's reference unless given.
    """
    award, verb = act.award, act.asked.verb
    changes = dict(step.changes)
    if not act.asked.within:
        changes["state"] = AWARD.move(award.status, verb)
    for name, value in changes.items():
        setattr(award, name, value)
    if changes:
        award.save(update_fields=list(changes))
    entry = record_entry(
        case=award.case,
        actor=act.actor,
        at=act.at,
        verb=verb,
        facts=step.facts,
        personal=step.personal,
    )
    if step.letter is not None:
        write_to_recipient(at=act.at, award=award, letter=step.letter, key=f"{entry.sequence}")
    if act.claim is not None:
        settle_key(act.claim, result or award.case.reference)
    return entry


def write_to_recipient(*, at: datetime, award: Award, letter: LetterText, key: str) -> None:
    """Write to everybody with a seat in the group; ``key`` is unique within the award."""
    if not letter.link_path:
        letter = letter.to("Open your award", reverse("grants:award", args=[award.reference]))
    write_to_seats(
        at=at,
        group=award.group,
        agency=award.agency,
        case=award.case,
        letter=letter,
        key=f"{award.reference}:{key}",
    )
