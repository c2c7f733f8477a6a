"""The one way in which an entry of a pool's money is written: numbered, balanced, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Max, Sum

from grants.models import Award, FundEntry, Pool
from grants.rules.funnel import NOTHING
from grants.rules.match.accounts import FUND_ACCOUNT_WORDS, FUND_FUNNEL, FundAccount, FundStep
from kit.refusals import refuse
from trail.actors import Actor


@dataclass(frozen=True, slots=True)
class Posting:
    """An amount that moves one step forward, or back where it takes back an entry."""

    step: FundStep
    amount: Decimal
    reason: str
    reverses: FundEntry | None = None


def lock_pool(pool: Pool) -> Pool:
    """The pool, locked until the transaction ends: after the award, before any sum."""
    return Pool.objects.select_for_update(of=("self",)).get(pk=pool.pk)


def post_fund(
    *, actor: Actor, at: datetime, pool: Pool, award: Award | None, posting: Posting
) -> FundEntry:
    """Write one entry. Runs inside a transaction; locks the pool.

    Raises:
        Refused: ``pool_empty`` where the account holds less.
    """
    lock_pool(pool)
    source, target = FUND_FUNNEL.ends(posting.step, is_reversal=posting.reverses is not None)
    if source != FundAccount.APPROPRIATION:
        in_pool = source == FundAccount.AVAILABLE
        _refuse_if_less(fund_balance(pool, None if in_pool else award, source), posting, source)
    last = FundEntry.objects.filter(pool=pool).aggregate(last=Max("number"))["last"] or 0
    return FundEntry.objects.create(
        pool=pool,
        award=award,
        number=last + 1,
        step=posting.step,
        source=source,
        target=target,
        amount=posting.amount,
        reverses=posting.reverses,
        reason=posting.reason,
        by=str(actor),
        at=at,
    )


def take_back(
    *, actor: Actor, at: datetime, award: Award, step: FundStep, reason: str
) -> list[FundEntry]:
    """Reverse in full what stands of a step of an award. Runs inside a transaction."""
    rows = FundEntry.objects.filter(award=award, step=step, reverses=None).order_by("-number")
    written = []
    for entry in rows:
        back = entry.reversals.aggregate(total=Sum("amount"))["total"] or NOTHING
        if entry.amount > back:
            posting = Posting(step, entry.amount - back, reason, entry)
            written.append(
                post_fund(actor=actor, at=at, pool=entry.pool, award=award, posting=posting)
            )
    return written


def fund_balance(pool: Pool, award: Award | None, account: str) -> Decimal:
    """What an account of the pool holds; of one award where it is named."""
    rows = FundEntry.objects.filter(pool=pool)
    if award is not None:
        rows = rows.filter(award=award)
    into = rows.filter(target=account).aggregate(total=Sum("amount"))["total"] or NOTHING
    out = rows.filter(source=account).aggregate(total=Sum("amount"))["total"] or NOTHING
    return into - out


def _refuse_if_less(held: Decimal, posting: Posting, source: object) -> None:
    if held >= posting.amount:
        return
    words = FUND_ACCOUNT_WORDS[FundAccount(str(source))].lower()
    raise refuse(
        "pool_empty",
        f"The account “{words}” of this money holds ${held:,.2f}; "
        f"${posting.amount:,.2f} cannot be taken from it.",
    )
