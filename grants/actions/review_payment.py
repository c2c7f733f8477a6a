"""Two officers review a request: one the progress, one the money; the second approves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from certification.rules.letters import LetterText
from grants.actions.move_payment import (
    Move,
    PaymentAct,
    begin_payment,
    finish_payment,
    person_key,
    raise_if,
    refuse_another_round,
)
from grants.models import PaymentRequest, RequestReview
from grants.queries.award_standing import standing_of, terms_of
from grants.rules.funnel import NOTHING
from grants.rules.match.limits import may_draw
from grants.rules.payment_letters import denied, returned
from grants.rules.payment_states import CERTIFIABLE, ReviewKind, ReviewOutcome
from grants.rules.payments import reviewer_refusal
from kit.refusals import refuse
from trail.actors import Actor


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reviewer says.

    Attributes:
        kind: Progress or money.
        outcome: Approve, return or deny.
        words: What was looked at and found; the group reads them.
        approved: What is approved of each line, by category; the money review only.
        round: The round that was read.
    """

    kind: ReviewKind
    outcome: ReviewOutcome
    words: str
    round: int
    approved: Mapping[str, Decimal] = field(default_factory=dict)


@transaction.atomic
def review_payment(
    *, actor: Actor, at: datetime, request: PaymentRequest, opinion: Opinion, key: str = ""
) -> PaymentRequest:
    """Write one of the two reviews; returning or denying needs no second one.

    Raises:
        Refused: ``another_round``, ``own_request``, ``reviewed_already``, ``review_done``,
            ``over_the_line``, ``nothing_approved``, ``over_the_limit``, ``receivable_open``.
    """
    move = Move("review_payment", "approve", key, {"kind": opinion.kind, "says": opinion.outcome})
    done = begin_payment(actor=actor, at=at, request=request, move=move)
    if done.is_repeat:
        return done.row
    refuse_another_round(done, opinion.round)
    _check_reviewer(done, opinion.kind)
    if not opinion.words.strip():
        raise refuse("words_missing", "Say what you looked at and what you found.")
    RequestReview.objects.create(
        request=done.row,
        round=done.row.round,
        kind=opinion.kind,
        outcome=opinion.outcome,
        words=opinion.words.strip(),
        reviewed_by_id=person_key(actor),
        reviewed_at=at,
    )
    if opinion.outcome is ReviewOutcome.APPROVE and opinion.kind is ReviewKind.MONEY:
        _approve_lines(done, opinion.approved)
    return _conclude(done, opinion)


@transaction.atomic
def return_payment(
    *,
    actor: Actor,
    at: datetime,
    request: PaymentRequest,
    round_read: int,
    words: str,
    key: str = "",
) -> PaymentRequest:
    """A certifying officer gives an approved request back, with what is wrong.

    Raises:
        Refused: ``another_round``, ``under_review``, ``words_missing``, ``illegal_transition``.
    """
    move = Move("return_payment", "return_request", key, {"words": words})
    done = begin_payment(actor=actor, at=at, request=request, move=move)
    if done.is_repeat:
        return done.row
    refuse_another_round(done, round_read)
    if done.row.status not in CERTIFIABLE:
        raise refuse("under_review", "The two reviewers have this request. One of them returns it.")
    if not words.strip():
        raise refuse("words_missing", "Say what is wrong and what the group must do.")
    return finish_payment(done, letter=returned(done.row.reference, words.strip()))


def _check_reviewer(done: PaymentAct, kind: ReviewKind) -> None:
    reviews = list(done.row.reviews.filter(round=done.row.round))
    if any(one.kind == kind for one in reviews):
        raise refuse("review_done", "This review is done.")
    raise_if(
        reviewer_refusal(
            reviewer=person_key(done.actor),
            submitted_by=(done.row.submitted_by_id, done.row.started_by_id),
            other_reviewers=[one.reviewed_by_id for one in reviews],
        )
    )


def _approve_lines(done: PaymentAct, approved: Mapping[str, Decimal]) -> None:
    total = NOTHING
    for line in done.row.lines.all():
        amount = approved.get(line.category, line.asked)
        if not NOTHING <= amount <= line.asked:
            raise refuse(
                "over_the_line",
                f"{line}: at most the ${line.asked:,.2f} that was asked for can be approved.",
            )
        line.approved = amount
        line.save(update_fields=["approved"])
        total += amount
    if total == NOTHING:
        raise refuse("nothing_approved", "Nothing is approved on any line: deny the request then.")
    standing = standing_of(done.award, judged=done.row)
    raise_if(may_draw(terms_of(done.award), standing, total, done.today))


def _conclude(done: PaymentAct, opinion: Opinion) -> PaymentRequest:
    facts = {"review": opinion.kind.value, "says": opinion.outcome.value}
    moves, letter = _what_follows(done, opinion)
    move = Move(done.move.verb, moves, done.move.key, done.move.body)
    return finish_payment(PaymentAct(done.act, done.row, move), facts, letter=letter)


def _what_follows(done: PaymentAct, opinion: Opinion) -> tuple[str, LetterText | None]:
    """The verb of the lifecycle that this review brings about, and what we write."""
    if opinion.outcome is ReviewOutcome.RETURN:
        return "return_request", returned(done.row.reference, opinion.words.strip())
    if opinion.outcome is ReviewOutcome.DENY:
        return "deny", denied(done.row.reference, opinion.words.strip())
    reviews = done.row.reviews.filter(round=done.row.round, outcome=ReviewOutcome.APPROVE)
    if reviews.count() < len(ReviewKind):
        return "", None
    lines = list(done.row.lines.all())
    is_whole = all(line.approved == line.asked for line in lines)
    return ("approve" if is_whole else "approve_part"), None
