"""The authorized representative submits: the arrival counts, and the answer comes at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from certification.queries.applications import person_in
from grants.actions.move_proposal import Act, Asked, Step, begin_act, finish_act, raise_first
from grants.models import Proposal, Submission
from grants.queries.late_leaves import leave_of
from grants.queries.proposal_content import content_of, hash_of
from grants.queries.proposal_drafts import draft_of
from grants.rules import proposal_letters
from grants.rules.budget_lines import Column
from grants.rules.proposal_draft import ProposalDraft
from grants.rules.proposal_form import ABOUT
from grants.rules.starting import is_taking, last_minute
from grants.rules.submitting import submit_refusals, validation_errors
from kit.references import new_reference
from kit.refusals import refuse
from trail.actors import Actor


@transaction.atomic
def submit_proposal(*, actor: Actor, at: datetime, proposal: Proposal, key: str) -> Submission:
    """Submit, once: the same key again returns the same receipt.

    ``at`` is the arrival: a request that came before the close counts however long it waited.
    Nothing outside the database is needed; letters go into the outbox. The version is validated
    at once: it counts, or it comes back with what is wrong, and an earlier one goes on counting.

    Side effects: the version word for word with its hash, arrival, the database's own time, the
    close and its zone; state, trail, a letter to each seat.

    Raises:
        Refused: ``illegal_transition``, or the first of
            `grants.rules.submitting.submit_refusals`.
    """
    act = begin_act(actor=actor, at=at, proposal=proposal, asked=Asked("submit", key))
    row = act.proposal
    if act.is_repeat:
        return _made_before(act)
    draft = draft_of(row, at)
    leave = None if is_taking(draft.competition, draft.closes_at, at) else leave_of(row, at)
    may_be_late = leave is not None
    raise_first(submit_refusals(draft, person_in(row.group, actor), at, may_be_late=may_be_late))
    submission = _keep(act, draft, leave.reason if leave else "")
    finish_act(act, Step(facts=_facts(submission)))
    _answer(act, draft, submission)
    return submission


def _keep(act: Act, draft: ProposalDraft, late_reason: str) -> Submission:
    row, competition = act.proposal, act.proposal.competition
    if competition.closes_at is None:
        raise refuse("too_late", "This competition does not take proposals now.")
    content = content_of(row)
    errors = list(validation_errors(draft))
    submission = Submission.objects.create(
        proposal=row,
        number=row.submissions.count() + 1,
        receipt_number=new_reference("RC"),
        content=content,
        content_hash=hash_of(content),
        submitted_by=str(act.actor),
        received_at=act.at,
        closes_at=competition.closes_at,
        time_zone=competition.time_zone,
        errors=errors,
        is_valid=not errors,
        late_reason=late_reason,
    )
    submission.refresh_from_db(fields=["recorded_at"])
    return submission


def _facts(submission: Submission) -> dict[str, Any]:
    return {
        "receipt": submission.receipt_number,
        "content_hash": submission.content_hash,
        "received_at": submission.received_at.isoformat(),
        "recorded_at": submission.recorded_at.isoformat(),
        "closes_at": submission.closes_at.isoformat(),
        "zone": submission.time_zone,
        "late_reason": submission.late_reason,
    }


def _answer(act: Act, draft: ProposalDraft, submission: Submission) -> None:
    """Validate at once. The key was settled with the submission itself."""
    verb = "validate" if submission.is_valid else "reject"
    follow = Act(act.actor, act.at, Asked(verb), act.proposal, None, is_repeat=False)
    facts = {"receipt": submission.receipt_number}
    if not submission.is_valid:
        letter = proposal_letters.returned(
            receipt=submission.receipt_number,
            sentences=tuple(submission.errors),
            until=last_minute(submission.closes_at),
        )
        finish_act(follow, Step(facts=facts, letter=letter))
        return
    letter = proposal_letters.received(
        receipt=submission.receipt_number,
        content_hash=submission.content_hash,
        until=last_minute(submission.closes_at),
        agency=act.proposal.competition.agency.name,
    )
    finish_act(follow, Step(facts=facts, changes=_counting(draft, submission), letter=letter))


def _counting(draft: ProposalDraft, submission: Submission) -> dict[str, Any]:
    about, budget = draft.answers[ABOUT], draft.budget
    return {
        "counting": submission,
        "title": str(about["title"]).strip()[:200],
        "years": int(str(about["years"])),
        "federal_amount": budget.column(Column.FEDERAL),
        "match_amount": budget.column(Column.MATCH),
    }


def _made_before(act: Act) -> Submission:
    """The receipt of the same form sent before, also when this request had arrived first."""
    claimed = act.claim.claimed_at if act.claim else act.at
    return act.proposal.submissions.get(submitted_by=str(act.actor), received_at=claimed)
