"""Where an award stands: its terms, and the sums of both ledgers. Sums are made by the database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.db.models import Case, F, Q, QuerySet, Sum, When

from grants.models import Award, FundEntry, MatchEntry, PaymentLine, PaymentRequest, Refund
from grants.rules.funnel import NOTHING
from grants.rules.match.accounts import FundAccount, MatchAccount
from grants.rules.match.limits import Standing, Terms
from grants.rules.match.states import CASH_KINDS, ContributionKind
from grants.rules.payment_states import COUNTED, DRAWN, EDITABLE, PENDING, RepaymentCause


def terms_of(award: Award) -> Terms:
    """What the award says about money and match."""
    return Terms(
        federal=award.federal_amount,
        share=Fraction(award.federal_share_numerator, award.federal_share_denominator),
        noncash_percent=award.noncash_percent,
        pace=award.pace,
        starts_on=award.starts_on,
        ends_on=award.ends_on,
    )


def standing_of(
    award: Award,
    *,
    judged: PaymentRequest | None = None,
    before: datetime | None = None,
    costs_through: date | None = None,
) -> Standing:
    """Where the award stands, now or as it was.

    Args:
        award: The award.
        judged: A request under way, whose costs count as if they were believed.
        before: Entries of the ledgers from this instant on are left out.
        costs_through: Requests whose costs run beyond this day are left out.
    """
    cash, noncash = verified_match(award, before)
    costs, advance = _costs(award, judged, costs_through)
    return Standing(cash, noncash, costs, advance, drawn_of(award, before))


def verified_match(award: Award, before: datetime | None = None) -> tuple[Decimal, Decimal]:
    """Verified match that was money, and verified match of every other kind."""
    sums = _match_entries(award, before).aggregate(
        cash=_net(MatchAccount.VERIFIED, Q(contribution__kind__in=sorted(CASH_KINDS))),
        noncash=_net(MatchAccount.VERIFIED, ~Q(contribution__kind__in=sorted(CASH_KINDS))),
    )
    return sums["cash"] or NOTHING, sums["noncash"] or NOTHING


def verified_income(award: Award, before: datetime | None = None) -> Decimal:
    """Verified match that was programme income."""
    income = Q(contribution__kind=ContributionKind.PROGRAMME_INCOME)
    sums = _match_entries(award, before).aggregate(net=_net(MatchAccount.VERIFIED, income))
    return sums["net"] or NOTHING


def drawn_of(award: Award, before: datetime | None = None) -> Decimal:
    """D: approved and paid, less what came back."""
    balances = fund_balances(award, before)
    return balances[FundAccount.APPROVED] + balances[FundAccount.PAID]


def fund_balances(award: Award, before: datetime | None = None) -> dict[FundAccount, Decimal]:
    """What the accounts from the reservation on hold of this award."""
    rows = FundEntry.objects.filter(award=award)
    rows = rows if before is None else rows.filter(at__lt=before)
    accounts = (
        FundAccount.RESERVED,
        FundAccount.OBLIGATED,
        FundAccount.APPROVED,
        FundAccount.PAID,
    )
    sums = rows.aggregate(**{one.value: _net(one) for one in accounts})
    return {one: sums[one.value] or NOTHING for one in accounts}


def match_balances(award: Award, before: datetime | None = None) -> dict[MatchAccount, Decimal]:
    """What the accounts of the match ledger hold of this award."""
    accounts = tuple(MatchAccount)
    sums = _match_entries(award, before).aggregate(**{one.value: _net(one) for one in accounts})
    return {one: sums[one.value] or NOTHING for one in accounts}


def counted_requests(award: Award) -> QuerySet[PaymentRequest]:
    """Requests whose costs two reviewers believed, the latest first."""
    rows = award.payment_requests.filter(state__in=COUNTED)
    return rows.order_by("-submitted_at", "-pk")


def pending_of(award: Award, besides: PaymentRequest | None = None) -> Decimal:
    """What other requests ask for, or were approved for, and have not taken yet."""
    rows = PaymentLine.objects.filter(request__award=award, request__state__in=PENDING)
    if besides is not None:
        rows = rows.exclude(request=besides)
    return rows.aggregate(sum=Sum(_granted()))["sum"] or NOTHING


def taken_by_line(
    award: Award, states: frozenset[str], besides: PaymentRequest | None = None
) -> dict[str, Decimal]:
    """What requests in these states took of each budget line, less what came back."""
    rows = PaymentLine.objects.filter(request__award=award, request__state__in=sorted(states))
    back = Refund.objects.filter(line__request__award=award)
    if besides is not None:
        rows = rows.exclude(request=besides)
        back = back.exclude(line__request=besides)
    granted = rows.values_list("category").annotate(sum=Sum(_granted()))
    taken = dict(granted.order_by())
    for category, amount in refunds_by_line(back).items():
        taken[category] = taken.get(category, NOTHING) - amount
    return taken


def refunds_by_line(rows: QuerySet[Refund]) -> Mapping[str, Decimal]:
    """What came back on each budget line."""
    return dict(rows.values_list("line__category").annotate(Sum("amount")).order_by())


def repaid_since(request: PaymentRequest, *causes: RepaymentCause) -> QuerySet[Refund]:
    """What came back after a request was submitted, for these causes or for any."""
    rows = Refund.objects.filter(
        line__request__award=request.award_id, recorded_at__gt=request.submitted_at
    )
    return rows.filter(cause__in=causes) if causes else rows


def drawn_by_line(award: Award) -> dict[str, Decimal]:
    """D, line by line."""
    return taken_by_line(award, frozenset(one.value for one in DRAWN))


def _costs(
    award: Award, judged: PaymentRequest | None, through: date | None
) -> tuple[Decimal, Decimal]:
    if judged is not None and judged.status in EDITABLE:
        latest = PaymentRequest.objects.filter(pk=judged.pk)
    else:
        believed = Q(state__in=sorted(COUNTED)) | Q(pk=judged.pk if judged else None)
        rows = PaymentRequest.objects.filter(believed, award=award)
        if through is not None:
            rows = rows.filter(costs_through__lte=through)
        latest = rows.order_by("-submitted_at", "-pk")[:1]
    row = latest.annotate(costs=Sum("lines__costs_to_date"), ahead=Sum("lines__advance")).first()
    if row is None:
        return NOTHING, NOTHING
    # Whoever still writes a request knows what came back before.
    since = Refund.objects.none() if row.status in EDITABLE else repaid_since(row)
    back = dict(since.values_list("cause").annotate(Sum("amount")).order_by())
    return (
        max(NOTHING, (row.costs or NOTHING) - back.get(RepaymentCause.COST, NOTHING)),
        max(NOTHING, (row.ahead or NOTHING) - back.get(RepaymentCause.ADVANCE, NOTHING)),
    )


def _match_entries(award: Award, before: datetime | None) -> QuerySet[MatchEntry]:
    rows = MatchEntry.objects.filter(award=award)
    return rows if before is None else rows.filter(at__lt=before)


def _net(account: str, only: Q | None = None) -> Sum:
    moved = Case(When(target=account, then=F("amount")), When(source=account, then=-F("amount")))
    return Sum(moved, filter=only)


def _granted() -> Case:
    return Case(When(approved=None, then=F("asked")), default=F("approved"))
