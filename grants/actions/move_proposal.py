"""The one way in which a proposal moves: key, locks, lifecycle, trail, letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.urls import reverse

from certification.actions.write_to_seats import write_to_seats
from certification.rules.letters import LetterText
from grants.models import Proposal
from grants.rules.states import PROPOSAL, ProposalState
from kit.refusals import Refusal, Refused
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor
from trail.models import Entry, IdempotencyKey
from trail.rules.chain import canonical

READ_WITH = (
    "case",
    "competition__agency",
    "competition__case",
    "group__case",
    "designation__case",
    "certified_by",
    "counting",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks to be done: the verb, the key of the form, what it said.

    ``within`` names the verb of the lifecycle whose states allow a step that moves nothing
    itself, such as naming another person.
    """

    verb: str
    key: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)
    within: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """An act under way on a locked proposal; ``is_repeat`` when it was done before."""

    actor: Actor
    at: datetime
    asked: Asked
    proposal: Proposal
    claim: IdempotencyKey | None
    is_repeat: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What an act leaves behind: facts on the trail, changed columns, a letter."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[str, Any] = field(default_factory=dict)
    personal: Mapping[str, str] = field(default_factory=dict)
    letter: LetterText | None = None


def lock_proposal(proposal: Proposal) -> Proposal:
    """The row, locked until the transaction ends, with everything that an act reads.

    Its competition is held as well, for share: it cannot be amended or closed in between, and
    proposals do not wait for one another.
    """
    hold_competition(proposal.competition_id)
    rows = Proposal.objects.select_for_update(of=("self",)).select_related(*READ_WITH)
    return rows.get(pk=proposal.pk)


def hold_competition(pk: int) -> None:
    """Let nobody change the competition until the transaction ends; others may hold it too."""
    with connection.cursor() as cursor:
        # Django has no word for it.
        cursor.execute("SELECT 1 FROM grants_competition WHERE id = %s FOR SHARE", [pk])


def begin_act(*, actor: Actor, at: datetime, proposal: Proposal, asked: Asked) -> Act:
    """Claim the key, lock the proposal, ask the lifecycle. Must run inside a transaction.

    Raises:
        Refused: ``key_reused``, ``illegal_transition``.
    """
    claim = None
    if asked.key:
        body = canonical({"case": proposal.pk, **asked.body})
        claim = claim_key(actor=actor, at=at, key=asked.key, verb=asked.verb, body=body)
    row = lock_proposal(proposal)
    if claim is not None and claim.result_reference:
        return Act(actor, at, asked, row, claim, is_repeat=True)
    PROPOSAL.move(ProposalState(row.state), asked.within or asked.verb)
    return Act(actor, at, asked, row, claim, is_repeat=False)


def finish_act(act: Act, step: Step) -> Entry:
    """Move the proposal if the verb moves it, write the trail and the letter to the group."""
    proposal, verb = act.proposal, act.asked.verb
    if not act.asked.within:
        state = PROPOSAL.move(ProposalState(proposal.state), verb)
        change(proposal, {"state": state, **step.changes})
    entry = record_entry(
        case=proposal.case,
        actor=act.actor,
        at=act.at,
        verb=verb,
        facts=step.facts,
        personal=step.personal,
    )
    if step.letter is not None:
        write_to_applicants(
            at=act.at, proposal=proposal, letter=step.letter, key=f"{entry.sequence}"
        )
    if act.claim is not None:
        settle_key(act.claim, proposal.case.reference)
    return entry


def change(proposal: Proposal, changes: Mapping[str, Any]) -> None:
    """Write changed columns of the locked row."""
    for name, value in changes.items():
        setattr(proposal, name, value)
    proposal.save(update_fields=list(changes))


def write_to_applicants(*, at: datetime, proposal: Proposal, letter: LetterText, key: str) -> None:
    """Write to everybody with a seat in the group; ``key`` is unique within the proposal."""
    if not letter.link_path:
        address = reverse("grants:proposal", args=[proposal.case.reference])
        letter = letter.to("Open your proposal", address)
    write_to_seats(
        at=at,
        group=proposal.group,
        agency=proposal.competition.agency,
        case=proposal.case,
        letter=letter,
        key=f"{proposal.case.reference}:{key}",
    )


def raise_first(refusals: tuple[Refusal, ...]) -> None:
    """Stop at the first reason against an act.

    Raises:
        Refused: there is one.
    """
    if refusals:
        raise Refused(refusals[0])
