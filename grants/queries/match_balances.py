"""Balances of the match ledger, summed by the database."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db.models import Case, DecimalField, F, Q, QuerySet, Sum, When

from grants.models import Contribution, FundEntry, FundingSource, MatchEntry, Pledge
from grants.rules.funnel import NOTHING
from grants.rules.match.accounts import FundAccount, MatchAccount, MatchStep

MONEY = DecimalField(max_digits=20, decimal_places=2)


def net_into(account: str, prefix: str = "", only: Q | None = None) -> Sum:
    """SQL: what came into an account less what left it; of some rows only, where they are named."""
    amount = F(f"{prefix}amount")
    return Sum(
        Case(
            When(**{f"{prefix}target": account}, then=amount),
            When(**{f"{prefix}source": account}, then=-amount),
            default=NOTHING,
            output_field=MONEY,
        ),
        filter=only,
    )


def held_in(rows: QuerySet[MatchEntry], account: MatchAccount) -> Decimal:
    """What the entries leave in an account."""
    touched = rows.filter(Q(source=account) | Q(target=account))
    return touched.aggregate(held=net_into(account))["held"] or NOTHING


def given_of_source(source: FundingSource) -> Decimal:
    """How much of a paper is counted, over all awards of the portal."""
    rows = MatchEntry.objects.filter(contribution__source=source, step=MatchStep.CONTRIBUTE)
    return held_in(rows, MatchAccount.CONTRIBUTED)


def left_of_source(source: FundingSource) -> Decimal:
    """How much of a paper may still be counted."""
    return source.amount - given_of_source(source)


def left_of_pledge(pledge: Pledge) -> Decimal:
    """How much of a promise in the approved budget is still to be given."""
    return held_in(MatchEntry.objects.filter(pledge=pledge), MatchAccount.COMMITTED)


def counted_of(contribution: Contribution) -> Mapping[MatchAccount, Decimal]:
    """What of a contribution is recorded, and what is verified."""
    rows = MatchEntry.objects.filter(contribution=contribution)
    inner = (MatchAccount.CONTRIBUTED, MatchAccount.VERIFIED)
    return {account: held_in(rows, account) for account in inner}


def match_by_account(rows: QuerySet[MatchEntry]) -> dict[str, Decimal]:
    """What every account of the match ledger holds; the sum over them is nothing."""
    sums = rows.order_by().aggregate(**{str(one): net_into(one) for one in MatchAccount})
    return {name: held or NOTHING for name, held in sums.items()}


def funds_by_account(rows: QuerySet[FundEntry]) -> dict[str, Decimal]:
    """What every account of the ledger of funds holds; the sum over them is nothing."""
    sums = rows.order_by().aggregate(**{str(one): net_into(one) for one in FundAccount})
    return {name: held or NOTHING for name, held in sums.items()}
