"""A request for payment as its rules see it: line by line, beside budget and earlier requests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from grants.models import Award, PaymentLine, PaymentRequest
from grants.queries.award_standing import (
    pending_of,
    refunds_by_line,
    repaid_since,
    standing_of,
    taken_by_line,
)
from grants.rules.budget_lines import CATEGORY_WORDS, Category
from grants.rules.funnel import NOTHING
from grants.rules.match.limits import Standing
from grants.rules.payment_states import COUNTED, DRAWN, EDITABLE, PENDING, RepaymentCause
from grants.rules.payments import Line

TAKEN = frozenset(one.value for one in DRAWN | PENDING)
BELIEVED = sorted(one.value for one in COUNTED | PENDING)


@dataclass(frozen=True, slots=True)
class Figures:
    """What somebody typed for one line."""

    costs: Decimal = NOTHING
    advance: Decimal = NOTHING
    asked: Decimal = NOTHING


def lines_of(
    award: Award,
    request: PaymentRequest | None = None,
    typed: Mapping[str, Figures] | None = None,
) -> dict[str, Line]:
    """Every line of the approved federal budget, by category; with what a request has or says.

    Args:
        award: The award.
        request: Whose figures are taken; none for a request to come.
        typed: Figures that replace those of the request.
    """
    given = typed if typed is not None else figures_of(request)
    before = _costs_before(award, request)
    taken = taken_by_line(award, TAKEN, request)
    return {
        one.category: _line(
            one.category,
            Line(
                words=CATEGORY_WORDS[Category(one.category)],
                budget=one.federal,
                before=before.get(one.category, NOTHING),
                taken=taken.get(one.category, NOTHING),
            ),
            given,
        )
        for one in award.lines.filter(federal__gt=0)
    }


def figures_of(request: PaymentRequest | None) -> dict[str, Figures]:
    """What a request has, by category."""
    if request is None:
        return {}
    return {
        one.category: Figures(one.costs_to_date, one.advance, one.asked)
        for one in request.lines.all()
    }


def judged_standing(award: Award, request: PaymentRequest) -> tuple[Standing, Decimal]:
    """Where the award stands with the costs of this request, and what other requests ask for."""
    return standing_of(award, judged=request), pending_of(award, request)


def _line(category: str, line: Line, given: Mapping[str, Figures]) -> Line:
    typed = given.get(category, Figures())
    return replace(line, costs=typed.costs, advance=typed.advance, asked=typed.asked)


def _costs_before(award: Award, request: PaymentRequest | None) -> dict[str, Decimal]:
    """Costs of the last request that was submitted and not refused, less what was wrong in them."""
    rows = award.payment_requests.filter(state__in=BELIEVED)
    if request is not None:
        rows = rows.exclude(pk=request.pk)
        if request.status not in EDITABLE:
            rows = rows.filter(submitted_at__lt=request.submitted_at)
    last = rows.order_by("-submitted_at", "-pk").first()
    if last is None:
        return {}
    lines = PaymentLine.objects.filter(request=last).values_list("category", "costs_to_date")
    back = refunds_by_line(repaid_since(last, RepaymentCause.COST))
    return {
        category: max(NOTHING, costs - back.get(category, NOTHING)) for category, costs in lines
    }
