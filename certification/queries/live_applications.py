"""Whether an application of a group is under way."""

from __future__ import annotations

from certification.models import Application, ClusterGroup
from certification.rules.states import LIVE
from kit.refusals import Refusal

APPLICATION_IS_LIVE = Refusal(
    "application_is_live",
    "An application of this group is under way, so its cluster, region and agency stand still. "
    "Withdraw the application first, or wait for the decision.",
)


def region_is_fixed(group: ClusterGroup) -> Refusal | None:
    """Say why cluster and region cannot be changed now."""
    is_live = Application.objects.filter(group=group, state__in=LIVE).exists()
    return APPLICATION_IS_LIVE if is_live else None


def was_submitted(group: ClusterGroup) -> bool:
    """Whether officers have work with this group."""
    return Application.objects.filter(group=group, submitted_at__isnull=False).exists()
