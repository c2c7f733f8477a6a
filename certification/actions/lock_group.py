"""The first step of every act on a group: its row is locked."""

from __future__ import annotations

from certification.models import ClusterGroup


def lock_group(pk: int) -> ClusterGroup:
    """Return the group, locked until the transaction ends."""
    return ClusterGroup.objects.select_for_update(of=("self",)).select_related("case").get(pk=pk)
