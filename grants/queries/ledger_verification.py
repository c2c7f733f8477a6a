"""Is every ledger true? Both are folded again from their first row, and the first broken is named.

Then every locked SF-425 is made again from its entry numbers: what differs is named.

The rows are read by a cursor of the server and folded by `rules.funnel`, which shares nothing
with the triggers; what ties entries to papers and people is asked of the database.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from grants.models import FundEntry, MatchEntry
from grants.queries.financial_statements import rederive_all
from grants.queries.match_balances import funds_by_account, match_by_account
from grants.rules.funnel import NOTHING, Funnel, Ledger, Movement
from grants.rules.match.accounts import FUND_FUNNEL, MATCH_FUNNEL, FundAccount, MatchAccount
from kit.refusals import Refused

CHUNK = 5_000
MATCH_ROWS = """
    SELECT e.id, e.award_id, e.number, e.step, e.amount, e.pledge_id, p.number,
        e.source, e.target, e.contribution_id,
        p.id IS NULL OR p.contribution_id IS NOT DISTINCT FROM e.contribution_id
            AND p.award_id = e.award_id
    FROM grants_matchentry e LEFT JOIN grants_matchentry p ON p.id = e.reverses_id
    ORDER BY e.award_id, e.number
"""
FUND_ROWS = """
    SELECT e.id, e.pool_id, e.number, e.step, e.amount, 0, p.number,
        e.source, e.target, e.award_id,
        p.id IS NULL OR p.award_id IS NOT DISTINCT FROM e.award_id AND p.pool_id = e.pool_id
    FROM grants_fundentry e LEFT JOIN grants_fundentry p ON p.id = e.reverses_id
    ORDER BY e.pool_id, e.number
"""
# What only matching funds know, each with the first row that breaks it.
TIES = (
    (
        "a contribution is of the promise and the award of its entry",
        """SELECT min(e.id) FROM grants_matchentry e
           JOIN grants_contribution c ON c.id = e.contribution_id
           WHERE c.pledge_id <> e.pledge_id OR c.award_id <> e.award_id""",
    ),
    (
        "an entry records or verifies another amount than its contribution is worth",
        """SELECT min(e.id) FROM grants_matchentry e
           JOIN grants_contribution c ON c.id = e.contribution_id
           WHERE e.reverses_id IS NULL AND e.amount <> c.amount""",
    ),
    (
        "a paper is used beyond its amount",
        """SELECT min(u.first) FROM (
             SELECT min(e.id) AS first, c.source_id AS source,
               sum(CASE WHEN e.reverses_id IS NULL THEN e.amount ELSE -e.amount END) AS used
             FROM grants_matchentry e JOIN grants_contribution c ON c.id = e.contribution_id
             WHERE e.step = 'contribute' GROUP BY c.source_id) u
           JOIN grants_fundingsource s ON s.id = u.source WHERE u.used > s.amount""",
    ),
    (
        "federal money counts without a statute",
        """SELECT min(e.id) FROM grants_matchentry e
           JOIN grants_contribution c ON c.id = e.contribution_id
           JOIN grants_fundingsource s ON s.id = c.source_id
           WHERE e.step = 'contribute' AND s.statute = ''
           AND s.origin IN ('federal', 'federal_passed_through')""",
    ),
    (
        "the office whose pool pays for the award matches it",
        """SELECT min(e.id) FROM grants_matchentry e WHERE e.pledge_id IN (
             SELECT d.id FROM grants_pledge d
             JOIN grants_award a ON a.id = d.award_id
             JOIN grants_selectedcase s ON s.id = a.selected_id
             JOIN grants_pool o ON o.id = s.pool_id
             JOIN accounts_agency g ON g.id = o.agency_id
             WHERE lower(d.giver_name) IN (lower(g.name), lower(g.short_name)))""",
    ),
    (
        "somebody verified what they recorded, or nobody is named",
        """SELECT min(e.id) FROM grants_matchentry e
           JOIN grants_contribution c ON c.id = e.contribution_id
           WHERE e.step = 'verify' AND e.reverses_id IS NULL
           AND (e.by_user_id IS NULL OR e.by_user_id = c.recorded_by_id)""",
    ),
    (
        "something is verified without evidence",
        """SELECT min(e.id) FROM grants_matchentry e
           JOIN grants_contribution c ON c.id = e.contribution_id
           WHERE e.step = 'verify' AND e.reverses_id IS NULL AND NOT EXISTS (
             SELECT 1 FROM grants_sourceevidence v WHERE v.source_id = c.source_id)""",
    ),
)


@dataclass(frozen=True, slots=True)
class LedgerReport:
    """What verification found.

    Attributes:
        ok: Whether every row holds.
        checked: How many rows were folded.
        first_broken: The first row that breaks a law, by ledger and number.
        reason: Which law.
        match: What every account of matching funds holds.
        funds: What every account of the pools holds.
        statements: How many locked forms were made again.
        differing: Those that came out otherwise, each with what differs.
    """

    ok: bool
    checked: int
    first_broken: str
    reason: str
    match: dict[str, str]
    funds: dict[str, str]
    statements: int = 0
    differing: tuple[str, ...] = ()


@dataclass(slots=True)
class _Fold:
    """How far the folding is."""

    checked: int = 0
    broken: int = 0
    reason: str = ""


def verify_ledger() -> LedgerReport:
    """Fold both ledgers; stop at the first row that breaks a law. Make every locked form again."""
    fold = _Fold()
    where = ""
    if _folds(MATCH_ROWS, MATCH_FUNNEL, fold, MatchAccount.CONTRIBUTED):
        if not _ties_hold(fold):
            where = _place(MatchEntry, fold.broken)
        elif not _folds(FUND_ROWS, FUND_FUNNEL, fold, FundAccount.RESERVED):
            where = _place(FundEntry, fold.broken)
    else:
        where = _place(MatchEntry, fold.broken)
    statements, differing = _forms_again()
    if differing and not fold.broken:
        where, _, fold.reason = differing[0].partition(": ")
    return LedgerReport(
        ok=not fold.broken and not differing,
        checked=fold.checked,
        first_broken=where,
        reason=fold.reason,
        match=_said(match_by_account(MatchEntry.objects.all())),
        funds=_said(funds_by_account(FundEntry.objects.all())),
        statements=statements,
        differing=differing,
    )


def _forms_again() -> tuple[int, tuple[str, ...]]:
    """How many locked forms there are, and which of them do not come out again."""
    count, differing = 0, []
    for made in rederive_all():
        count += 1
        if not made.is_equal:
            differing.append(f"SF-425 of report {made.reference}: {made.reason}")
    return count, tuple(differing)


def _folds(sql: str, funnel: Funnel, fold: _Fold, inner: MatchAccount | FundAccount) -> bool:
    """Fold the rows of one table, ledger by ledger; from ``inner`` on by gift or award as well."""
    for _, rows in itertools.groupby(_stream(sql), key=lambda row: row[1]):
        if not _fold_one(rows, Ledger(funnel), fold, inner):
            return False
    return True


def _fold_one(
    rows: Iterable[tuple[Any, ...]], ledger: Ledger, fold: _Fold, inner: MatchAccount | FundAccount
) -> bool:
    accounts = [str(one) for one in ledger.funnel.accounts]
    guarded = frozenset(accounts[accounts.index(str(inner)) :])
    gifts: dict[tuple[int, str], Decimal] = {}
    for row in rows:
        fold.checked += 1
        reason = _broken_law(row, ledger) or _below_nothing(row, gifts, guarded)
        if reason:
            fold.broken, fold.reason = row[0], reason
            return False
    return True


def _broken_law(row: tuple[Any, ...], ledger: Ledger) -> str:
    _, _, number, step, amount, thread, reverses, source, target, _, is_mirror = row
    try:
        ledger.post(Movement(number, step, amount, str(thread), reverses))
    except Refused as refused:
        return refused.refusal.sentence
    if (source, target) != ledger.funnel.ends(step, is_reversal=reverses is not None):
        return "The accounts are not those of the step."
    return "" if is_mirror else "A reversal mirrors the entry that it takes back."


def _below_nothing(
    row: tuple[Any, ...], gifts: dict[tuple[int, str], Decimal], guarded: frozenset[str]
) -> str:
    amount, source, target, gift = row[4], row[7], row[8], row[9]
    if gift is None:
        return ""
    for account, change in ((source, -amount), (target, amount)):
        if account in guarded:
            held = gifts.get((gift, account), NOTHING) + change
            gifts[gift, account] = held
            if held < 0:
                return "More is taken than this contribution or this award has there."
    return ""


def _ties_hold(fold: _Fold) -> bool:
    with connection.cursor() as cursor:
        for reason, sql in TIES:
            cursor.execute(sql)
            (first,) = cursor.fetchone()
            if first is not None:
                fold.broken, fold.reason = first, reason
                return False
    return True


def _stream(sql: str) -> Iterator[tuple[Any, ...]]:
    """The rows as the server has them, a chunk at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(CHUNK):
            yield from rows


def _place(model: type[MatchEntry | FundEntry], pk: int) -> str:
    if model is MatchEntry:
        row = MatchEntry.objects.select_related("award__case").get(pk=pk)
        return f"match entry {row.number} of award {row.award.case.reference}"
    fund = FundEntry.objects.select_related("pool").get(pk=pk)
    return f"fund entry {fund.number} of pool {fund.pool_id}, {fund.pool}"


def _said(sums: dict[str, Decimal]) -> dict[str, str]:
    say: Callable[[Decimal], str] = "{:.2f}".format
    return {account: say(held) for account, held in sums.items()}
