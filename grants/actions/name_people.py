"""Name people and subrecipients of a proposal, and take them out again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts.queries.look_of_names import skeleton_of
from accounts.rules.names import name_key
from grants.actions.edit_proposal import begin_edit, finish_edit
from grants.models import NamedPerson, Proposal, Subrecipient
from grants.rules.terms import PERSON_ROLE_WORDS, PersonRole
from kit.refusals import refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """Somebody to be named."""

    role: str
    name: str
    email: str = ""
    employer: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class PartnerDraft:
    """An organization that would receive a part."""

    name: str
    amount: Decimal
    uei: str = ""


@transaction.atomic
def name_person(
    *, actor: Actor, at: datetime, proposal: Proposal, person: PersonDraft, key: str
) -> NamedPerson:
    """Name a person; conflicts of reviewers are found from name, address, employer and unit.

    Raises:
        Refused: ``not_a_draft``, ``named_before``.
    """
    body = f"{proposal.pk}:{person!r}"
    claim = claim_key(actor=actor, at=at, key=key, verb="name_person", body=body)
    if claim.result_reference:
        return NamedPerson.objects.get(pk=int(claim.result_reference))
    row = begin_edit(proposal)
    named = name_key(person.name)
    if row.people.filter(role=person.role, name_key=named).exists():
        words = PERSON_ROLE_WORDS[PersonRole(person.role)].lower()
        raise refuse("named_before", f"{person.name} is already named as {words}.")
    made = row.people.create(
        role=person.role,
        name=person.name,
        name_key=named,
        skeleton_key=skeleton_of(person.name),
        email=person.email,
        employer=person.employer,
        unit=person.unit,
    )
    # The name is personal: it stays out of the chain.
    facts = {"role": PERSON_ROLE_WORDS[PersonRole(person.role)]}
    record_entry(
        case=row.case,
        actor=actor,
        at=at,
        verb="name_person",
        facts=facts,
        personal={"name": person.name},
    )
    finish_edit(row, actor=actor, at=at, section="People")
    settle_key(claim, str(made.pk))
    return made


@transaction.atomic
def unname_person(
    *, actor: Actor, at: datetime, proposal: Proposal, person_pk: int, key: str
) -> None:
    """Take a person out of what is being written.

    Raises:
        Refused: ``not_a_draft``.
    """
    body = f"{proposal.pk}:{person_pk}"
    claim = claim_key(actor=actor, at=at, key=key, verb="unname_person", body=body)
    if claim.result_reference:
        return
    row = begin_edit(proposal)
    named = row.people.filter(pk=person_pk).first()
    if named is not None:
        facts = {"role": PERSON_ROLE_WORDS[PersonRole(named.role)]}
        personal = {"name": named.name}
        named.delete()
        record_entry(
            case=row.case, actor=actor, at=at, verb="unname_person", facts=facts, personal=personal
        )
        finish_edit(row, actor=actor, at=at, section="People")
    settle_key(claim, str(person_pk))


@transaction.atomic
def name_subrecipient(
    *, actor: Actor, at: datetime, proposal: Proposal, partner: PartnerDraft, key: str
) -> Subrecipient:
    """Add a subaward.

    Raises:
        Refused: ``not_a_draft``, ``named_before``, ``no_amount``.
    """
    body = f"{proposal.pk}:{partner!r}"
    claim = claim_key(actor=actor, at=at, key=key, verb="name_subrecipient", body=body)
    if claim.result_reference:
        return Subrecipient.objects.get(pk=int(claim.result_reference))
    row = begin_edit(proposal)
    named = name_key(partner.name)
    if row.subrecipients.filter(name_key=named).exists():
        raise refuse("named_before", f"{partner.name} is already in the list.")
    if partner.amount <= 0:
        raise refuse("no_amount", "Enter an amount above zero.")
    made = row.subrecipients.create(
        organization_name=partner.name,
        name_key=named,
        skeleton_key=skeleton_of(partner.name),
        uei=partner.uei,
        amount=partner.amount,
    )
    facts = {"subrecipient": partner.name, "amount": str(partner.amount)}
    record_entry(case=row.case, actor=actor, at=at, verb="name_subrecipient", facts=facts)
    finish_edit(row, actor=actor, at=at, section="Subawards")
    settle_key(claim, str(made.pk))
    return made


@transaction.atomic
def unname_subrecipient(
    *, actor: Actor, at: datetime, proposal: Proposal, partner_pk: int, key: str
) -> None:
    """Take a subaward out of what is being written.

    Raises:
        Refused: ``not_a_draft``.
    """
    body = f"{proposal.pk}:{partner_pk}"
    claim = claim_key(actor=actor, at=at, key=key, verb="unname_subrecipient", body=body)
    if claim.result_reference:
        return
    row = begin_edit(proposal)
    named = row.subrecipients.filter(pk=partner_pk).first()
    if named is not None:
        facts = {"subrecipient": named.organization_name}
        named.delete()
        record_entry(case=row.case, actor=actor, at=at, verb="unname_subrecipient", facts=facts)
        finish_edit(row, actor=actor, at=at, section="Subawards")
    settle_key(claim, str(partner_pk))


def restore_lists(proposal: Proposal) -> None:
    """Name again whom the version that counts names; reviewers' conflicts are found from rows.

    Runs inside the act that keeps that version.
    """
    if proposal.counting is None:
        return
    content = proposal.counting.content
    roles = {words: role for role, words in PERSON_ROLE_WORDS.items()}
    for one in content.get("people", ()):
        proposal.people.get_or_create(
            role=roles[one["role"]],
            name_key=name_key(one["name"]),
            defaults={
                "name": one["name"],
                "skeleton_key": skeleton_of(one["name"]),
                "email": one["email"],
                "employer": one["employer"],
                "unit": one["unit"],
            },
        )
    for one in content.get("subrecipients", ()):
        proposal.subrecipients.get_or_create(
            name_key=name_key(one["name"]),
            defaults={
                "organization_name": one["name"],
                "skeleton_key": skeleton_of(one["name"]),
                "uei": one["uei"],
                "amount": Decimal(one["amount"]),
            },
        )
