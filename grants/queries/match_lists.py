"""Contributions and promises as lists, with what of them counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from grants.models import Award, Contribution, MatchEntry, Pledge
from grants.queries.awards import awards_of_agencies
from grants.queries.match_balances import match_by_account, net_into
from grants.rules.funnel import NOTHING
from grants.rules.match.accounts import MATCH_ACCOUNT_WORDS, MatchAccount
from grants.rules.match.states import ContributionState
from grants.rules.panel_states import MATCH, MatchState

SORTS = {
    "what": "description",
    "giver": "pledge__giver_name",
    "kind": "kind",
    "given": "given_from",
    "amount": "amount",
    "state": "state",
    "recorded": "recorded_at",
    "award": "award__title",
}
LIST_WITH = ("pledge", "source", "award__case")
WAITING = (ContributionState.SUBMITTED, ContributionState.QUERIED)


def contributions_of(
    award: Award, *, search: str = "", state: str = "", sort: str = "-recorded"
) -> QuerySet[Contribution]:
    """Return what was recorded for an award."""
    return _asked(Contribution.objects.filter(award=award), search, state, sort)


def contributions_of_agencies(
    agencies: Iterable[int], user: int, *, search: str = "", state: str = "", sort: str = "recorded"
) -> QuerySet[Contribution]:
    """Return what was recorded for the awards that an officer may see."""
    awards = awards_of_agencies(agencies, user).order_by().values("pk")
    rows = Contribution.objects.filter(award__in=awards)
    if state == "waiting":
        rows, state = rows.filter(state__in=WAITING), ""
    return _asked(rows, search, state, sort)


def pledges_of(award: Award) -> list[dict[str, Any]]:
    """Return every promise with what of it stands where, summed by the database."""
    accounts = {str(one): net_into(one, "entries__") for one in MatchAccount}
    rows = Pledge.objects.filter(award=award).exclude(state=MatchState.WITHDRAWN)
    return [
        {
            "row": row,
            "state": MATCH.labels[MatchState(row.state)],
            "left": getattr(row, MatchAccount.COMMITTED) or NOTHING,
            "recorded": getattr(row, MatchAccount.CONTRIBUTED) or NOTHING,
            "verified": getattr(row, MatchAccount.VERIFIED) or NOTHING,
        }
        for row in rows.annotate(**accounts).order_by("giver_name", "pk")
    ]


def balance_of(rows: QuerySet[MatchEntry]) -> list[dict[str, Any]]:
    """Return the accounts of the ledger in words, for a page."""
    sums = match_by_account(rows)
    return [{"label": MATCH_ACCOUNT_WORDS[one], "amount": sums[one.value]} for one in MatchAccount]


def _asked(
    rows: QuerySet[Contribution], search: str, state: str, sort: str
) -> QuerySet[Contribution]:
    rows = rows.select_related(*LIST_WITH)
    if state:
        rows = rows.filter(state=state)
    if search:
        rows = rows.filter(
            Q(description__icontains=search)
            | Q(pledge__giver_name__icontains=search)
            | Q(source__number__icontains=search)
            | Q(reference__iexact=search.strip())
        )
    column = SORTS.get(sort.removeprefix("-"), "recorded_at")
    return rows.order_by(f"-{column}" if sort.startswith("-") else column, "pk")
