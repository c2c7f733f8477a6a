"""Invite to an organization, answer, leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from accounts.actions.queue_account_mail import queue_account_mail, write_account_mail
from accounts.models import Organization, OrganizationInvitation, OrganizationRole, User
from accounts.rules.duties import member_may_leave
from kit.refusals import NOT_FOUND, Refused, refuse
from trail.actions.record_entry import record_entry
from trail.actors import Actor

OPEN_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Invitee:
    """Whom an administrator asks to join."""

    email: str
    is_administrator: bool = False


@transaction.atomic
def invite_to_organization(
    *, actor: Actor, at: datetime, organization: Organization, invitee: Invitee
) -> OrganizationInvitation:
    """Ask an address to join; a second invitation renews the first.

    Raises:
        Refused: ``already_member``.
    """
    organization = _locked(organization)
    email = invitee.email.lower()
    if organization.roles.filter(user__email__iexact=email, until=None).exists():
        raise refuse("already_member", "This person already belongs to the organization.")
    invitation, _ = OrganizationInvitation.objects.update_or_create(
        organization=organization,
        email=email,
        answered_at=None,
        defaults={
            "is_administrator": invitee.is_administrator,
            "invited_by": str(actor),
            "invited_at": at,
            "expires_at": at + OPEN_FOR,
        },
    )
    record_entry(
        case=organization.case,
        actor=actor,
        at=at,
        verb="invite_member",
        facts={"as_administrator": invitee.is_administrator},
        personal={"email": email},
    )
    context = {"organization": organization, "invitation": invitation, "inviter": actor.name}
    mail = write_account_mail("accounts/mail/join_organization", address=email, context=context)
    queue_account_mail(at=at, mail=mail, case=organization.case)
    return invitation


@transaction.atomic
def answer_organization_invitation(
    *,
    actor: Actor,
    at: datetime,
    invitation: OrganizationInvitation,
    user: User,
    is_accepted: bool,
) -> OrganizationInvitation:
    """Join or decline, by the person whose verified address was invited.

    Raises:
        Refused: ``already_answered``, ``expired``.
    """
    organization = _locked(invitation.organization)
    row = OrganizationInvitation.objects.get(pk=invitation.pk)
    if row.answered_at is not None:
        raise refuse("already_answered", "This invitation was already answered.")
    if row.expires_at <= at:
        raise refuse("expired", "This invitation has expired. Ask for a new one.")
    row.answered_at, row.is_accepted = at, is_accepted
    row.save(update_fields=["answered_at", "is_accepted"])
    if is_accepted:
        OrganizationRole.objects.get_or_create(
            organization=organization,
            user=user,
            until=None,
            defaults={"is_administrator": row.is_administrator, "since": at},
        )
    verb = "join_organization" if is_accepted else "decline_organization"
    record_entry(case=organization.case, actor=actor, at=at, verb=verb)
    return row


@transaction.atomic
def leave_organization(*, actor: Actor, at: datetime, role: OrganizationRole) -> None:
    """End a membership: by the member, or by an administrator of the organization.

    Raises:
        Refused: ``last_administrator``, or ``not_found`` when it has ended already.
    """
    organization = _locked(role.organization)
    row = organization.roles.select_related("user").filter(pk=role.pk, until=None).first()
    if row is None:
        raise refuse(NOT_FOUND, "This membership has ended.")
    refusal = member_may_leave(
        is_administrator=row.is_administrator,
        administrators=organization.roles.filter(is_administrator=True, until=None).count(),
    )
    if refusal is not None:
        raise Refused(refusal)
    row.until = at
    row.save(update_fields=["until"])
    record_entry(
        case=organization.case,
        actor=actor,
        at=at,
        verb="end_membership",
        facts={"person": f"user:{row.user_id}"},
        personal={"person_name": str(row.user)},
    )


def _locked(organization: Organization) -> Organization:
    rows = Organization.objects.select_for_update(of=("self",)).select_related("case")
    return rows.get(pk=organization.pk)
