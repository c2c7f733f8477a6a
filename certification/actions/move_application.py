"""The one way in which a case moves: key, lock, lifecycle, rule, trail, clocks, letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.rules.roles import decider_is_not_worker
from certification.actions.keep_clocks import keep_clocks
from certification.actions.write_to_group import write_to_group
from certification.models import Application
from certification.queries.workers import seat_holders, workers_of
from certification.rules.decision import own_case
from certification.rules.letters import LetterText
from certification.rules.states import APPLICATION, ApplicationState
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
    itself, such as writing a finding for a colleague to check.
    """

    verb: str
    key: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)
    within: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """An act under way on a locked application; ``is_repeat`` when it was done before."""

    actor: Actor
    at: datetime
    asked: Asked
    application: Application
    claim: IdempotencyKey | None
    is_repeat: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What an act leaves behind: facts on the trail, changed columns, a letter."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[str, Any] = field(default_factory=dict)
    letter: LetterText | None = None


def lock_application(application: Application) -> Application:
    """The row, locked until the transaction ends, with everything that an act reads."""
    rows = Application.objects.select_for_update(of=("self",))
    rows = rows.select_related("case", "group__case", "agency", "rulebook")
    return rows.get(pk=application.pk)


def begin_act(*, actor: Actor, at: datetime, application: Application, asked: Asked) -> Act:
    """Claim the key, lock the case, ask the lifecycle. Must run inside a transaction.

    Raises:
        Refused: ``key_reused``, ``illegal_transition``, ``own_case``.
    """
    claim = None
    if asked.key:
        body = canonical({"case": application.pk, **asked.body})
        claim = claim_key(actor=actor, at=at, key=asked.key, verb=asked.verb, body=body)
    row = lock_application(application)
    if claim is not None and claim.result_reference:
        return Act(actor, at, asked, row, claim, is_repeat=True)
    APPLICATION.move(ApplicationState(row.state), asked.within or asked.verb)
    return Act(actor, at, asked, row, claim, is_repeat=False)


def check_staff(act: Act) -> None:
    """Nobody works on the case of a group in which they hold or held a seat.

    Raises:
        Refused: ``own_case``.
    """
    _raise(own_case(seats=seat_holders(act.application), user_pk=act.actor.user_pk))


def check_decider(act: Act) -> None:
    """Nobody decides an own case, or one on which they worked.

    Raises:
        Refused: ``own_case``, ``worker_is_decider``.
    """
    check_staff(act)
    _raise(decider_is_not_worker(workers=workers_of(act.application), decider=str(act.actor)))


def finish_act(act: Act, step: Step) -> Entry:
    """Move the case if the verb moves it, write the trail, keep the clocks, write the letter."""
    application, verb = act.application, act.asked.verb
    if not act.asked.within:
        state = APPLICATION.move(ApplicationState(application.state), verb)
        _change(application, {"state": state, **step.changes})
    entry = record_entry(
        case=application.case, actor=act.actor, at=act.at, verb=verb, facts=step.facts
    )
    keep_clocks(application, act.at)
    if step.letter is not None:
        key = f"{application.case.reference}:{entry.sequence}"
        write_to_group(at=act.at, application=application, letter=step.letter, key=key)
    if act.claim is not None:
        settle_key(act.claim, application.case.reference)
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


def _change(application: Application, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        setattr(application, name, value)
    application.save(update_fields=list(changes))


def _raise(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise Refused(refusal)
