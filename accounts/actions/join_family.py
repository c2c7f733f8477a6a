"""Say that an organization belongs to another one; either side may end it."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from accounts.models import Organization
from accounts.models.organizations import FAMILY_LOCK
from accounts.queries.organizations import family_links
from accounts.rules.organizations import parent_refusal
from kit.refusals import Refused
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@transaction.atomic
def join_family(
    *, actor: Actor, at: datetime, organization: Organization, parent: Organization, key: str
) -> Organization:
    """Name the parent; it stands on the trail of both, and the parent may end it.

    Raises:
        Refused: ``own_parent``, ``family_circle``, ``family_too_deep``.
    """
    body = f"{organization.pk}:{parent.pk}"
    claim = claim_key(actor=actor, at=at, key=key, verb="join_family", body=body)
    # One change of families at a time: two that are each right alone could make a circle.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FAMILY_LOCK])
    row = _locked(organization)
    if claim.result_reference:
        return row
    refusal = parent_refusal(row.pk, parent.pk, family_links())
    if refusal is not None:
        raise Refused(refusal)
    row.parent = parent
    row.save(update_fields=["parent"])
    _tell("join_family", actor, at, row, parent)
    settle_key(claim, row.case.reference)
    return row


@transaction.atomic
def leave_family(
    *, actor: Actor, at: datetime, organization: Organization, key: str
) -> Organization:
    """End that an organization belongs to its parent; without a parent nothing happens."""
    body = str(organization.pk)
    claim = claim_key(actor=actor, at=at, key=key, verb="leave_family", body=body)
    row = _locked(organization)
    parent = row.parent
    if claim.result_reference or parent is None:
        return row
    row.parent = None
    row.save(update_fields=["parent"])
    _tell("leave_family", actor, at, row, parent)
    settle_key(claim, row.case.reference)
    return row


def _locked(organization: Organization) -> Organization:
    rows = Organization.objects.select_for_update(of=("self",))
    return rows.select_related("case", "parent__case").get(pk=organization.pk)


def _tell(verb: str, actor: Actor, at: datetime, row: Organization, parent: Organization) -> None:
    facts = {"organization": row.case.reference, "parent": parent.case.reference}
    # Chains are locked in the order of their keys, so that two acts never wait for each other.
    for case in sorted((row.case, parent.case), key=lambda one: one.pk):
        record_entry(case=case, actor=actor, at=at, verb=verb, facts=facts)
