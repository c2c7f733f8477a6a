"""Awards as lists: those of an officer's agencies, those of a person's groups."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet, Sum

from certification.models import GroupSeat
from grants.models import Award, BudgetLine, ConflictEdge, Proposal, SelectedCase
from grants.queries.conflicts import BARRING
from grants.rules.award_states import AwardState
from grants.rules.shares import share_words
from grants.rules.states import CompetitionState, ProposalState

SORTS = {
    "title": "title",
    "group": "group__name",
    "state": "state",
    "amount": "federal_amount",
    "ends": "ends_on",
}
LIST_WITH = ("case", "agency", "group__case")
SHOWN_TO_GROUP = (
    AwardState.OFFERED,
    AwardState.ACCEPTED,
    AwardState.DECLINED,
    AwardState.WITHDRAWN,
)


def awards_of_agencies(
    agencies: Iterable[int],
    user: int,
    *,
    state_in: Iterable[str] = (),
    search: str = "",
    sort: str = "title",
) -> QuerySet[Award]:
    """Return the awards that an officer may see: none of a proposal hidden from this person."""
    rows = Award.objects.filter(agency__in=agencies).select_related(*LIST_WITH)
    rows = rows.exclude(selected__proposal__in=hidden_proposals(user))
    if state_in:
        rows = rows.filter(state__in=list(state_in))
    if search:
        found = rows.filter(title__icontains=search) | rows.filter(number__icontains=search)
        rows = found | rows.filter(group__name__icontains=search)
    key = sort.removeprefix("-")
    column = SORTS.get(key, "title")
    return rows.order_by(f"-{column}" if sort.startswith("-") else column, "pk")


def awards_of_person(user: int) -> QuerySet[Award]:
    """Return the offered awards of the groups in which a person holds a seat, the newest first."""
    seats = GroupSeat.objects.filter(user_id=user, until=None).values("group")
    rows = Award.objects.filter(group__in=seats, state__in=SHOWN_TO_GROUP)
    return rows.select_related(*LIST_WITH).order_by("-offered_at", "-pk")


def awardable(agencies: Iterable[int], user: int) -> QuerySet[SelectedCase]:
    """Return the selected proposals of announced competitions that an officer may know of."""
    rows = SelectedCase.objects.filter(
        is_selected=True,
        proposal__state=ProposalState.SELECTED,
        proposal__competition__state=CompetitionState.ANNOUNCED,
        proposal__competition__agency__in=agencies,
    ).exclude(proposal__in=hidden_proposals(user))
    return rows.select_related(
        "proposal__case", "proposal__group", "proposal__competition__agency"
    ).order_by("proposal__competition", "pk")


def budget_of(award: Award) -> dict[str, object]:
    """Return the lines of the approved budget and their sums."""
    lines = list(BudgetLine.objects.filter(award=award))
    sums = BudgetLine.objects.filter(award=award).aggregate(
        federal=Sum("federal"), match=Sum("match")
    )
    federal, match = (sums[name] or Decimal(0) for name in ("federal", "match"))
    rows = [
        {
            "words": one.get_category_display(),
            "federal": one.federal,
            "match": one.match,
            "total": one.federal + one.match,
        }
        for one in lines
    ]
    share = Fraction(award.federal_share_numerator, award.federal_share_denominator)
    return {
        "lines": rows,
        "federal": federal,
        "match": match,
        "total": federal + match,
        "share": share_words(share),
    }


def hidden_proposals(user: int) -> QuerySet[Proposal]:
    """Return what a member of staff must not see: their own group's, and those they are tied to."""
    seats = GroupSeat.objects.filter(user_id=user).values("group")
    tied = ConflictEdge.objects.filter(BARRING, user_id=user).values("proposal")
    return Proposal.objects.filter(group__in=seats) | Proposal.objects.filter(pk__in=tied)
