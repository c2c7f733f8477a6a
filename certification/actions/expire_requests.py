"""Close requests whose time to answer has passed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.actions.issue_link import schedule_expiry
from certification.actions.lock_group import lock_group
from certification.models import ClusterGroup
from certification.queries.addressees import Addressee, kind_of
from trail.actions.record_entry import record_entry
from trail.actors import SYSTEM
from trail.models import Case


@transaction.atomic
def expire_requests(case: Case, at: datetime) -> None:
    """Close what ran out by then, and come back for the next.

    Called by the sweep of deadlines; safe to run twice.
    """
    group = lock_group(ClusterGroup.objects.only("pk").get(case=case).pk)
    for addressee in (*_ran_out(group, "participants", at), *_ran_out(group, "commitments", at)):
        _close(group, addressee, at)
    schedule_expiry(group)


def _ran_out(group: ClusterGroup, who: str, at: datetime) -> list[Addressee]:
    rows = getattr(group, who).filter(
        invitations__used_at=None,
        invitations__closed_at=None,
        invitations__sent_at__isnull=False,
        invitations__expires_at__lte=at,
    )
    return list(rows.distinct())


def _close(group: ClusterGroup, addressee: Addressee, at: datetime) -> None:
    kind = kind_of(addressee)
    addressee.invitations.filter(used_at=None, closed_at=None).update(closed_at=at)
    addressee.state = kind.machine.move(kind.states(addressee.state), "expire")
    addressee.save(update_fields=["state"])
    facts = {kind.name: addressee.pk, "name": str(addressee)}
    record_entry(case=group.case, actor=SYSTEM, at=at, verb=f"expire_{kind.name}", facts=facts)
