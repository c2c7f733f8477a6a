"""Somebody leaves: the account closes, what was done stays provable."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.actions.grant_agency_role import end_agency_role
from accounts.actions.join_organization import leave_organization
from accounts.actions.note_session import end_sessions
from accounts.actions.queue_account_mail import queue_account_mail, write_account_mail
from accounts.models import (
    AddressChange,
    AgencyRole,
    LinkedIdentity,
    OrganizationRole,
    SavedView,
    User,
)
from accounts.queries.duties import duties_of
from accounts.registry import belongings
from kit.refusals import refuse
from trail.actions.erase_notes import erase_personal_notes
from trail.actions.open_case import open_case
from trail.actions.record_entry import record_entry
from trail.actors import Actor

CLOSED_NAME = "Closed account"


@transaction.atomic
def close_account(*, actor: Actor, at: datetime, user: User) -> User:
    """End what the person holds, free the address, erase what the law does not keep.

    Side effects: every sign-in ends; a letter goes to the address that was held.

    Raises:
        Refused: ``duties_first``: somebody depends on the person; ``already_closed``.
    """
    row = User.objects.select_for_update().get(pk=user.pk)
    if not row.is_active:
        raise refuse("already_closed", "This account is closed already.")
    duties = duties_of(row)
    if duties:
        raise refuse("duties_first", " ".join(duties))
    was_officer = AgencyRole.objects.filter(user=row).exists()
    _leave_everything(actor, at, row)
    _say_goodbye(at, row)
    case = open_case(actor=actor, at=at, kind="account", prefix="AC")
    facts = {"person": f"user:{row.pk}", "was_officer": was_officer}
    record_entry(case=case, actor=actor, at=at, verb="close_account", facts=facts)
    if not was_officer:  # names under official acts are public records
        erase_personal_notes(person=f"user:{row.pk}", key=row.pk)
    _empty(row, at)
    return row


def _leave_everything(actor: Actor, at: datetime, user: User) -> None:
    for one in belongings():
        if one.leave is not None:
            one.leave(actor, at, user)
    for office in AgencyRole.objects.filter(user=user, until=None).select_related("agency"):
        end_agency_role(actor=actor, at=at, role=office)
    for membership in OrganizationRole.objects.filter(user=user, until=None):
        leave_organization(actor=actor, at=at, role=membership)


def _say_goodbye(at: datetime, user: User) -> None:
    context = {"person": user.name, "address": user.email}
    mail = write_account_mail("accounts/mail/account_closed", address=user.email, context=context)
    queue_account_mail(at=at, mail=mail)


def _empty(user: User, at: datetime) -> None:
    EmailAddress.objects.filter(user=user).delete()
    AddressChange.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    LinkedIdentity.objects.filter(user=user).delete()
    SavedView.objects.filter(user=user).delete()
    end_sessions(user=user, at=at)
    user.email = f"closed-{user.pk}@account.invalid"
    user.name, user.title, user.is_active = CLOSED_NAME, "", False
    user.set_unusable_password()
    user.save(update_fields=["email", "name", "title", "is_active", "password"])
