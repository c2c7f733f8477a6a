"""A contribution as somebody writes it down, for tests of actions."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from grants.actions.record_contribution import GiftDraft, PaperDraft
from grants.rules.match.states import ContributionKind, Origin, SourceKind


def draft(pledge, number="CHK-1", amount="10,000.00", **changes):
    """10,000 in cash, by a check; ``paper`` changes the paper, other words the rest."""
    day = pledge.award.starts_on + timedelta(days=10)
    paper = PaperDraft(
        kind=SourceKind.PAYMENT,
        number=number,
        dated_on=day,
        amount=Decimal(10_000),
        origin=Origin.PRIVATE,
    )
    paper = replace(paper, **changes.pop("paper", {}))
    gift = GiftDraft(
        kind=ContributionKind.CASH,
        category="personnel",
        description="Pay of two planners",
        given_from=day,
        given_through=day,
        figures={"amount": amount},
        paper=paper,
    )
    return replace(gift, **changes)
