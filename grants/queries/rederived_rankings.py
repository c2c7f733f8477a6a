"""Rankings and draws made again from what was pinned, held against what was kept."""

from __future__ import annotations

from dataclasses import dataclass

from grants.models import Draw, PinnedRanking
from grants.rules.draw import draw_order, draw_seed, list_digest
from grants.rules.pinned import derive, derived_as_data, inputs_from
from trail.rules.chain import canonical, digest


@dataclass(frozen=True, slots=True)
class Rederived:
    """One competition's ranking and draw; ``differs`` names what did not come out again."""

    competition: str
    ranking: str
    digest: str
    differs: tuple[str, ...]


def rederive(row: PinnedRanking) -> Rederived:
    """Derive again; read nothing but the pinned inputs and the draw's own facts."""
    inputs = inputs_from(row.inputs)
    derived = derive(inputs)
    found = []
    if derived_as_data(derived) != row.result:
        found.append("ranking")
    if digest(canonical({"inputs": row.inputs, "result": row.result})) != row.digest:
        found.append("digest")
    draw = Draw.objects.filter(competition=row.competition_id).first()
    if draw is not None:
        found += _draw_differs(draw, set(derived.zone()))
    return Rederived(inputs.competition, row.reference, row.digest, tuple(found))


def _draw_differs(draw: Draw, zone: set[str]) -> list[str]:
    found = []
    if set(draw.references) != zone:
        found.append("list")
    if list_digest(draw.salt, draw.references) != draw.list_digest:
        found.append("list digest")
    if draw.drawn_at is not None:
        seed = draw_seed(draw.list_digest, draw.value)
        if seed != draw.seed or list(draw_order(seed, draw.references)) != draw.order:
            found.append("draw")
    return found
