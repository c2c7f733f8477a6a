"""Sign in with another e-mail address: asked, proved by a code sent there, done."""

from __future__ import annotations

import secrets
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.actions.note_session import end_sessions
from accounts.actions.queue_account_mail import queue_account_mail, write_account_mail
from accounts.models import AddressChange, User
from accounts.queries.addresses import asks_within_window, holds_account
from accounts.rules.address_change import (
    CODE_ATTEMPTS,
    CODE_LIFE,
    NOTHING_ASKED,
    TAKEN_MEANWHILE,
    ask_refusal,
)
from accounts.rules.belonging import CODE_SPENT, NO_SUCH_CODE
from kit.refusals import Refusal, Refused
from trail.actions.open_case import open_case
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@transaction.atomic
def ask_address_change(*, actor: Actor, at: datetime, user: User, address: str) -> AddressChange:
    """Send a code to the new address; asking again drops what was asked before.

    An address that an account has already is answered alike: only its mailbox is told.

    Raises:
        Refused: ``same_address``, ``too_many_asks``.
    """
    row = User.objects.select_for_update().get(pk=user.pk)
    wanted = User.objects.normalize_email(address).lower()
    by_person, to_address = asks_within_window(row, wanted, at)
    refusal = ask_refusal(
        current=row.email, wanted=wanted, asks_by_person=by_person, asks_to_address=to_address
    )
    if refusal is not None:
        raise Refused(refusal)
    _drop(row, at)
    case = open_case(actor=actor, at=at, kind="account", prefix="AC")
    change = AddressChange(
        case=case,
        user=row,
        old_address=row.email,
        new_address=wanted,
        asked_at=at,
        code_until=at + CODE_LIFE,
    )
    code = f"{secrets.randbelow(10**8):08}"
    change.code_digest = _digest(change, code)
    change.save()
    _write_to_new(at, change, code)
    _note(actor, at, change, "ask_address_change")
    return change


def confirm_address_change(
    *, actor: Actor, at: datetime, user: User, code: str, keep: str
) -> AddressChange:
    """Take the code. A wrong one is counted even though the act is refused.

    Side effects: every sign-in but the one that asks ends; the old address is told.

    Args:
        actor: Who enters it.
        at: When.
        user: Whose address changes.
        code: As typed.
        keep: Key of the sign-in that stays.

    Raises:
        Refused: ``nothing_asked``, ``wrong_code``, ``code_spent``, ``address_taken``.
    """
    with transaction.atomic():
        row = User.objects.select_for_update().get(pk=user.pk)
        change = _waiting(row)
        refusal = _code_refusal(change, at, code) or _take(row, change)
        if refusal is None:
            _finish(actor, at, change, keep)
        elif refusal is NO_SUCH_CODE:
            change.attempts += 1
            change.save(update_fields=["attempts"])
    if refusal is not None:
        raise Refused(refusal)
    return change


@transaction.atomic
def drop_address_change(*, actor: Actor, at: datetime, user: User) -> None:
    """Keep the address as it is: the code that was sent works no more.

    Raises:
        Refused: ``nothing_asked``.
    """
    row = User.objects.select_for_update().get(pk=user.pk)
    change = _waiting(row)
    _drop(row, at)
    _note(actor, at, change, "drop_address_change")


def _waiting(user: User) -> AddressChange:
    rows = AddressChange.objects.select_for_update(of=("self",)).select_related("case")
    change = rows.filter(user=user, done_at=None, dropped_at=None).first()
    if change is None:
        raise Refused(NOTHING_ASKED)
    return change


def _drop(user: User, at: datetime) -> None:
    waiting = AddressChange.objects.filter(user=user, done_at=None, dropped_at=None)
    waiting.update(dropped_at=at, code_digest="")


def _code_refusal(change: AddressChange, at: datetime, code: str) -> Refusal | None:
    if change.code_until <= at or change.attempts >= CODE_ATTEMPTS:
        return CODE_SPENT
    is_right = constant_time_compare(_digest(change, "".join(code.split())), change.code_digest)
    return None if is_right else NO_SUCH_CODE


def _take(user: User, change: AddressChange) -> Refusal | None:
    """Sign in with the new address from now on, unless somebody was there first."""
    try:
        with transaction.atomic():
            EmailAddress.objects.filter(user=user).delete()
            EmailAddress.objects.create(
                user=user, email=change.new_address, verified=True, primary=True
            )
            user.email = change.new_address
            user.save(update_fields=["email"])
    except IntegrityError as error:
        if not any(
            name in str(error)
            for name in ("accounts_user_email", "user_email_once", "unique_verified_email")
        ):
            raise
        return TAKEN_MEANWHILE
    return None


def _finish(actor: Actor, at: datetime, change: AddressChange, keep: str) -> None:
    change.done_at, change.code_digest = at, ""
    change.save(update_fields=["done_at", "code_digest"])
    ended = end_sessions(user=change.user, at=at, keep=keep)
    _note(actor, at, change, "confirm_address_change", sessions_ended=ended)
    context = {"person": change.user.name, "address": change.new_address}
    mail = write_account_mail(
        "accounts/mail/address_changed", address=change.old_address, context=context
    )
    queue_account_mail(at=at, mail=mail, case=change.case)


def _write_to_new(at: datetime, change: AddressChange, code: str) -> None:
    template = "address_in_use" if holds_account(change.new_address) else "address_code"
    context = {"person": change.user.name, "address": change.new_address, "code": code}
    mail = write_account_mail(
        f"accounts/mail/{template}", address=change.new_address, context=context
    )
    queue_account_mail(at=at, mail=mail, case=change.case)


def _note(actor: Actor, at: datetime, change: AddressChange, verb: str, **facts: int) -> None:
    """Addresses are personal: they stand beside the chain, which keeps their digest."""
    record_entry(
        case=change.case,
        actor=actor,
        at=at,
        verb=verb,
        facts={"person": f"user:{change.user_id}", **facts},
        personal={"old_address": change.old_address, "new_address": change.new_address},
    )


def _digest(change: AddressChange, code: str) -> str:
    salt = f"address of {change.user_id} to {change.new_address} from {change.asked_at.timestamp()}"
    return salted_hmac(salt, code, algorithm="sha256").hexdigest()
