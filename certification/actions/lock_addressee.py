"""Lock the row of somebody who is asked to sign, after the group's."""

from __future__ import annotations

from typing import TypeVar

from certification.models import GovernmentCommitment, Participant

AddresseeT = TypeVar("AddresseeT", Participant, GovernmentCommitment)


def lock_addressee(addressee: AddresseeT) -> AddresseeT:
    """Return the row, locked until the transaction ends."""
    return type(addressee)._default_manager.select_for_update().get(pk=addressee.pk)  # noqa: SLF001 - Django's documented way to a model's manager
