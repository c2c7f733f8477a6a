"""Join by the domain of a verified address, or ask the administrators."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.actions.queue_account_mail import queue_account_mail, write_account_mail
from accounts.models import JoinRequest, Organization, OrganizationRole, User
from accounts.queries.belonging import open_to
from kit.refusals import refuse
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@transaction.atomic
def join_by_domain(
    *, actor: Actor, at: datetime, organization: Organization, user: User
) -> OrganizationRole:
    """Become a member, never an administrator, by a verified address of a proved domain.

    Raises:
        Refused: ``no_domain``: no verified address of the person has a proved domain.
    """
    row = _locked(organization)
    held = row.roles.filter(user=user, until=None).first()
    if held is not None:
        return held
    if not open_to(user).filter(pk=row.pk).exists():
        raise refuse(
            "no_domain",
            "None of your confirmed addresses has a domain of this organization. "
            "Ask its administrators instead.",
        )
    role = OrganizationRole.objects.create(organization=row, user=user, since=at)
    row.join_requests.filter(user=user, answered_at=None).update(
        answered_at=at, answered_by=str(actor), is_accepted=True
    )
    facts = {"by": "domain"}
    record_entry(case=row.case, actor=actor, at=at, verb="join_organization", facts=facts)
    return role


@transaction.atomic
def ask_to_join(
    *, actor: Actor, at: datetime, organization: Organization, user: User, words: str
) -> JoinRequest:
    """Ask the administrators; asking again changes nothing.

    Raises:
        Refused: ``already_member``, ``merged``.
    """
    row = _locked(organization)
    if row.superseded_by_id is not None:
        raise refuse("merged", "This organization is kept under another name now.")
    if row.roles.filter(user=user, until=None).exists():
        raise refuse("already_member", "You belong to this organization already.")
    request, is_new = JoinRequest.objects.get_or_create(
        organization=row, user=user, answered_at=None, defaults={"words": words, "asked_at": at}
    )
    if is_new:
        record_entry(case=row.case, actor=actor, at=at, verb="ask_to_join")
        for role in row.roles.filter(is_administrator=True, until=None).select_related("user"):
            _write(at, row, role.user.email, "asked_to_join", {"asker": user, "words": words})
    return request


@transaction.atomic
def answer_join_request(
    *, actor: Actor, at: datetime, request: JoinRequest, is_accepted: bool
) -> JoinRequest:
    """Let somebody in, or not, and write to them.

    Raises:
        Refused: ``already_answered``.
    """
    organization = _locked(request.organization)
    row = organization.join_requests.select_related("user").get(pk=request.pk)
    if row.answered_at is not None:
        raise refuse("already_answered", "Somebody has answered this request already.")
    row.answered_at, row.answered_by, row.is_accepted = at, str(actor), is_accepted
    row.save(update_fields=["answered_at", "answered_by", "is_accepted"])
    if is_accepted:
        OrganizationRole.objects.get_or_create(
            organization=organization, user=row.user, until=None, defaults={"since": at}
        )
    verb = "let_in" if is_accepted else "turn_down"
    facts = {"person": f"user:{row.user_id}"}
    personal = {"person_name": str(row.user)}
    record_entry(
        case=organization.case, actor=actor, at=at, verb=verb, facts=facts, personal=personal
    )
    _write(at, organization, row.user.email, "join_answer", {"is_accepted": is_accepted})
    return row


def _write(
    at: datetime, organization: Organization, address: str, letter: str, context: dict[str, object]
) -> None:
    words = {"organization": organization, **context}
    mail = write_account_mail(f"accounts/mail/{letter}", address=address, context=words)
    queue_account_mail(at=at, mail=mail, case=organization.case)


def _locked(organization: Organization) -> Organization:
    rows = Organization.objects.select_for_update(of=("self",)).select_related("case")
    return rows.get(pk=organization.pk)
