"""How far a selection is, and what the rules suggest."""

from __future__ import annotations

from grants.models import Competition, Draw, ProposalAdvice, Selection
from grants.queries.ranking_inputs import Pinned
from grants.rules.selection import Advice, advice_of_rank
from grants.rules.terms import LineRule


def draw_of(competition: Competition) -> Draw | None:
    """The competition's draw, fixed or held."""
    return Draw.objects.filter(competition=competition).first()


def selection_of(competition: Competition) -> Selection | None:
    """The official's decision."""
    rows = Selection.objects.select_related("decided_by", "ranking")
    return rows.filter(competition=competition).first()


def is_advised(competition: Competition) -> bool:
    """Whether the programme officer has recommended."""
    return ProposalAdvice.objects.filter(proposal__competition=competition).exists()


def needs_draw(pinned: Pinned) -> bool:
    """Whether the announced draw must still be held: two or more lie near the line."""
    if pinned.inputs.line.rule is not LineRule.DRAW or len(pinned.derived.zone()) < 2:
        return False
    return not pinned.drawn


def advice_by_rank(pinned: Pinned) -> dict[str, Advice]:
    """What the notice's rules say of every ranked proposal by themselves."""
    paid = pinned.suggestion.paid_by
    return {name: advice_of_rank(paid, band, name) for name, band in pinned.derived.bands.items()}
