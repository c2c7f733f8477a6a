"""An application that cannot be judged: one officer writes why, a second one agrees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from accounts.rules.roles import checker_is_not_maker
from certification.actions.move_application import (
    Act,
    Asked,
    Step,
    begin_act,
    check_staff,
    finish_act,
    person_of,
    require,
)
from certification.models import Application, Decision, IneligibilityFinding
from certification.queries.clocks import day_of, rulebook_of
from certification.rules.letters import found_ineligible
from certification.rules.reasons import (
    INELIGIBLE_REASON_WORDS,
    INELIGIBLE_RULES,
    IneligibleReason,
)
from kit.periods import end_of_day
from kit.refusals import Refused, refuse
from trail.actors import Actor


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a second officer says of a colleague's finding."""

    is_agreed: bool
    note: str = ""


@transaction.atomic
def write_ineligible(
    *,
    actor: Actor,
    at: datetime,
    application: Application,
    reason: IneligibleReason,
    explanation: str,
    key: str = "",
) -> None:
    """Write why an application cannot be judged; nothing happens before a second officer agrees.

    Raises:
        Refused: ``illegal_transition``, ``own_case``, ``finding_waits``, ``explanation_missing``.
    """
    body = {"reason": reason, "explanation": explanation}
    asked = Asked("prepare_ineligible", key, body, within="find_ineligible")
    act = begin_act(actor=actor, at=at, application=application, asked=asked)
    if act.is_repeat:
        return
    check_staff(act)
    text = require(explanation, "explanation_missing", "Explain it in your own words.")
    if act.application.ineligibility_findings.filter(is_agreed=None).exists():
        raise refuse("finding_waits", "A finding already waits for a second officer.")
    IneligibilityFinding.objects.create(
        application=act.application,
        reason_code=reason,
        explanation=text,
        written_by=str(actor),
        written_at=at,
    )
    finish_act(act, Step(facts={"reason": INELIGIBLE_REASON_WORDS[reason]}))


@transaction.atomic
def find_ineligible(
    *, actor: Actor, at: datetime, application: Application, verdict: Verdict, key: str = ""
) -> None:
    """Agree with a colleague's finding, which ends the case, or send it back.

    Side effects: the check; when agreed also state, a decision that can be appealed, a letter.

    Raises:
        Refused: ``illegal_transition``, ``own_case``, ``nothing_to_check``, ``maker_is_checker``,
            ``note_missing``.
    """
    verb, within = ("find_ineligible", "") if verdict.is_agreed else _SEND_BACK
    asked = Asked(verb, key, {"agreed": verdict.is_agreed, "note": verdict.note}, within)
    act = begin_act(actor=actor, at=at, application=application, asked=asked)
    if act.is_repeat:
        return
    check_staff(act)
    finding = _checked(act, verdict)
    if not verdict.is_agreed:
        finish_act(act, Step(facts={"note": verdict.note.strip()}))
        return
    _end(act, finding)


_SEND_BACK = ("return_ineligible", "find_ineligible")


def _checked(act: Act, verdict: Verdict) -> IneligibilityFinding:
    rows = IneligibilityFinding.objects.select_for_update()
    finding = rows.filter(application=act.application, is_agreed=None).first()
    if finding is None:
        raise refuse("nothing_to_check", "No finding waits for a second officer.")
    refusal = checker_is_not_maker(maker=finding.written_by, checker=str(act.actor))
    if refusal is not None:
        raise Refused(refusal)
    if not verdict.is_agreed:
        require(verdict.note, "note_missing", "Say why you do not agree.")
    finding.is_agreed, finding.check_note = verdict.is_agreed, verdict.note.strip()
    finding.checked_by, finding.checked_at = str(act.actor), act.at
    finding.save(update_fields=["is_agreed", "check_note", "checked_by", "checked_at"])
    return finding


def _end(act: Act, finding: IneligibilityFinding) -> None:
    application = act.application
    reason = IneligibleReason(finding.reason_code)
    today = day_of(application, act.at)
    days = rulebook_of(application, act.at).whole("clock.appeal_days")
    appeal = end_of_day(today + timedelta(days=days), application.agency.time_zone)
    Decision.objects.create(
        application=application,
        outcome=Decision.Outcome.INELIGIBLE,
        reason_code=reason,
        rationale=finding.explanation,
        decided_by_id=person_of(act),
        decided_at=act.at,
        decided_on=today,
        appeal_until=appeal,
    )
    letter = found_ineligible(
        INELIGIBLE_REASON_WORDS[reason],
        INELIGIBLE_RULES[reason],
        finding.explanation,
        appeal - timedelta(minutes=1),
        application.agency.contact_email,
    )
    facts = {"reason": INELIGIBLE_REASON_WORDS[reason], "rule": INELIGIBLE_RULES[reason]}
    finish_act(act, Step(facts=facts, changes={"decided_at": act.at}, letter=letter))
