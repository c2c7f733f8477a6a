"""The sums of an SF-425 as of entry numbers: later entries never change a past report (L14).

A cut names the last entry of either ledger that a form contains. What an entry is about never
changes: a contribution's days, the day of a payment, the lines of a request that was certified.
So the same cut gives the same sums at any later time. Sums are made by the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, TruncDate

from grants.models import (
    Award,
    FundEntry,
    MatchEntry,
    PaymentCertification,
    PaymentLine,
    PaymentOrder,
    PaymentRequest,
)
from grants.queries.award_standing import repaid_since
from grants.queries.match_balances import net_into
from grants.rules.funnel import NOTHING
from grants.rules.match.accounts import FundStep, MatchAccount, MatchStep
from grants.rules.match.financial_report import Sums
from grants.rules.match.states import CASH_KINDS, ContributionKind
from grants.rules.payment_states import PENDING, PaymentState, RepaymentCause

ASKED = sorted(one.value for one in PENDING | {PaymentState.PAYMENT_FAILED})


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a form ends.

    Attributes:
        match_through: The last entry of the match ledger in it.
        fund_through: The last entry of the pool's ledger in it.
        as_of: The last day of the reporting period.
        is_final: Whether money that moved after that day is in it: no later form takes it up.
        pending: Federal costs of requests that were not certified when the form was made.
    """

    match_through: int
    fund_through: int
    as_of: date
    is_final: bool = False
    pending: Decimal = NOTHING


def cut_now(award: Award, as_of: date, *, is_final: bool = False) -> Cut:
    """The cut of a form that is made now: every entry that is posted."""
    rows = award.fund_entries.aggregate(last=Max("number"))
    last = award.entries.aggregate(last=Max("number"))
    return Cut(
        match_through=last["last"] or 0,
        fund_through=rows["last"] or 0,
        as_of=as_of,
        is_final=is_final,
        pending=pending_costs(award, as_of),
    )


def sums_at(award: Award, cut: Cut) -> Sums:
    """What both ledgers say at a cut."""
    cash = Q(contribution__kind__in=sorted(CASH_KINDS))
    income = Q(contribution__kind=ContributionKind.PROGRAMME_INCOME)
    match = match_entries(award, cut).aggregate(
        cash=_verified(cash), noncash=_verified(~cash), income=_verified(income)
    )
    return Sums(
        received=_net(receipt_entries(award, cut)),
        authorized=_net(obligation_entries(award, cut)),
        costs=sum((net for *_, net in cost_lines(award, cut)), NOTHING),
        pending=cut.pending,
        **{name: held or NOTHING for name, held in match.items()},
    )


def match_entries(award: Award, cut: Cut) -> QuerySet[MatchEntry]:
    """What line 10j is made of: verified, or taken back, for gifts until the last day."""
    return MatchEntry.objects.filter(
        award=award,
        number__lte=cut.match_through,
        step=MatchStep.VERIFY,
        contribution__given_through__lte=cut.as_of,
    ).order_by("number")


def obligation_entries(award: Award, cut: Cut) -> QuerySet[FundEntry]:
    """What line 10d is made of."""
    return _fund_entries(award, cut).filter(step=FundStep.OBLIGATE)


def receipt_entries(award: Award, cut: Cut) -> QuerySet[FundEntry]:
    """What line 10a is made of: payments by the bank's day, repayments by the agency's."""
    rows = _fund_entries(award, cut).filter(step=FundStep.PAY)
    paid_on = PaymentOrder.objects.filter(pay_entry=OuterRef("pk")).values("result_on")
    rows = rows.annotate(day=Coalesce(Subquery(paid_on), _day(award, "at")))
    return rows if cut.is_final else rows.filter(day__lte=cut.as_of)


def cost_request(award: Award, cut: Cut) -> PaymentRequest | None:
    """The latest request that was certified, with costs until the last day at most.

    A payment that failed takes its certification with it; money that was paid back does not.
    """
    back = FundEntry.objects.filter(
        reverses=OuterRef("approve_entry"), number__lte=cut.fund_through
    ).values("reverses")
    certified = (
        PaymentCertification.objects.filter(
            request__award=award,
            request__costs_through__lte=cut.as_of,
            approve_entry__number__lte=cut.fund_through,
        )
        .annotate(back=Coalesce(Subquery(back.annotate(sum=Sum("amount")).values("sum")), NOTHING))
        .filter(Q(back__lt=F("amount")) | Q(order__pay_entry__number__lte=cut.fund_through))
        .select_related("request")
        .order_by("-request__submitted_at", "-request_id", "-number")
    )
    found = certified.first()
    return None if found is None else found.request


def cost_lines(award: Award, cut: Cut) -> list[tuple[PaymentLine, Decimal, Decimal]]:
    """Each line of the request with the credits since and what is left of its costs.

    A wrong cost that was paid back is none; what came back otherwise changes no cost.
    """
    request = cost_request(award, cut)
    if request is None:
        return []
    came_back = _came_back(award, cut, request)
    rows = []
    for line in request.lines.all():
        credit = min(came_back.get(line.category, NOTHING), line.costs_to_date)
        rows.append((line, credit, line.costs_to_date - credit))
    return rows


def pending_requests(award: Award, as_of: date) -> QuerySet[PaymentRequest]:
    """Requests that are submitted and not certified, the latest first."""
    rows = award.payment_requests.filter(state__in=ASKED, costs_through__lte=as_of)
    return rows.order_by("-submitted_at", "-pk")


def pending_costs(award: Award, as_of: date) -> Decimal:
    """Federal costs to date of the latest such request."""
    latest = pending_requests(award, as_of)[:1]
    rows = PaymentLine.objects.filter(request__in=latest.values("pk"))
    return rows.aggregate(sum=Sum("costs_to_date"))["sum"] or NOTHING


def _came_back(award: Award, cut: Cut, request: PaymentRequest) -> dict[str, Decimal]:
    """Costs that came back since the request was submitted, by line, as the ledger has them."""
    entry = FundEntry.objects.filter(
        award=award,
        step=FundStep.PAY,
        reverses__isnull=False,
        number__lte=cut.fund_through,
        at=OuterRef("recorded_at"),
    )
    rows = repaid_since(request, RepaymentCause.COST).filter(Exists(entry))
    if not cut.is_final:
        rows = rows.annotate(day=_day(award, "recorded_at")).filter(day__lte=cut.as_of)
    return dict(rows.values_list("line__category").annotate(Sum("amount")).order_by())


def _fund_entries(award: Award, cut: Cut) -> QuerySet[FundEntry]:
    rows = FundEntry.objects.filter(award=award, number__lte=cut.fund_through)
    return rows.order_by("number")


def _verified(only: Q) -> Sum:
    return net_into(MatchAccount.VERIFIED, only=only)


def _day(award: Award, moment: str) -> TruncDate:
    """The day that the agency's calendar had."""
    return TruncDate(moment, tzinfo=ZoneInfo(award.agency.time_zone))


def _net(rows: QuerySet[FundEntry]) -> Decimal:
    """Forward entries less those that take one back."""
    sums = rows.order_by().aggregate(
        there=Sum("amount", filter=Q(reverses=None)), back=Sum("amount", filter=~Q(reverses=None))
    )
    return (sums["there"] or NOTHING) - (sums["back"] or NOTHING)
