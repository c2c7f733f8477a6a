"""Put firms and institutions on the roster and ask each to confirm."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.queries.look_of_names import skeleton_of
from accounts.rules.names import name_key
from certification.actions.issue_link import issue_link, schedule_expiry
from certification.actions.lock_group import lock_group
from certification.models import ClusterGroup, Participant
from certification.models.roster import LISTED_STATES
from certification.rules.roster_entry import RosterEntry
from kit.refusals import refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@transaction.atomic
def invite_participants(
    *, actor: Actor, at: datetime, group: ClusterGroup, entries: Sequence[RosterEntry], key: str
) -> list[Participant]:
    """Add all of them and write to each, or none at all.

    Raises:
        Refused: ``already_listed`` when a name is on the roster or twice among the entries.
    """
    body = f"{group.pk}:{list(entries)!r}"
    claim = claim_key(actor=actor, at=at, key=key, verb="invite_participants", body=body)
    if claim.result_reference:
        return _earlier(group, claim.result_reference)
    locked = lock_group(group.pk)
    _refuse_doubles(locked, entries)
    added = [_add(locked, entry, actor, at) for entry in entries]
    schedule_expiry(locked)
    facts = {"participants": [row.pk for row in added], "names": [str(row) for row in added]}
    verb = "invite_participants"
    record_entry(case=locked.case, actor=actor, at=at, verb=verb, facts=facts)
    if added:
        settle_key(claim, f"{added[0].pk}-{added[-1].pk}")
    return added


def participant_values(entry: RosterEntry) -> dict[str, object]:
    """Return the columns that an entry fills."""
    return {
        "kind": entry.kind,
        "organization_name": entry.organization_name,
        "name_key": name_key(entry.organization_name),
        "skeleton_key": skeleton_of(entry.organization_name),
        "uei": entry.place.uei,
        "county_fips": entry.place.county_fips,
        "naics": entry.place.naics,
        "contact_name": entry.contact.name,
        "contact_email": entry.contact.email,
        "firm_role": entry.firm_role,
        "role_note": entry.role_note,
        "size_class": entry.size_class,
        "employees": entry.employees,
        "receipts_band": entry.receipts_band,
        "corporate_family": entry.corporate_family,
        "institution_kinds": list(entry.institution_kinds),
        "votes": entry.votes,
    }


def _add(group: ClusterGroup, entry: RosterEntry, actor: Actor, at: datetime) -> Participant:
    values = participant_values(entry)
    participant = Participant.objects.create(group=group, added_at=at, **values)
    issue_link(actor=actor, at=at, group=group, addressee=participant)
    return participant


def _refuse_doubles(group: ClusterGroup, entries: Sequence[RosterEntry]) -> None:
    listed = group.participants.filter(state__in=LISTED_STATES)
    known = set(listed.values_list("name_key", flat=True))
    for entry in entries:
        one = name_key(entry.organization_name)
        if one in known:
            raise refuse("already_listed", f"{entry.organization_name} is already on the roster.")
        known.add(one)


def _earlier(group: ClusterGroup, reference: str) -> list[Participant]:
    first, _, last = reference.partition("-")
    return list(group.participants.filter(pk__range=(int(first), int(last))).order_by("pk"))
