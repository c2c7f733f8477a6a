"""Readiness for a page: none where the published data do not hold the group's cluster."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from certification.models import ClusterGroup
from certification.queries.readiness import Readiness, readiness
from kit.refusals import Refused
from mapping.queries.basis import current_basis


def readiness_of(group: ClusterGroup, at: datetime) -> Readiness | None:
    """Return where a group stands today, or None while there are no data to judge it by."""
    on = at.astimezone(ZoneInfo(group.agency.time_zone)).date()
    try:
        return readiness(group, current_basis(), on)
    except Refused:
        return None
