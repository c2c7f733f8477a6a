"""A group asks to look again at "not eligible"; somebody who took no part answers."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from grants.actions.move_competition import refuse_if, require
from grants.actions.move_proposal import Asked, Step, begin_act, finish_act
from grants.models import Proposal, Reconsideration, ScreeningFinding
from grants.queries.group_ties import own_group
from grants.rules.screening import answered_by_another, may_ask_again
from grants.rules.screening_letters import reconsidered
from kit.refusals import refuse
from trail.actors import Actor


@transaction.atomic
def ask_reconsideration(
    *, actor: Actor, at: datetime, proposal: Proposal, reason: str, key: str = ""
) -> None:
    """Ask once, within ten days of the finding.

    Raises:
        Refused: ``illegal_transition``, ``reason_missing``, ``too_late``, ``asked_already``.
    """
    asked = Asked("ask_reconsideration", key, {"reason": reason}, within="reconsider")
    act = begin_act(actor=actor, at=at, proposal=proposal, asked=asked)
    if act.is_repeat:
        return
    words = require(reason, "reason_missing", "Say what you think is wrong.")
    finding = _finding(act.proposal)
    if finding.checked_at is not None:
        refuse_if(may_ask_again(finding.checked_at, at))
    if act.proposal.reconsiderations.exists():
        raise refuse("asked_already", "You have asked us to look again already.")
    Reconsideration.objects.create(
        proposal=act.proposal, reason=words, asked_by=str(actor), asked_at=at
    )
    finish_act(act, Step())


@transaction.atomic
def answer_reconsideration(
    *,
    actor: Actor,
    at: datetime,
    proposal: Proposal,
    is_granted: bool,
    rationale: str,
    key: str = "",
) -> None:
    """Answer a request: eligible after all, or the finding stands.

    Side effects: state when granted, a letter to the group.

    Raises:
        Refused: ``illegal_transition``, ``nothing_asked``, ``took_part``, ``own_group``,
            ``rationale_missing``.
    """
    body = {"granted": is_granted, "rationale": rationale}
    asked = (
        Asked("reconsider", key, body)
        if is_granted
        else Asked("uphold_ineligible", key, body, within="reconsider")
    )
    act = begin_act(actor=actor, at=at, proposal=proposal, asked=asked)
    if act.is_repeat:
        return
    refuse_if(own_group(act.proposal.group_id, actor.user_pk))
    rows = Reconsideration.objects.select_for_update()
    request = rows.filter(proposal=act.proposal, is_granted=None).first()
    if request is None:
        raise refuse("nothing_asked", "No request waits for an answer.")
    finding = _finding(act.proposal)
    refuse_if(answered_by_another([finding.written_by, finding.checked_by], str(actor)))
    words = require(rationale, "rationale_missing", "Give your reasons: the group reads them.")
    request.is_granted, request.rationale = is_granted, words
    request.answered_by, request.answered_at = str(actor), at
    request.save(update_fields=["is_granted", "rationale", "answered_by", "answered_at"])
    title, reference = act.proposal.competition.title, act.proposal.case.reference
    letter = reconsidered(title, words, reference, is_granted=is_granted)
    finish_act(act, Step(facts={"granted": is_granted}, letter=letter))


def _finding(proposal: Proposal) -> ScreeningFinding:
    """The finding that keeps the proposal out; one that is out has one."""
    return proposal.screenings.filter(is_agreed=True).latest("checked_at")
