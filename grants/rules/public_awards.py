"""An award as the public reads it: a snapshot of what was promised, to whom, for what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

KIND_AWARD = "award"


@dataclass(frozen=True, slots=True)
class PublicLine:
    """A line of the approved budget in words."""

    category: str
    federal: Decimal
    match: Decimal


@dataclass(frozen=True, slots=True)
class PublicAward:
    """What everybody may read of an award; no person, no giver, no specific condition.

    A condition speaks of what was found about the recipient; it is told to the recipient.
    """

    reference: str
    number: str
    title: str
    summary: str
    recipient: str
    cluster: str
    region: str
    agency: str
    opportunity_number: str
    competition: str
    competition_title: str
    listing_number: str
    federal: Decimal
    match: Decimal
    share: str
    starts_on: date
    ends_on: date
    accepted_at: datetime
    lines: Sequence[PublicLine]


def award_snapshot(award: PublicAward) -> dict[str, Any]:
    """Return the snapshot that two persons make public."""
    texts = (
        "reference",
        "number",
        "title",
        "summary",
        "recipient",
        "cluster",
        "region",
        "agency",
        "opportunity_number",
        "competition",
        "competition_title",
        "listing_number",
        "share",
    )
    return {
        **{name: getattr(award, name) for name in texts},
        "federal": str(award.federal),
        "match": str(award.match),
        "total": str(award.federal + award.match),
        "starts_on": award.starts_on.isoformat(),
        "ends_on": award.ends_on.isoformat(),
        "accepted_at": award.accepted_at.isoformat(),
        "lines": [
            {"category": one.category, "federal": str(one.federal), "match": str(one.match)}
            for one in award.lines
        ],
    }
