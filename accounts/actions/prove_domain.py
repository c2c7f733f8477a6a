"""Prove that an e-mail domain is the organization's: by a code, or by an agency administrator."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.actions.queue_account_mail import queue_account_mail, write_account_mail
from accounts.actions.review_duplicates import open_review
from accounts.models import Organization, OrganizationDomain
from accounts.rules.belonging import (
    ADMINISTRATIVE_MAILBOXES,
    CODE_ATTEMPTS,
    CODE_LIFE,
    CODE_SPENT,
    NO_SUCH_CODE,
    domain_refusal,
)
from accounts.rules.duplicates import Ground
from kit.refusals import NOT_FOUND, Refusal, Refused, refuse
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@transaction.atomic
def claim_domain(
    *, actor: Actor, at: datetime, organization: Organization, domain: str, mailbox: str
) -> OrganizationDomain:
    """Name a domain and send a code to a mailbox of it; naming it again sends a new code.

    Raises:
        Refused: ``domain_shape``, ``open_mail``, ``mailbox_unknown``, ``domain_proven``.
    """
    refusal = domain_refusal(domain)
    if refusal is not None:
        raise Refused(refusal)
    if mailbox not in ADMINISTRATIVE_MAILBOXES:
        raise refuse("mailbox_unknown", "Choose one of the mailboxes from the list.")
    row = _row(actor, at, organization, domain)
    if row.proven_at is not None:
        raise refuse("domain_proven", "This domain is proved already.")
    code = f"{secrets.randbelow(10**8):08}"
    row.sent_to, row.code_digest = f"{mailbox}@{domain}", _digest(row, code)
    row.code_until, row.attempts = at + CODE_LIFE, 0
    row.save()
    context = {"organization": organization, "domain": domain, "code": code, "asker": actor.name}
    mail = write_account_mail("accounts/mail/domain_code", address=row.sent_to, context=context)
    queue_account_mail(at=at, mail=mail, case=organization.case)
    facts = {"domain": domain, "sent_to": row.sent_to}
    record_entry(case=organization.case, actor=actor, at=at, verb="claim_domain", facts=facts)
    return row


def prove_domain(
    *, actor: Actor, at: datetime, organization: Organization, domain: str, code: str
) -> OrganizationDomain:
    """Take the code that was sent. A wrong one is counted even though the act is refused.

    Raises:
        Refused: ``not_found``, ``wrong_code``, ``code_spent``, ``domain_taken``.
    """
    with transaction.atomic():
        row = _locked(organization, domain)
        refusal = _code_refusal(row, at, code)
        if refusal is None:
            proven = _prove(actor, at, row)
        else:
            row.attempts += 1
            row.save(update_fields=["attempts"])
    if refusal is not None:
        raise Refused(refusal)
    return _or_taken(at, row, is_proven=proven)


def confirm_domain(
    *, actor: Actor, at: datetime, organization: Organization, domain: str, reason: str
) -> OrganizationDomain:
    """Confirm a domain as an administrator of an agency, with a reason on the trail.

    Raises:
        Refused: ``domain_shape``, ``open_mail``, ``no_reason``, ``domain_taken``.
    """
    refusal = domain_refusal(domain)
    if refusal is not None:
        raise Refused(refusal)
    if not reason.strip():
        raise refuse("no_reason", "Say how you know that the domain is theirs.")
    with transaction.atomic():
        row = _row(actor, at, organization, domain)
        proven = row.proven_at is not None or _prove(actor, at, row, reason.strip())
    return _or_taken(at, row, is_proven=proven)


@transaction.atomic
def end_domain(*, actor: Actor, at: datetime, organization: Organization, domain: str) -> None:
    """Give a domain up: nobody joins by it from now on; who belongs stays.

    Raises:
        Refused: ``not_found``.
    """
    row = _locked(organization, domain)
    row.ended_at, row.code_digest = at, ""
    row.save(update_fields=["ended_at", "code_digest"])
    facts = {"domain": row.domain}
    record_entry(case=row.organization.case, actor=actor, at=at, verb="end_domain", facts=facts)


def _row(actor: Actor, at: datetime, organization: Organization, domain: str) -> OrganizationDomain:
    rows = OrganizationDomain.objects.select_for_update(of=("self",))
    row, _ = rows.select_related("organization__case").get_or_create(
        organization=organization,
        domain=domain,
        ended_at=None,
        defaults={"claimed_at": at, "claimed_by": str(actor)},
    )
    return row


def _locked(organization: Organization, domain: str) -> OrganizationDomain:
    rows = OrganizationDomain.objects.select_for_update(of=("self",))
    row = (
        rows.select_related("organization__case")
        .filter(organization=organization, domain=domain, ended_at=None)
        .first()
    )
    if row is None:
        raise refuse(NOT_FOUND, "The organization has not named this domain.")
    return row


def _code_refusal(row: OrganizationDomain, at: datetime, code: str) -> Refusal | None:
    is_open = row.code_until is not None and row.code_until > at and row.code_digest
    if not is_open or row.attempts >= CODE_ATTEMPTS or row.proven_at is not None:
        return CODE_SPENT
    is_right = constant_time_compare(_digest(row, "".join(code.split())), row.code_digest)
    return None if is_right else NO_SUCH_CODE


def _prove(actor: Actor, at: datetime, row: OrganizationDomain, reason: str = "") -> bool:
    """Write the proof; False when another organization was there first."""
    row.proven_at, row.proven_by, row.code_digest = at, str(actor), ""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "organization_domain_proven_once" not in str(error):
            raise
        return False
    facts = {"domain": row.domain, "sent_to": "" if reason else row.sent_to, "reason": reason}
    record_entry(case=row.organization.case, actor=actor, at=at, verb="prove_domain", facts=facts)
    return True


def _or_taken(at: datetime, row: OrganizationDomain, *, is_proven: bool) -> OrganizationDomain:
    """Let a person look at two organizations that both proved one domain."""
    if is_proven:
        return row
    holder = OrganizationDomain.objects.get(
        domain=row.domain, ended_at=None, proven_at__isnull=False
    )
    open_review(at=at, pair=(row.organization, holder.organization), grounds=[Ground.DOMAIN])
    raise refuse(
        "domain_taken",
        "Another organization has proved this domain. An officer looks at both of them.",
    )


def _digest(row: OrganizationDomain, code: str) -> str:
    salt = f"organization domain {row.pk}"
    return salted_hmac(salt, code, algorithm="sha256").hexdigest()
