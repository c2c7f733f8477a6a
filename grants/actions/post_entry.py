"""The one way in which an entry of the match ledger is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import Max, Sum

from grants.models import Contribution, MatchEntry, Pledge
from grants.queries.match_balances import held_in
from grants.rules.funnel import NOTHING
from grants.rules.match import posting
from grants.rules.match.accounts import MATCH_FUNNEL, MatchAccount, MatchStep
from kit.refusals import Refused
from trail.actors import Actor


@dataclass(frozen=True, slots=True)
class Posting:
    """What is to be written.

    Attributes:
        pledge: Whose promise moves.
        step: The verb.
        amount: How much.
        reason: Why, for whoever reads the ledger.
        contribution: What was given; for the two later steps.
        takes_back: The entry that this one reverses.
    """

    pledge: Pledge
    step: MatchStep
    amount: Decimal
    reason: str
    contribution: Contribution | None = None
    takes_back: MatchEntry | None = None


@transaction.atomic
def post_entry(*, actor: Actor, at: datetime, entry: Posting) -> MatchEntry:
    """Write one entry, or refuse it by the law that it would break. Runs inside an act.

    The award is locked first, so that two sessions never read the same balance. The triggers of
    the table hold the same laws again.

    Raises:
        Refused: ``not_an_amount``, ``reversal_of_reversal``, ``not_the_mirror``,
            ``reversed_before``, ``not_there``.
    """
    hold_award(entry.pledge.award_id)
    refusal = posting.posting_refusal(_posted(entry))
    if refusal is not None:
        raise Refused(refusal)
    rows = MatchEntry.objects.filter(award_id=entry.pledge.award_id)
    source, target = MATCH_FUNNEL.ends(entry.step, is_reversal=entry.takes_back is not None)
    return MatchEntry.objects.create(
        award_id=entry.pledge.award_id,
        pledge=entry.pledge,
        contribution=entry.contribution,
        number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
        step=entry.step,
        source=source,
        target=target,
        amount=entry.amount,
        reverses=entry.takes_back,
        reason=entry.reason[:300],
        by=str(actor),
        by_user_id=actor.user_pk,
        at=at,
    )


@transaction.atomic
def take_back(
    *, actor: Actor, at: datetime, rows: list[MatchEntry], amount: Decimal, reason: str
) -> list[MatchEntry]:
    """Reverse forward entries of one step up to an amount, the latest first. Runs inside an act.

    Raises:
        Refused: as `post_entry`; ``not_there`` where the entries have less than the amount.
    """
    written, left = [], amount
    for row in sorted(rows, key=lambda one: -one.number):
        part = min(left, row.amount - _back_of(row))
        if part > 0:
            written.append(_reverse(actor, at, row, part, reason))
            left -= part
    if left > 0 and rows:
        # The rule says in its own words why the rest cannot be taken back.
        _reverse(actor, at, rows[0], left, reason)
    return written


def hold_award(pk: int) -> None:
    """Let nobody else post to the award until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM grants_award WHERE id = %s FOR UPDATE", [pk])


def _reverse(
    actor: Actor, at: datetime, row: MatchEntry, amount: Decimal, reason: str
) -> MatchEntry:
    entry = Posting(row.pledge, MatchStep(row.step), amount, reason, row.contribution, row)
    return post_entry(actor=actor, at=at, entry=entry)


def _back_of(row: MatchEntry) -> Decimal:
    back = MatchEntry.objects.filter(reverses=row).aggregate(back=Sum("amount"))["back"]
    return back or NOTHING


def _posted(entry: Posting) -> posting.Posted:
    source, _ = MATCH_FUNNEL.ends(entry.step, is_reversal=entry.takes_back is not None)
    account = MatchAccount(str(source))
    held_by_gift = None
    if entry.contribution is not None:
        held_by_gift = held_in(MatchEntry.objects.filter(contribution=entry.contribution), account)
    return posting.Posted(
        step=entry.step,
        amount=entry.amount,
        held=held_in(MatchEntry.objects.filter(pledge=entry.pledge), account),
        held_by_gift=held_by_gift,
        taken=_taken(entry),
    )


def _taken(entry: Posting) -> posting.Taken | None:
    row = entry.takes_back
    if row is None:
        return None
    gift = entry.contribution.pk if entry.contribution else None
    return posting.Taken(
        step=MatchStep(row.step),
        amount=row.amount,
        back=_back_of(row),
        is_reversal=row.reverses_id is not None,
        is_same=(row.pledge_id, row.contribution_id) == (entry.pledge.pk, gift),
    )
