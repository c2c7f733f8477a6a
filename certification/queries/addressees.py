"""Who is asked to sign through a link, and what the group says about them."""

from __future__ import annotations

from certification.models import ClusterGroup, GovernmentCommitment, Invitation, Participant
from certification.rules.addressees import COMMITMENT_KIND, PARTICIPANT_KIND, AddresseeKind
from certification.rules.participants import GOVERNMENT_LEVEL_WORDS, GovernmentLevel
from certification.rules.statements import Claim

Addressee = Participant | GovernmentCommitment


def kind_of(addressee: Addressee) -> AddresseeKind:
    """Return the words and verbs that apply."""
    return PARTICIPANT_KIND if isinstance(addressee, Participant) else COMMITMENT_KIND


def addressee_of(invitation: Invitation) -> Addressee:
    """Return who was asked."""
    addressee = invitation.participant or invitation.commitment
    if addressee is None:  # the constraint invitation_of_one makes this unreachable
        message = f"invitation {invitation.pk} belongs to nobody"
        raise ValueError(message)
    return addressee


def claim_of(addressee: Addressee, group: ClusterGroup) -> Claim:
    """Return what the group says about the addressee."""
    if isinstance(addressee, Participant):
        as_what = addressee.role_words
    else:
        as_what = GOVERNMENT_LEVEL_WORDS[GovernmentLevel(addressee.level)]
    return Claim(
        body=str(addressee),
        group=group.name,
        cluster=group.cluster_name,
        region=group.region_name,
        as_what=as_what,
    )
