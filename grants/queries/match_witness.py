"""Whether somebody may verify a contribution, and whether its evidence can be opened."""

from __future__ import annotations

from django.db.models import Q

from accounts.models import OrganizationRole, User
from grants.models import Contribution, Pledge
from grants.rules.match.recording import Witness
from records.models import DocumentVersion
from records.rules.states import READABLE, DocumentState


def witness_of(contribution: Contribution, person: int) -> Witness:
    """What speaks for and against a person who wants to verify."""
    evidence = contribution.source.evidence.filter(document__state=DocumentState.KEPT)
    documents = list(evidence.values_list("document_id", flat=True))
    checked = DocumentVersion.objects.filter(document__in=documents, state__in=READABLE)
    return Witness(
        is_recorder=contribution.recorded_by_id == person,
        is_of_giver=is_of_giver(contribution, person),
        is_of_group=contribution.award.group.seats.filter(user_id=person, until=None).exists(),
        has_evidence=bool(documents),
        is_evidence_checked=checked.values("document").distinct().count() == len(documents),
    )


def is_of_giver(contribution: Contribution, person: int) -> bool:
    """Whether somebody belongs to the giver of a contribution, or confirmed it."""
    address = User.objects.values_list("email", flat=True).get(pk=person)
    links = contribution.links.filter(signature__email__iexact=address)
    return links.exists() or is_giver_of(contribution.pledge, person)


def is_giver_of(pledge: Pledge, person: int) -> bool:
    """Whether somebody belongs to a giver: by membership, name, address or signature."""
    member = OrganizationRole.objects.filter(user_id=person, until=None).filter(
        Q(organization_id=pledge.organization_id)
        | Q(organization__skeleton_key=pledge.skeleton_key)
    )
    if member.exists():
        return True
    address = User.objects.values_list("email", flat=True).get(pk=person)
    if address.casefold() == pledge.contact_email.casefold():
        return True
    return pledge.links.filter(signature__email__iexact=address).exists()
