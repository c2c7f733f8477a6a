"""Readiness for a page: none where no data are published yet."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from certification.models import ClusterGroup
from certification.queries.readiness import Readiness, readiness
from mapping.queries.basis import NoBasis, current_basis


def readiness_of(group: ClusterGroup, at: datetime) -> Readiness | None:
    """Return where a group stands today, or None while there are no data to judge by."""
    try:
        basis = current_basis()
    except NoBasis:
        return None
    return readiness(group, basis, at.astimezone(ZoneInfo(group.agency.time_zone)).date())
