"""The one way in which a contribution moves: key, locks, lifecycle, note, trail, letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse

from certification.actions.write_to_seats import write_to_seats
from certification.rules.letters import LetterText
from grants.models import Award, Contribution, ContributionNote, MatchEntry
from grants.rules.award_states import AwardState
from grants.rules.match.accounts import MatchStep
from grants.rules.match.states import CONTRIBUTION, NoteKind, RejectionReason
from kit.refusals import refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor
from trail.models import IdempotencyKey
from trail.rules.chain import canonical

READ_WITH = ("award__case", "award__agency", "award__group", "pledge", "source", "recorded_by")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks to be done.

    Attributes:
        verb: Of the lifecycle; what the trail says, too.
        key: Of the form: the same again does nothing.
        body: What it said.
        is_still: Whether the contribution stays where it is.
    """

    verb: str
    key: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)
    is_still: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """An act under way on a locked contribution; ``is_repeat`` when it was done before."""

    actor: Actor
    at: datetime
    asked: Asked
    contribution: Contribution
    claim: IdempotencyKey | None
    is_repeat: bool

    @property
    def award(self) -> Award:
        """The award, locked as well."""
        return self.contribution.award


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody writes with an act."""

    kind: NoteKind
    words: str
    reason: RejectionReason | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What an act leaves behind."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    note: Note | None = None
    letter: LetterText | None = None
    personal: Mapping[str, str] = field(default_factory=dict)


def lock_award(pk: int) -> Award:
    """The award, locked until the transaction ends.

    Raises:
        Refused: ``award_not_active``.
    """
    rows = Award.objects.select_for_update(of=("self",)).select_related("case", "agency", "group")
    award = rows.get(pk=pk)
    if award.status is not AwardState.ACCEPTED:
        raise refuse(
            "award_not_active", "Matching funds are recorded once the award has been accepted."
        )
    return award


def lock_contribution(pk: int) -> Contribution:
    """The award first, then the contribution: the order of every act."""
    award = lock_award(Contribution.objects.values_list("award_id", flat=True).get(pk=pk))
    rows = Contribution.objects.select_for_update(of=("self",)).select_related(*READ_WITH)
    row = rows.get(pk=pk)
    row.award = row.pledge.award = award
    return row


def begin_act(*, actor: Actor, at: datetime, contribution: Contribution, asked: Asked) -> Act:
    """Claim the key, lock award and contribution, ask the lifecycle. Inside a transaction.

    Raises:
        Refused: ``key_reused``, ``award_not_active``, ``illegal_transition``.
    """
    claim = None
    if asked.key:
        body = canonical({"contribution": contribution.pk, **asked.body})
        claim = claim_key(actor=actor, at=at, key=asked.key, verb=asked.verb, body=body)
    row = lock_contribution(contribution.pk)
    if claim is not None and claim.result_reference:
        return Act(actor, at, asked, row, claim, is_repeat=True)
    if not asked.is_still:
        CONTRIBUTION.move(row.status, asked.verb)
    return Act(actor, at, asked, row, claim, is_repeat=False)


def finish_act(act: Act, step: Step) -> Contribution:
    """Move the contribution, keep the note, write the trail and the letter to the group."""
    row, verb = act.contribution, act.asked.verb
    if not act.asked.is_still:
        row.state = CONTRIBUTION.move(row.status, verb)
        row.save(update_fields=["state"])
    if step.note is not None:
        write_note(act, step.note)
    facts = {"contribution": row.reference, "amount": str(row.amount), **step.facts}
    entry = record_entry(
        case=act.award.case,
        actor=act.actor,
        at=act.at,
        verb=f"{verb}_contribution",
        facts=facts,
        personal=step.personal,
    )
    if step.letter is not None:
        write_to_seats(
            at=act.at,
            group=act.award.group,
            agency=act.award.agency,
            case=act.award.case,
            letter=step.letter.to("Open the contribution", _address(row)),
            key=f"{act.award.reference}:{entry.sequence}",
        )
    if act.claim is not None:
        settle_key(act.claim, row.reference)
    return row


def _address(row: Contribution) -> str:
    return reverse("grants:match_contribution", args=[row.award.reference, row.reference])


def write_note(act: Act, note: Note) -> None:
    """Keep what somebody wrote."""
    words = note.words.strip()
    if not words:
        raise refuse("no_words", "Write a sentence or two, so that others understand.")
    ContributionNote.objects.create(
        contribution=act.contribution,
        kind=note.kind,
        reason=note.reason or "",
        words=words,
        by=str(act.actor),
        at=act.at,
    )


def forward_entries(contribution: Contribution, step: MatchStep) -> list[MatchEntry]:
    """The entries of a step that are not reversals, with what a reversal reads."""
    rows = MatchEntry.objects.filter(contribution=contribution, step=step, reverses=None)
    return list(rows.select_related("pledge", "contribution"))
