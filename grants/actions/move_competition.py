"""The one way in which a competition moves: key, lock, lifecycle, trail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from grants.models import Competition
from grants.rules.states import COMPETITION
from kit.refusals import Refusal, Refused
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor
from trail.models import Entry, IdempotencyKey
from trail.rules.chain import canonical


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks to be done: the verb, the key of the form, what it said.

    ``within`` names the verb of the lifecycle whose states allow a step that moves nothing
    itself, such as a signature while a competition is in clearance.
    """

    verb: str
    key: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)
    within: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """An act under way on a locked competition; ``is_repeat`` when it was done before."""

    actor: Actor
    at: datetime
    asked: Asked
    competition: Competition
    claim: IdempotencyKey | None
    is_repeat: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What an act leaves behind: facts on the trail, changed columns."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[str, Any] = field(default_factory=dict)


def lock_competition(competition: Competition) -> Competition:
    """The row, locked until the transaction ends, with everything that an act reads."""
    rows = Competition.objects.select_for_update(of=("self",)).select_related("case", "agency")
    return rows.get(pk=competition.pk)


def begin_act(*, actor: Actor, at: datetime, competition: Competition, asked: Asked) -> Act:
    """Claim the key, lock the competition, ask the lifecycle. Runs inside a transaction.

    Raises:
        Refused: ``key_reused``, ``illegal_transition``.
    """
    claim = None
    if asked.key:
        body = canonical({"competition": competition.pk, **asked.body})
        claim = claim_key(actor=actor, at=at, key=asked.key, verb=asked.verb, body=body)
    row = lock_competition(competition)
    if claim is not None and claim.result_reference:
        return Act(actor, at, asked, row, claim, is_repeat=True)
    COMPETITION.move(row.status, asked.within or asked.verb)
    return Act(actor, at, asked, row, claim, is_repeat=False)


def finish_act(act: Act, step: Step) -> Entry:
    """Move the competition if the verb moves it, and write the trail."""
    competition, verb = act.competition, act.asked.verb
    changes = dict(step.changes)
    if not act.asked.within:
        changes["state"] = COMPETITION.move(competition.status, verb)
    for name, value in changes.items():
        setattr(competition, name, value)
    if changes:
        competition.save(update_fields=list(changes))
    entry = record_entry(
        case=competition.case, actor=act.actor, at=act.at, verb=verb, facts=step.facts
    )
    if act.claim is not None:
        settle_key(act.claim, competition.case.reference)
    return entry


def person_of(act: Act) -> int:
    """The key of the person who acts; the portal itself never does what asks for a person.

    Raises:
        TypeError: the actor has no account (the door should have asked).
    """
    if act.actor.user_pk is None:
        message = f"{act.asked.verb} needs a person"
        raise TypeError(message)
    return act.actor.user_pk


def require(text: str, code: str, sentence: str) -> str:
    """The text without outer blanks.

    Raises:
        Refused: it is empty.
    """
    if not text.strip():
        raise Refused(Refusal(code, sentence))
    return text.strip()


def refuse_if(refusal: Refusal | None) -> None:
    """Raise what a rule refuses.

    Raises:
        Refused: there is a refusal.
    """
    if refusal is not None:
        raise Refused(refusal)
