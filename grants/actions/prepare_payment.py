"""The group prepares a request for payment, and its representative certifies and submits it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from grants.actions.move_award import Asked, Step, begin_act, finish_act
from grants.actions.move_payment import (
    ACTIVE,
    Move,
    begin_payment,
    day_of,
    finish_payment,
    person_key,
    raise_if,
)
from grants.models import Award, PaymentLine, PaymentRequest
from grants.queries.award_standing import terms_of
from grants.queries.payment_lines import Figures, judged_standing, lines_of
from grants.rules.payment_states import EDITABLE
from grants.rules.payments import (
    SHORTEST_PROGRESS,
    STATEMENT,
    days_refusals,
    draw_refusal,
    line_refusals,
    pay_by,
    total_asked,
)
from kit.refusals import Refusal, refuse
from trail.actors import Actor

UNFINISHED = Refusal(
    "request_unfinished",
    "A request is being prepared already. Finish or withdraw that one first.",
)
NO_LINE = "The approved budget has no federal money on one of these lines. Reload the page."


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the form of a request says.

    Attributes:
        days: First and last day of the costs.
        progress: What was done for the money.
        lines: Figures by category.
        version: The version that the writer saw; 0 for a new request.
    """

    days: tuple[date, date]
    progress: str
    lines: Mapping[str, Figures]
    version: int = 0


@transaction.atomic
def start_payment(
    *, actor: Actor, at: datetime, award: Award, key: str = "", prepared: Prepared
) -> PaymentRequest:
    """Begin a request.

    Raises:
        Refused: ``request_unfinished``, ``outside_the_period`` and what the lifecycle refuses.
    """
    act = begin_act(
        actor=actor,
        at=at,
        award=award,
        asked=Asked("start_payment", key, {"progress": prepared.progress}, within=ACTIVE),
    )
    if act.is_repeat and act.claim is not None:
        return PaymentRequest.objects.get(reference=act.claim.result_reference)
    if act.award.payment_requests.filter(state__in=sorted(EDITABLE)).exists():
        raise_if(UNFINISHED)
    _check_days(act.award, prepared, at)
    row = PaymentRequest.objects.create(
        award=act.award,
        costs_from=prepared.days[0],
        costs_through=prepared.days[1],
        progress=prepared.progress.strip(),
        started_by_id=person_key(actor),
        started_at=at,
    )
    _write_lines(row, prepared.lines)
    finish_act(act, Step(facts={"request": row.reference}), result=row.reference)
    return row


@transaction.atomic
def save_payment(
    *, actor: Actor, at: datetime, request: PaymentRequest, key: str = "", prepared: Prepared
) -> PaymentRequest:
    """Change what a request says before it is submitted.

    Raises:
        Refused: ``stale_text`` where somebody else saved in between.
    """
    move = Move("save_payment", "submit", key, {"version": prepared.version})
    done = begin_payment(actor=actor, at=at, request=request, move=move)
    if done.is_repeat:
        return done.row
    if done.row.version != prepared.version:
        raise refuse(
            "stale_text",
            "Somebody of your group changed this request in between. Reload the page, then "
            "write your change again.",
        )
    _check_days(done.award, prepared, at)
    _write_lines(done.row, prepared.lines)
    changes = {
        "costs_from": prepared.days[0],
        "costs_through": prepared.days[1],
        "progress": prepared.progress.strip(),
        "version": done.row.version + 1,
    }
    return finish_payment(replace(done, move=replace(move, moves="")), changes=changes)


@transaction.atomic
def submit_payment(
    *, actor: Actor, at: datetime, request: PaymentRequest, title: str, key: str = ""
) -> PaymentRequest:
    """Certify a request and submit it: every line and the limit are asked again under the lock.

    Raises:
        Refused: what a line, the days or the limit refuse.
    """
    move = Move("submit_payment", "submit", key, {"title": title})
    done = begin_payment(actor=actor, at=at, request=request, move=move)
    if done.is_repeat:
        return done.row
    for refusal in submit_refusals(done.award, done.row, done.today):
        raise_if(refusal)
    if not title.strip():
        raise refuse("title_missing", "Give your title, such as Executive Director.")
    # What reviewers approved of an earlier round is gone with that round.
    done.row.lines.update(approved=None)
    changes = {
        "round": done.row.round + 1,
        "submitted_by_id": person_key(actor),
        "submitted_at": at,
        "signed_title": title.strip(),
        "statement": STATEMENT,
        "pay_by": pay_by(done.today),
    }
    amount = total_asked(tuple(lines_of(done.award, done.row).values()))
    return finish_payment(done, {"amount": f"{amount:.2f}"}, changes)


@transaction.atomic
def withdraw_payment(
    *, actor: Actor, at: datetime, request: PaymentRequest, key: str = ""
) -> PaymentRequest:
    """Take a request back; what was asked for can be asked for again."""
    move = Move("withdraw_payment", "withdraw", key)
    done = begin_payment(actor=actor, at=at, request=request, move=move)
    return done.row if done.is_repeat else finish_payment(done)


def submit_refusals(award: Award, row: PaymentRequest, today: date) -> tuple[Refusal, ...]:
    """Everything that is in the way of submitting, in the order of the page."""
    lines = tuple(lines_of(award, row).values())
    terms = terms_of(award)
    found = [
        *days_refusals(
            terms,
            pre_award_days=award.pre_award_days,
            days=(row.costs_from, row.costs_through),
            today=today,
        )
    ]
    if len(row.progress.strip()) < SHORTEST_PROGRESS:
        found.append(
            Refusal(
                "progress_missing",
                f"Say what was done for this money, in at least {SHORTEST_PROGRESS} characters.",
            )
        )
    for line in lines:
        found += line_refusals(line, has_advances=award.has_advances)
    standing, pending = judged_standing(award, row)
    limit = draw_refusal(terms, standing, (total_asked(lines), pending), today)
    return (*found, *([limit] if limit else []))


def _check_days(award: Award, prepared: Prepared, at: datetime) -> None:
    for refusal in days_refusals(
        terms_of(award),
        pre_award_days=award.pre_award_days,
        days=prepared.days,
        today=day_of(award, at),
    ):
        raise_if(refusal)


def _write_lines(row: PaymentRequest, lines: Mapping[str, Figures]) -> None:
    known = set(row.award.lines.filter(federal__gt=0).values_list("category", flat=True))
    if set(lines) - known:
        raise refuse("not_in_budget", NO_LINE)
    row.lines.all().delete()
    PaymentLine.objects.bulk_create(
        PaymentLine(
            request=row,
            category=category,
            costs_to_date=one.costs,
            advance=one.advance,
            asked=_asked(one),
        )
        for category, one in lines.items()
    )


def _asked(one: Figures) -> Decimal:
    if one.asked > one.costs + one.advance:
        raise refuse(
            "over_the_line",
            "A line asks for more than its costs to date and its advance together.",
        )
    return one.asked
