"""An officer makes another Basis the current one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kit.refusals import NOT_FOUND, Refusal, Refused
from mapping.actions.switch_basis import switch_basis
from mapping.models import Basis
from trail.actions.claim_key import claim_key, settle_key
from trail.actors import Actor


class UnknownBasis(Refused):
    """There is no Basis of this name."""

    def __init__(self) -> None:
        super().__init__(Refusal(NOT_FOUND, "There is no such set of measures."))


@transaction.atomic
def choose_basis(*, actor: Actor, at: datetime, reference: str, key: str) -> Basis:
    """Switch once per key.

    Side effects: those of `switch_basis`; the key is claimed and settled.

    Raises:
        UnknownBasis: the reference names nothing.
        Refused: the Basis may not decide (see `switch_basis`).
    """
    claim = claim_key(actor=actor, at=at, key=key, verb="choose_basis", body=reference)
    basis = Basis.objects.filter(case__reference=reference).first()
    if basis is None:
        raise UnknownBasis
    if not claim.result_reference:
        switch_basis(actor=actor, at=at, basis=basis)
        settle_key(claim, reference)
    return basis
