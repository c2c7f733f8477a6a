"""The figures of an award's position: sums made by the database, whatever the number of entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Any

from django.db.models import Case, DecimalField, F, QuerySet, Sum, When
from django.db.models.functions import Coalesce, TruncDate

from accounts.models import SizeStandard
from accounts.rules.size_class import Figures, Size, Standard, size_of
from grants.models import Award, FundEntry, MatchEntry, Pledge
from grants.queries.award_standing import (
    fund_balances,
    match_balances,
    standing_of,
    terms_of,
)
from grants.rules.funnel import NOTHING
from grants.rules.match.accounts import FundAccount, FundStep, MatchStep
from grants.rules.match.equity import Equity, Giver, equity_of
from grants.rules.match.position import Position, position_of, promises_from
from grants.rules.terms import GiverClass

MONEY: DecimalField[Any, Any] = DecimalField(max_digits=16, decimal_places=2)
# An entry counts, a reversal takes away.
NET = Case(When(reverses=None, then=F("amount")), default=-F("amount"), output_field=MONEY)


def award_position(award: Award, day: date) -> Position:
    """Where the award stands on a day, by everything that is posted now."""
    match, funds = match_balances(award), fund_balances(award)
    beyond_reservation = (FundAccount.OBLIGATED, FundAccount.APPROVED, FundAccount.PAID)
    return position_of(
        terms_of(award),
        standing_of(award),
        promises_from(match),
        sum((funds[one] for one in beyond_reservation), NOTHING),
        day,
    )


def verified_over_time(award: Award) -> list[tuple[date, Decimal]]:
    """How much match was verified by the end of each day on which that changed."""
    return _over_time(MatchEntry.objects.filter(award=award, step=MatchStep.VERIFY))


def drawn_over_time(award: Award) -> list[tuple[date, Decimal]]:
    """How much was drawn, net of what came back, by the end of each day."""
    return _over_time(FundEntry.objects.filter(award=award, step=FundStep.APPROVE))


def _over_time(entries: QuerySet[Any]) -> list[tuple[date, Decimal]]:
    rows = list(
        entries.order_by()
        .annotate(day=TruncDate("at"))
        .values_list("day")
        .annotate(net=Sum(NET))
        .order_by("day")
    )
    return list(zip((day for day, _ in rows), accumulate(net for _, net in rows), strict=True))


def award_givers(award: Award, day: date) -> list[Giver]:
    """Every pledge of the award with what became of it; a giver of two kinds stands there twice."""
    rows = list(
        pledges_with_sums(award)
        .exclude(promised=0)
        .values_list(
            "giver_name",
            "giver_class",
            "organization__naics",
            "organization__employees",
            "organization__receipts_band",
            "promised",
            "released",
            "verified",
        )
    )
    standards = _standards({naics for _, _, naics, *_ in rows if naics}, day)
    return [
        Giver(
            name,
            GiverClass(kind),
            _size(GiverClass(kind), Figures(naics or "", employees, band or ""), standards),
            *sums,
        )
        for name, kind, naics, employees, band, *sums in rows
    ]


def _standards(industries: set[str], day: date) -> dict[str, Standard]:
    rows = SizeStandard.objects.in_force(day).filter(naics__in=industries)
    return {row.naics: row.as_rule() for row in rows}


def _size(kind: GiverClass, figures: Figures, standards: Mapping[str, Standard]) -> Size:
    if kind is not GiverClass.PRIVATE:
        return Size.UNKNOWN
    return size_of(figures, standards.get(figures.naics)).size


def award_equity(award: Award, day: date) -> Equity:
    """Who carries the match of an award."""
    return equity_of(_by_name(award_givers(award, day)))


def pledges_with_sums(award: Award) -> QuerySet[Any]:
    """The pledges, each with what was promised, released, committed, recorded and verified."""
    return (
        Pledge.objects.filter(award=award)
        .annotate(
            promised=_sum_of(MatchStep.PLEDGE, is_reversed=False),
            released=_sum_of(MatchStep.PLEDGE, is_reversed=True),
            committed=_net_of(MatchStep.COMMIT),
            recorded=_net_of(MatchStep.CONTRIBUTE),
            verified=_net_of(MatchStep.VERIFY),
        )
        .order_by("giver_name", "pk")
    )


def _sum_of(step: MatchStep, *, is_reversed: bool) -> Coalesce:
    counted = Case(
        When(
            entries__step=step,
            entries__reverses__isnull=not is_reversed,
            then=F("entries__amount"),
        ),
        default=Decimal(0),
        output_field=MONEY,
    )
    return Coalesce(Sum(counted), NOTHING, output_field=MONEY)


def _net_of(step: MatchStep) -> Coalesce:
    counted = Case(
        When(entries__step=step, entries__reverses=None, then=F("entries__amount")),
        When(entries__step=step, then=-F("entries__amount")),
        default=Decimal(0),
        output_field=MONEY,
    )
    return Coalesce(Sum(counted), NOTHING, output_field=MONEY)


def _by_name(givers: Iterable[Giver]) -> list[Giver]:
    """One row per giver: cash and goods of the same firm belong together."""
    found: dict[str, Giver] = {}
    for one in givers:
        before = found.get(one.name)
        found[one.name] = one if before is None else _together(before, one)
    return list(found.values())


def _together(one: Giver, other: Giver) -> Giver:
    size = other.size if one.size is Size.UNKNOWN else one.size
    return Giver(
        one.name,
        one.giver_class,
        size,
        one.promised + other.promised,
        one.released + other.released,
        one.verified + other.verified,
    )
