"""Eligibility of a proposal: one officer finds, a second one checks; the rule is cited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.rules.roles import checker_is_not_maker
from grants.actions.move_competition import refuse_if, require
from grants.actions.move_proposal import Act, Asked, Step, begin_act, finish_act
from grants.models import Proposal, ScreeningFinding
from grants.queries.group_ties import own_group
from grants.rules.screening import (
    RULE_CITATIONS,
    RULE_WORDS,
    Eligibility,
    ScreeningRule,
    reconsideration_until,
)
from grants.rules.screening_letters import found_eligible, found_ineligible
from grants.rules.states import CompetitionState
from kit.refusals import refuse
from trail.actors import Actor

CHECKED = {
    Eligibility.ELIGIBLE: "find_eligible",
    Eligibility.INELIGIBLE: "find_ineligible",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What an officer finds."""

    outcome: Eligibility
    rule: ScreeningRule | None = None
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """What a second officer says of a colleague's finding."""

    is_agreed: bool
    note: str = ""


@transaction.atomic
def write_screening(
    *, actor: Actor, at: datetime, proposal: Proposal, finding: Finding, key: str = ""
) -> None:
    """Write what was found; the applicant hears nothing before a second officer agrees.

    Raises:
        Refused: ``illegal_transition``, ``not_screening``, ``own_group``, ``finding_waits``,
            ``rule_missing``, ``explanation_missing``.
    """
    body = {"outcome": finding.outcome, "rule": finding.rule, "text": finding.explanation}
    asked = Asked("write_screening", key, body, within=CHECKED[finding.outcome])
    act = begin_act(actor=actor, at=at, proposal=proposal, asked=asked)
    if act.is_repeat:
        return
    _check_door(act)
    if act.proposal.screenings.filter(is_agreed=None).exists():
        raise refuse("finding_waits", "A finding already waits for a second officer.")
    text, rule = finding.explanation.strip(), ""
    if finding.outcome is Eligibility.INELIGIBLE:
        if finding.rule is None:
            raise refuse("rule_missing", "Choose the rule that keeps the proposal out.")
        rule = finding.rule.value
        text = require(text, "explanation_missing", "Explain it: the group reads your words.")
    ScreeningFinding.objects.create(
        proposal=act.proposal,
        outcome=finding.outcome,
        rule=rule,
        explanation=text,
        written_by=str(actor),
        written_at=at,
    )
    finish_act(act, Step(facts={"outcome": finding.outcome.value}))


@transaction.atomic
def check_screening(
    *, actor: Actor, at: datetime, proposal: Proposal, check: Check, key: str = ""
) -> None:
    """Agree with a colleague's finding, which moves the proposal, or send it back.

    Side effects: state and a letter to the group when agreed.

    Raises:
        Refused: ``illegal_transition``, ``not_screening``, ``own_group``, ``nothing_to_check``,
            ``maker_is_checker``, ``note_missing``.
    """
    waiting = ScreeningFinding.objects.filter(proposal=proposal, is_agreed=None).first()
    verb = CHECKED[Eligibility(waiting.outcome)] if waiting else "find_eligible"
    asked = (
        Asked(verb, key, {"agreed": True})
        if check.is_agreed
        else Asked("return_screening", key, {"note": check.note}, within=verb)
    )
    act = begin_act(actor=actor, at=at, proposal=proposal, asked=asked)
    if act.is_repeat:
        return
    _check_door(act)
    finding = _checked(act, check)
    if not check.is_agreed:
        finish_act(act, Step(facts={"note": check.note.strip()}))
        return
    _settle(act, finding)


def _check_door(act: Act) -> None:
    if act.proposal.competition.state != CompetitionState.SCREENING:
        raise refuse("not_screening", "Eligibility is settled while the competition is screened.")
    refuse_if(own_group(act.proposal.group_id, act.actor.user_pk))


def _checked(act: Act, check: Check) -> ScreeningFinding:
    rows = ScreeningFinding.objects.select_for_update()
    finding = rows.filter(proposal=act.proposal, is_agreed=None).first()
    if finding is None:
        raise refuse("nothing_to_check", "No finding waits for a second officer.")
    refuse_if(checker_is_not_maker(maker=finding.written_by, checker=str(act.actor)))
    note = check.note.strip()
    if not check.is_agreed:
        note = require(note, "note_missing", "Say why you do not agree.")
    finding.is_agreed, finding.check_note = check.is_agreed, note
    finding.checked_by, finding.checked_at = str(act.actor), act.at
    finding.save(update_fields=["is_agreed", "check_note", "checked_by", "checked_at"])
    return finding


def _settle(act: Act, finding: ScreeningFinding) -> None:
    title, reference = act.proposal.competition.title, act.proposal.case.reference
    if finding.outcome == Eligibility.ELIGIBLE:
        finish_act(
            act, Step(facts={"outcome": "eligible"}, letter=found_eligible(title, reference))
        )
        return
    rule = ScreeningRule(finding.rule)
    letter = found_ineligible(
        title,
        RULE_WORDS[rule],
        RULE_CITATIONS[rule],
        finding.explanation,
        reconsideration_until(act.at),
        reference,
    )
    facts = {"rule": RULE_WORDS[rule], "citation": RULE_CITATIONS[rule]}
    finish_act(act, Step(facts=facts, letter=letter))
