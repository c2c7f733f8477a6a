"""Make the hierarchical reading of a Basis when somebody asks for it."""

from __future__ import annotations

from datetime import datetime

from kit.refusals import Refusal, Refused
from mapping.actions.make_basis import make_basis
from mapping.models import Basis
from mapping.queries.basis import sources_of
from mapping.queries.ingredients import hierarchical
from trail.actors import Actor


class NothingToShareOut(Refused):
    """Without four-digit totals there are no residuals."""


def make_hierarchical(*, actor: Actor, at: datetime, basis: Basis) -> tuple[Basis, bool]:
    """Return the hierarchical reading of a Basis, and whether it was made now.

    Loading does not make it: it would double the time of every load for a reading that few ask
    for. It is not published and never becomes current by itself.

    Raises:
        NothingToShareOut: the Basis has no four-digit totals.
    """
    sources = hierarchical(sources_of(basis))
    if sources is None:
        raise NothingToShareOut(
            Refusal(
                "nothing_to_share_out",
                "The hierarchical imputation needs the four-digit totals of the same year.",
            )
        )
    return make_basis(actor=actor, at=at, sources=sources)
