"""The ledger of a competition's money, as officers of awards read it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.gates import gate
from grants.permissions.awards import opened_pools, reads_pools
from grants.queries.pool_ledger import (
    account_words,
    balances_of,
    entries_of,
    entry_words,
    totals_of,
)
from grants.rules.funnel import NOTHING
from grants.rules.match.accounts import FUND_ACCOUNT_WORDS, FundAccount

ROWS = 100


@require_safe
@gate(reads_pools)
def pool_ledger(request: HttpRequest, competition: str) -> HttpResponse:
    """Show balances, the trial balance and every entry."""
    row = opened_pools(request, competition)
    if row is None:
        raise LookupError(competition)
    balances = balances_of(row)
    totals = totals_of(balances)
    page = Paginator(entries_of(row), ROWS).get_page(request.GET.get("page"))
    context = {
        "competition": row,
        "accounts": account_words(),
        "balances": balances,
        "totals": totals,
        "off_by": sum(totals, NOTHING),
        "page": page,
        "entries": [
            {
                "row": one,
                "words": entry_words(one),
                "source": FUND_ACCOUNT_WORDS[FundAccount(one.source)],
                "target": FUND_ACCOUNT_WORDS[FundAccount(one.target)],
            }
            for one in page
        ],
        "trail": [{"label": "Awards", "url": reverse("grants:staff_awards")}],
    }
    return render(request, "grants/awards/pool_ledger.html", context)
