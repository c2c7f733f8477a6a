"""An account elsewhere signs a person in here: a new person, or one who is signed in already."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from accounts.models import LinkedIdentity, User
from accounts.queries.addresses import holds_account
from accounts.rules.identity_claims import address_refusal
from kit.refusals import Refused, refuse


@transaction.atomic
def link_identity(*, user: User, at: datetime, claims: Mapping[str, Any]) -> LinkedIdentity:
    """Let the account elsewhere sign this person in.

    Raises:
        Refused: ``identity_taken``: it signs somebody else in, or the person has another one.
    """
    held = LinkedIdentity.objects.filter(
        user=user, issuer=claims["iss"], subject=claims["sub"]
    ).first()
    if held is not None:
        return held
    try:
        with transaction.atomic():
            return LinkedIdentity.objects.create(
                user=user,
                issuer=claims["iss"],
                subject=claims["sub"],
                address=str(claims.get("email", ""))[:254],
                linked_at=at,
            )
    except IntegrityError as error:
        raise refuse(
            "identity_taken",
            "This account already signs in somebody else here, or you have linked another one. "
            "Remove that link first.",
        ) from error


@transaction.atomic
def admit_by_identity(*, at: datetime, claims: Mapping[str, Any]) -> User:
    """Return the person whom an account elsewhere signs in; somebody unknown gets an account.

    An address that already has an account is never taken over: its owner signs in first and
    links the two.

    Raises:
        Refused: ``address_not_verified``, ``address_taken``.
    """
    known = LinkedIdentity.objects.filter(issuer=claims["iss"], subject=claims["sub"])
    found = known.select_related("user").first()
    if found is not None:
        return found.user
    refusal = address_refusal(claims)
    if refusal is not None:
        raise Refused(refusal)
    address = User.objects.normalize_email(str(claims["email"]))
    if holds_account(address):
        raise refuse(
            "address_taken",
            "An account here already has this e-mail address. Sign in to it as before, then link "
            "the two under “Sign-in and security”.",
        )
    user = User.objects.create_user(address)
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    link_identity(user=user, at=at, claims=claims)
    return user


def unlink_identity(*, user: User, identity: LinkedIdentity) -> None:
    """Take the link away; the person keeps a password to sign in with.

    Raises:
        Refused: ``last_way_in``: the account has no password.
    """
    if not user.has_usable_password():
        raise refuse("last_way_in", "Choose a password first: this is your only way to sign in.")
    LinkedIdentity.objects.filter(pk=identity.pk, user=user).delete()
