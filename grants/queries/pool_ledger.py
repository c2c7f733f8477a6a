"""The money of a competition's pools: balances by account, every entry, the trial balance."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from grants.models import Competition, FundEntry
from grants.queries.results import pool_name
from grants.rules.funnel import NOTHING
from grants.rules.match.accounts import FUND_ACCOUNT_WORDS, FundAccount, FundStep

STEP_WORDS = {
    FundStep.ALLOT: "Allotted",
    FundStep.RESERVE: "Reserved",
    FundStep.OBLIGATE: "Obligated",
    FundStep.APPROVE: "Approved",
    FundStep.PAY: "Paid",
}


def entries_of(competition: Competition) -> QuerySet[FundEntry]:
    """Return every entry of the competition's pools, the newest first."""
    rows = FundEntry.objects.filter(pool__competition=competition)
    return rows.select_related("pool", "award__case", "reverses").order_by("-at", "-pk")


def balances_of(competition: Competition) -> list[dict[str, Any]]:
    """Return each pool with what its accounts hold, summed by the database."""
    held: dict[int, dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: NOTHING))
    rows = FundEntry.objects.filter(pool__competition=competition)
    for side, sign in (("target", 1), ("source", -1)):
        sums = rows.values_list("pool", side).annotate(total=Sum("amount"))
        for pool, account, total in sums:
            held[pool][account] += sign * total
    return [
        {
            "name": pool_name(pool),
            "amount": pool.amount,
            "accounts": [held[pool.pk][account.value] for account in FundAccount],
            "sum": sum(held[pool.pk].values(), NOTHING),
        }
        for pool in competition.pools.all()
    ]


def totals_of(balances: list[dict[str, Any]]) -> list[Decimal]:
    """Return what each account holds over all pools; the trial balance is their sum."""
    return [
        sum((row["accounts"][place] for row in balances), NOTHING)
        for place in range(len(FundAccount))
    ]


def account_words() -> list[str]:
    """Return the accounts in order, in words."""
    return [FUND_ACCOUNT_WORDS[one] for one in FundAccount]


def entry_words(entry: FundEntry) -> str:
    """Return what an entry did, in words."""
    words = STEP_WORDS[FundStep(entry.step)]
    return f"Taken back: {words.lower()}" if entry.reverses_id else words
