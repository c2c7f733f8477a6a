"""A certifying officer certifies a payment; the money moves to “approved, not paid”."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from grants.actions.move_payment import (
    Move,
    PaymentAct,
    begin_payment,
    finish_payment,
    person_key,
    post_payment,
    raise_if,
    refuse_another_round,
)
from grants.actions.post_fund import Posting
from grants.models import PaymentCertification, PaymentRequest
from grants.queries.award_standing import standing_of, terms_of
from grants.queries.payment_holds import open_hold
from grants.rules.award_states import StepKind
from grants.rules.funnel import NOTHING
from grants.rules.match.accounts import FundStep
from grants.rules.match.limits import may_draw
from grants.rules.payment_letters import certified
from grants.rules.payments import CERTIFICATION, certifier_refusal
from kit.refusals import Refusal, refuse
from trail.actors import Actor


@transaction.atomic
def certify_payment(
    *, actor: Actor, at: datetime, request: PaymentRequest, round_read: int, key: str = ""
) -> PaymentCertification:
    """Certify what two reviewers approved; the limit is asked once more under the award's lock.

    Args:
        actor: The certifying officer.
        at: When.
        request: What is certified.
        round_read: The round that the officer read.
        key: The key of the form.

    Raises:
        Refused: ``another_round``, ``own_request``, ``reviewer_certifies``, ``obligator_pays``,
            ``held``, ``over_the_limit``, ``receivable_open``, ``illegal_transition``.
    """
    move = Move("certify_payment", "certify", key)
    done = begin_payment(actor=actor, at=at, request=request, move=move)
    if done.is_repeat:
        return done.row.certifications.latest("number")
    refuse_another_round(done, round_read)
    raise_if(certify_refusal(done.row, person_key(actor)))
    hold = open_hold(done.row)
    if hold is not None:
        raise refuse(
            "held", f"This payment is held under a condition of the award: {hold.condition.nature}"
        )
    amount = granted(done.row)
    standing = standing_of(done.award, judged=done.row)
    raise_if(may_draw(terms_of(done.award), standing, amount, done.today))
    return _certify(done, amount)


def certify_refusal(row: PaymentRequest, person: int) -> Refusal | None:
    """Why this person cannot certify the request."""
    steps = row.award.steps.filter(kind=StepKind.OBLIGATE, voided_at=None)
    return certifier_refusal(
        certifier=person,
        submitted_by=(row.submitted_by_id, row.started_by_id),
        reviewers=row.reviews.values_list("reviewed_by_id", flat=True),
        obligators=steps.values_list("signed_by_id", flat=True),
    )


def granted(row: PaymentRequest) -> Decimal:
    """What the reviewers approved."""
    return sum((line.approved or NOTHING for line in row.lines.all()), NOTHING)


def _certify(done: PaymentAct, amount: Decimal) -> PaymentCertification:
    number = done.row.certifications.count() + 1
    reason = f"Request {done.row.reference}, certified"
    entry = post_payment(done, Posting(FundStep.APPROVE, amount, reason))
    made = PaymentCertification.objects.create(
        request=done.row,
        number=number,
        amount=amount,
        statement=CERTIFICATION,
        certified_by_id=person_key(done.actor),
        certified_at=done.at,
        approve_entry=entry,
    )
    letter = certified(done.row.reference, f"${amount:,.2f}", done.row.pay_by or done.today)
    facts = {"amount": f"{amount:.2f}", "entry": entry.number, "certification": number}
    finish_payment(done, facts, letter=letter)
    return made
