"""Let the public see the measures of a Basis."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mapping.models import Basis, BasisPublication
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@transaction.atomic
def publish_basis(*, actor: Actor, at: datetime, basis: Basis) -> bool:
    """Publish once; return whether it was published now."""
    locked = Basis.objects.select_for_update().get(pk=basis.pk)
    if BasisPublication.objects.filter(basis=locked).exists():
        return False
    BasisPublication.objects.create(basis=locked, at=at, actor=str(actor))
    record_entry(
        case=locked.case, actor=actor, at=at, verb="publish_basis", facts={"digest": locked.digest}
    )
    return True
