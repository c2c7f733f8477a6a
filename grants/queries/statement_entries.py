"""What a line of an SF-425 is made of: its entries, its request, or the terms behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from grants.models import FundEntry, MatchEntry, PaymentRequest
from grants.queries.financial_report import (
    cost_lines,
    cost_request,
    match_entries,
    obligation_entries,
    pending_requests,
    receipt_entries,
    sums_at,
)
from grants.queries.financial_statements import Form, terms_kept
from grants.rules.funnel import NOTHING
from grants.rules.match.financial_report import FormLine, Source
from grants.rules.match.limits import Terms, noncash_cap
from grants.rules.shares import share_words


@dataclass(frozen=True, slots=True)
class CostRow:
    """A budget line of the request that says the costs."""

    name: str
    costs: Decimal
    credit: Decimal
    net: Decimal


@dataclass(frozen=True, slots=True)
class MatchParts:
    """How line 10j follows from what was verified."""

    cash: Decimal
    noncash: Decimal
    cap: Decimal

    @property
    def beyond(self) -> Decimal:
        """What of the other kinds lies beyond the cap."""
        return max(NOTHING, self.noncash - self.cap)


@dataclass(frozen=True, slots=True)
class OpenedLine:
    """What makes a line.

    Attributes:
        source: Where its figure comes from.
        entries: Rows of a ledger, the first first.
        request: The request that says the costs, or the latest that waits.
        costs: Its budget lines.
        match: The parts of line 10j.
        terms: What line 10i rests on.
        share: The federal share, in words.
    """

    source: Source
    entries: QuerySet[Any] | Sequence[Any] = ()
    request: PaymentRequest | None = None
    costs: list[CostRow] = field(default_factory=list)
    match: MatchParts | None = None
    terms: Terms | None = None
    share: str = ""


def opened_line(form: Form, source: Source) -> OpenedLine:
    """Open a line of a form, as of the form's entry numbers."""
    award, cut = form.report.award, form.cut
    if source is Source.RECEIPTS:
        return OpenedLine(source, _of_funds(receipt_entries(award, cut)))
    if source is Source.AUTHORIZED:
        return OpenedLine(source, _of_funds(obligation_entries(award, cut)))
    if source is Source.MATCH:
        return OpenedLine(source, _of_match(match_entries(award, cut)), match=_parts(form))
    if source is Source.COSTS:
        rows = [
            CostRow(str(line), line.costs_to_date, credit, net)
            for line, credit, net in cost_lines(award, cut)
        ]
        return OpenedLine(source, request=cost_request(award, cut), costs=rows)
    if source is Source.PENDING:
        return _waiting(form)
    terms = terms_kept(form)
    return OpenedLine(source, terms=terms, share=share_words(Fraction(terms.share)))


def _waiting(form: Form) -> OpenedLine:
    """The request that waits; for a locked form only what it was worth is known."""
    waits = form.lines[FormLine.F] and not form.is_locked
    rows = pending_requests(form.report.award, form.cut.as_of)
    return OpenedLine(Source.PENDING, request=rows.first() if waits else None)


def _parts(form: Form) -> MatchParts:
    sums = sums_at(form.report.award, form.cut)
    return MatchParts(sums.cash, sums.noncash, noncash_cap(terms_kept(form)))


def _of_match(rows: QuerySet[MatchEntry]) -> QuerySet[MatchEntry]:
    return rows.select_related("contribution", "pledge", "reverses")


def _of_funds(rows: QuerySet[FundEntry]) -> QuerySet[FundEntry]:
    return rows.select_related("reverses")
