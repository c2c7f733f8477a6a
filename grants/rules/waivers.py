"""Who may decide about a tie (programme.md 1, 3.3)."""

from __future__ import annotations

from dataclasses import dataclass

from kit.refusals import Refusal

OWN = Refusal("own_conflict", "This tie is your own. Another conflict officer decides about it.")
ON_PANEL = Refusal(
    "on_panel", "You have a seat on this panel. Another conflict officer decides about its ties."
)
INVITED = Refusal(
    "invited_them",
    "You invited this person. The rule asks for somebody else: another conflict officer decides.",
)
HARD = Refusal(
    "hard_conflict",
    "A hard conflict cannot be waived. If the reason is wrong, lift the tie and say why.",
)
NOT_LOOKED = Refusal(
    "not_looked",
    "Nobody has proved this match. Look at it first: it stands or it is lifted.",
)


@dataclass(frozen=True, slots=True)
class Tie:
    """What separation of duties asks of one tie.

    Attributes:
        user: Whom it ties.
        invited_by: Who invited that person.
        panel: Everybody on the panel.
        is_hard: Whether it can be waived at all.
        waits_for_look: It rests on something nobody proved, and nobody has looked.
    """

    user: int
    invited_by: str
    panel: frozenset[int]
    is_hard: bool
    waits_for_look: bool


def decider_refusal(tie: Tie, *, actor: str, user_pk: int | None) -> Refusal | None:
    """Say why this officer may not decide about the tie: own, of the own panel, of an invitee.

    >>> tie = Tie(1, "user:2", frozenset({1}), False, False)
    >>> decider_refusal(tie, actor="user:3", user_pk=3) is None
    True
    >>> decider_refusal(tie, actor="user:2", user_pk=2).code
    'invited_them'
    """
    if user_pk == tie.user:
        return OWN
    if user_pk in tie.panel:
        return ON_PANEL
    return INVITED if actor == tie.invited_by else None


def waiver_refusal(tie: Tie, *, actor: str, user_pk: int | None) -> Refusal | None:
    """Say why the tie cannot be waived by this officer."""
    if tie.is_hard:
        return HARD
    if tie.waits_for_look:
        return NOT_LOOKED
    return decider_refusal(tie, actor=actor, user_pk=user_pk)
