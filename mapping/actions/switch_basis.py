"""Make a published Basis the one that new figures and determinations rest on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kit.refusals import Refusal, Refused
from mapping.models import Basis, BasisPublication, BasisSwitch
from trail.actions.record_entry import record_entry
from trail.actors import Actor


class BasisNotPublished(Refused):
    """Only what the public can see may decide."""


class BasisWithoutCounties(Refused):
    """A region is a union of counties: state files cannot measure it."""


@transaction.atomic
def switch_basis(*, actor: Actor, at: datetime, basis: Basis) -> BasisSwitch:
    """Switch; the same Basis again changes nothing."""
    locked = (
        Basis.objects.select_for_update(of=("self",)).select_related("release").get(pk=basis.pk)
    )
    if not BasisPublication.objects.filter(basis=locked).exists():
        raise BasisNotPublished(
            Refusal("basis_not_published", "Publish these measures before they may decide.")
        )
    if locked.release.unit != "county":
        raise BasisWithoutCounties(
            Refusal("basis_without_counties", "Only county data can measure a group's region.")
        )
    current = BasisSwitch.objects.order_by("-id").first()
    if current is not None and current.basis_id == locked.pk:
        return current
    switch = BasisSwitch.objects.create(basis=locked, at=at, actor=str(actor))
    record_entry(
        case=locked.case, actor=actor, at=at, verb="switch_basis", facts={"digest": locked.digest}
    )
    return switch
