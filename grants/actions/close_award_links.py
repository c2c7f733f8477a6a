"""Close personal links of givers during an award."""

from __future__ import annotations

from datetime import datetime

from grants.models import AwardGiverLink, Contribution, Pledge


def close_links_of_contribution(contribution: Contribution, at: datetime) -> None:
    """Close the open link of a contribution. Runs inside an act."""
    rows = AwardGiverLink.objects.filter(contribution=contribution)
    rows.filter(used_at=None, closed_at=None).update(closed_at=at)


def close_links_of_pledge(pledge: Pledge, at: datetime) -> None:
    """Close the open link of a promise. Runs inside an act."""
    rows = AwardGiverLink.objects.filter(pledge=pledge)
    rows.filter(used_at=None, closed_at=None).update(closed_at=at)
