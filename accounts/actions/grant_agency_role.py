"""An agency administrator gives and ends roles; both are on the agency's trail."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import Agency, AgencyRole, User
from accounts.rules.duties import role_may_be_granted, role_may_end
from accounts.rules.roles import AgencyRoleKind
from kit.refusals import Refused, refuse
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@transaction.atomic
def grant_agency_role(
    *, actor: Actor, at: datetime, agency: Agency, user: User, role: AgencyRoleKind
) -> AgencyRole:
    """Give somebody a role of the agency from now on.

    Raises:
        Refused: ``own_role``, ``role_held``, ``auditor_stands_alone``.
    """
    agency = _locked(agency)
    held = [
        AgencyRoleKind(kind)
        for kind in agency.roles.filter(user=user, until=None).values_list("role", flat=True)
    ]
    refusal = role_may_be_granted(
        granter=str(actor), receiver=f"user:{user.pk}", wanted=role, held=held
    )
    if refusal is not None:
        raise Refused(refusal)
    row = AgencyRole.objects.create(
        agency=agency, user=user, role=role, since=at, granted_by=str(actor)
    )
    _tell("grant_role", actor, at, row)
    return row


@transaction.atomic
def end_agency_role(*, actor: Actor, at: datetime, role: AgencyRole) -> AgencyRole:
    """End a role now; what was done under it stays as it was.

    Raises:
        Refused: ``already_ended``, ``last_administrator``.
    """
    agency = _locked(role.agency)
    row = AgencyRole.objects.select_related("user", "agency__case").get(pk=role.pk)
    if row.until is not None:
        raise refuse("already_ended", "This role has already ended.")
    administrators = agency.roles.filter(role=AgencyRoleKind.ADMINISTRATOR, until=None).count()
    refusal = role_may_end(role=AgencyRoleKind(row.role), administrators=administrators)
    if refusal is not None:
        raise Refused(refusal)
    row.until = at
    row.save(update_fields=["until"])
    _tell("end_role", actor, at, row)
    return row


def _locked(agency: Agency) -> Agency:
    return Agency.objects.select_for_update(of=("self",)).select_related("case").get(pk=agency.pk)


def _tell(verb: str, actor: Actor, at: datetime, row: AgencyRole) -> None:
    record_entry(
        case=row.agency.case,
        actor=actor,
        at=at,
        verb=verb,
        facts={"role": row.role, "person": f"user:{row.user_id}"},
        personal={"person_name": str(row.user)},
    )
