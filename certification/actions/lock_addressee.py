"""Lock the rows of somebody who is asked to sign, after the group's."""

from __future__ import annotations

from certification.models import GovernmentCommitment, Invitation, Participant
from certification.queries.addressees import Addressee


def lock_addressee(addressee: Addressee) -> Addressee:
    """Return the row, locked until the transaction ends."""
    if isinstance(addressee, Participant):
        return Participant.objects.select_for_update().get(pk=addressee.pk)
    return GovernmentCommitment.objects.select_for_update().get(pk=addressee.pk)


def lock_invitation(pk: int) -> Invitation:
    """Return the personal link, locked until the transaction ends."""
    return Invitation.objects.select_for_update().get(pk=pk)
