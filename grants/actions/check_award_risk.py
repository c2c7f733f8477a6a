"""The review of risk: what was looked up where and on which day, and the conditions it asks for."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from grants.actions.move_award import Asked, Step, begin_act, finish_act
from grants.actions.move_competition import require
from grants.models import Award, RiskFinding, SpecificCondition
from grants.queries.award_words import findings_of
from grants.rules.award_signing import CHECK_WORDS, Finding, RiskCheck
from grants.rules.award_states import AwardState
from kit.refusals import refuse
from trail.actors import Actor

CHECKING = frozenset({AwardState.RISK_REVIEW})
# Nothing is signed in these states, so that a condition changes nobody's signed words.
OPEN_TO_CONDITIONS = frozenset({AwardState.DRAFTED, AwardState.RISK_REVIEW})
REMOVABLE = OPEN_TO_CONDITIONS | {AwardState.ACCEPTED}


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found, where somebody looked and when."""

    check: RiskCheck
    outcome: Finding
    source: str
    looked_on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class ConditionWords:
    """The five elements of a condition's notice (2 CFR 200.208(d)); whether it holds payments."""

    nature: str
    reason: str
    action: str
    time_allowed: str
    reconsideration: str
    holds_payments: bool = False


@transaction.atomic
def check_award_risk(
    *, actor: Actor, at: datetime, award: Award, found: Found, key: str = ""
) -> None:
    """Write what one check found; it is never changed in this version.

    Raises:
        Refused: ``not_at_this_stage``, ``checked_already``, ``source_missing``,
            ``note_missing``, ``day_to_come``.
    """
    said = {name: str(value) for name, value in asdict(found).items()}
    asked = Asked("check_award_risk", key, said, within=CHECKING)
    act = begin_act(actor=actor, at=at, award=award, asked=asked)
    if act.is_repeat:
        return
    if found.check in findings_of(act.award):
        raise refuse(
            "checked_already", "This check is done. A change of the award asks for it anew."
        )
    if found.looked_on > at.date():
        raise refuse("day_to_come", "The day on which you looked is not in the future.")
    needs_note = found.outcome in {Finding.CONCERN, Finding.BARRED}
    if needs_note:
        require(found.note, "note_missing", "Write what you found.")
    RiskFinding.objects.create(
        award=act.award,
        version=act.award.version,
        check_name=found.check,
        outcome=found.outcome,
        source=require(found.source, "source_missing", "Write where you looked."),
        looked_on=found.looked_on,
        note=found.note.strip(),
        found_by=str(actor),
        found_at=at,
    )
    words = f"{CHECK_WORDS[found.check].title}: {RiskFinding.Outcome(found.outcome).label}"
    finish_act(act, Step(facts={"note": words}))


@transaction.atomic
def add_condition(
    *, actor: Actor, at: datetime, award: Award, words: ConditionWords, key: str = ""
) -> None:
    """Add a specific condition, before anybody signs.

    Raises:
        Refused: ``not_at_this_stage``, ``element_missing``.
    """
    asked = Asked("add_condition", key, asdict(words), within=OPEN_TO_CONDITIONS)
    act = begin_act(actor=actor, at=at, award=award, asked=asked)
    if act.is_repeat:
        return
    said = asdict(words)
    sentence = (
        "A condition says what it is, why, what removes it, by when, and how to ask for another "
        "look."
    )
    elements = {
        name: require(value, "element_missing", sentence)
        for name, value in said.items()
        if isinstance(value, str)
    }
    SpecificCondition.objects.create(
        award=act.award,
        **elements,
        holds_payments=words.holds_payments,
        written_by=str(actor),
        written_at=at,
    )
    finish_act(act, Step(facts={"note": elements["nature"][:200]}))


@transaction.atomic
def remove_condition(
    *, actor: Actor, at: datetime, award: Award, condition: int, reason: str, key: str = ""
) -> None:
    """Remove a condition with a reason: before anybody signs, or once the award is accepted.

    Raises:
        Refused: ``not_at_this_stage``, ``removed_already``, ``reason_missing``.
    """
    body = {"condition": condition, "reason": reason}
    asked = Asked("remove_condition", key, body, within=REMOVABLE)
    act = begin_act(actor=actor, at=at, award=award, asked=asked)
    if act.is_repeat:
        return
    row = act.award.conditions.filter(pk=condition, removed_at=None).first()
    if row is None:
        raise refuse("removed_already", "This condition is removed.")
    row.removal_reason = require(reason, "reason_missing", "Write why the condition is removed.")
    row.removed_by, row.removed_at = str(actor), at
    row.save(update_fields=["removal_reason", "removed_by", "removed_at"])
    finish_act(act, Step(facts={"note": row.nature[:200], "reason": row.removal_reason}))
