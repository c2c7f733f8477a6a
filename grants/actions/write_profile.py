"""What a reviewer writes of the own expertise, employers, relations and further addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from accounts.models import Organization, User
from accounts.queries.look_of_names import skeleton_of
from accounts.rules.names import name_key
from grants.models import (
    ReviewerAddress,
    ReviewerEmployment,
    ReviewerProfile,
    ReviewerRelation,
)
from grants.queries.panel_links import address_code, fresh_nonce, is_same
from grants.rules.reviewers import CODE_LIFE, MOST_TRIES, RelationKind
from kit.refusals import refuse
from records.actions.send_letter import Recipient, send_letter
from records.sealed_words import SealedWord
from trail.actions.open_case import open_case
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@dataclass(frozen=True, slots=True)
class Expertise:
    """What somebody knows well, and which states they know."""

    expertise: str
    industries: Sequence[str] = ()
    states: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """One employer."""

    organization_name: str
    since: date
    until: date | None = None
    unit: str = ""
    uei: str = ""
    is_large: bool = False
    state_fips: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """One declared relation."""

    kind: RelationKind
    name: str
    email: str = ""
    uei: str = ""
    until: date | None = None


@transaction.atomic
def open_profile(*, actor: Actor, at: datetime, user: User) -> ReviewerProfile:
    """Return the person's profile, made at the first call."""
    found = ReviewerProfile.objects.select_for_update().filter(user=user).first()
    if found is not None:
        return found
    case = open_case(actor=actor, at=at, kind="reviewer", prefix="RV")
    return ReviewerProfile.objects.create(case=case, user=user)


@transaction.atomic
def save_expertise(*, actor: Actor, at: datetime, user: User, given: Expertise) -> ReviewerProfile:
    """Keep what the person knows well."""
    profile = open_profile(actor=actor, at=at, user=user)
    profile.expertise, profile.saved_at = given.expertise, at
    profile.industries, profile.states = list(given.industries), list(given.states)
    profile.save(update_fields=["expertise", "industries", "states", "saved_at"])
    _tell(profile, actor, at, "save_expertise")
    return profile


@transaction.atomic
def add_employment(*, actor: Actor, at: datetime, user: User, job: Job) -> ReviewerEmployment:
    """Add an employer; an organization of this UEI is linked.

    Side effects: the person's ties are found anew.
    """
    profile = open_profile(actor=actor, at=at, user=user)
    known = (
        Organization.objects.filter(uei=job.uei, superseded_by=None).first() if job.uei else None
    )
    row = ReviewerEmployment.objects.create(
        profile=profile,
        organization=known,
        organization_name=job.organization_name,
        name_key=name_key(job.organization_name),
        skeleton_key=skeleton_of(job.organization_name),
        uei=job.uei,
        unit=job.unit,
        unit_key=name_key(job.unit),
        is_large=job.is_large,
        state_fips=job.state_fips,
        since=job.since,
        until=job.until,
    )
    _tell(profile, actor, at, "add_employment")
    return row


@transaction.atomic
def declare_relation(
    *, actor: Actor, at: datetime, user: User, relation: Relation
) -> ReviewerRelation:
    """Add a relation.

    Side effects: the person's ties are found anew.

    Raises:
        Refused: ``relation_known``.
    """
    profile = open_profile(actor=actor, at=at, user=user)
    key = name_key(relation.name)
    if profile.relations.filter(kind=relation.kind, name_key=key, removed_at=None).exists():
        raise refuse("relation_known", "You have declared this already.")
    row = ReviewerRelation.objects.create(
        profile=profile,
        kind=relation.kind,
        name=relation.name,
        name_key=key,
        skeleton_key=skeleton_of(relation.name),
        email=relation.email,
        uei=relation.uei,
        until=relation.until,
        declared_at=at,
    )
    _tell(profile, actor, at, "declare_relation")
    return row


@transaction.atomic
def add_address(*, actor: Actor, at: datetime, user: User, email: str) -> ReviewerAddress:
    """Add a further address and send a code to it; until it is entered nobody proved it.

    Raises:
        Refused: ``address_known``.
    """
    profile = open_profile(actor=actor, at=at, user=user)
    if profile.addresses.filter(email__iexact=email, removed_at=None).exists():
        raise refuse("address_known", "This address is in your profile already.")
    row = ReviewerAddress.objects.create(
        profile=profile,
        email=email,
        nonce=fresh_nonce(),
        code_until=at + timedelta(minutes=CODE_LIFE),
        added_at=at,
    )
    send_letter(
        case=profile.case,
        at=at,
        template="grants/mail/address_code",
        to=Recipient(email),
        context={"code": SealedWord("reviewer_address_code", str(row.pk)), "minutes": CODE_LIFE},
        key=f"reviewer-address:{row.pk}",
    )
    _tell(profile, actor, at, "add_address")
    return row


@transaction.atomic
def prove_address(*, actor: Actor, at: datetime, user: User, reference: str, code: str) -> str:
    """Take the code; return a sentence that says what is wrong, or nothing.

    A wrong code counts, so nothing is raised: raising would take the count back.
    """
    profile = open_profile(actor=actor, at=at, user=user)
    rows = profile.addresses.select_for_update().filter(reference=reference, removed_at=None)
    row = rows.first()
    if row is None or row.proved_at is not None:
        return ""
    if at >= row.code_until or row.attempts >= MOST_TRIES:
        return "This code no longer works. Remove the address and add it again."
    if not is_same(address_code(row.nonce), "".join(code.split())):
        row.attempts += 1
        row.save(update_fields=["attempts"])
        return "This is not the code that we sent. Check the newest message."
    row.proved_at = at
    row.save(update_fields=["proved_at"])
    _tell(profile, actor, at, "prove_address")
    return ""


@transaction.atomic
def remove_entry(*, actor: Actor, at: datetime, user: User, reference: str) -> None:
    """Take an employer, a relation or an unproved address out; the record keeps that it was there.

    A proved address stays: it identifies the person for good.
    """
    profile = open_profile(actor=actor, at=at, user=user)
    wanted = {"reference": reference, "removed_at": None}
    removed = (
        profile.employments.filter(**wanted).update(removed_at=at)
        or profile.relations.filter(**wanted).update(removed_at=at)
        or profile.addresses.filter(**wanted, proved_at=None).update(removed_at=at)
    )
    if removed:
        _tell(profile, actor, at, "remove_profile_entry")


def _tell(profile: ReviewerProfile, actor: Actor, at: datetime, verb: str) -> None:
    record_entry(case=profile.case, actor=actor, at=at, verb=verb)
