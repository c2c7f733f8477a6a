"""What reviewers say of themselves: relations, loads, what a complete profile holds."""

from __future__ import annotations

from enum import StrEnum

from kit.refusals import Refusal


class RelationKind(StrEnum):
    """What ties a reviewer to a person or an organization."""

    BOARD = "board"
    INTEREST = "interest"
    RELATIVE = "relative"
    COLLABORATOR = "collaborator"


RELATION_WORDS = {
    RelationKind.BOARD: "I sit on its board or advise it",
    RelationKind.INTEREST: "I own part of it, or it pays me",
    RelationKind.RELATIVE: "A relative or partner",
    RelationKind.COLLABORATOR: "Somebody I worked with in the last 36 months",
}
WITH_PEOPLE = frozenset({RelationKind.RELATIVE, RelationKind.COLLABORATOR})
INVITATION_LIFE = 21  # days
CODE_LIFE = 60  # minutes
MOST_TRIES = 5

INCOMPLETE = Refusal(
    "profile_incomplete",
    "Complete your reviewer profile first: what you know well, and where you worked in the last "
    "36 months.",
)


def profile_refusal(*, has_expertise: bool, has_employer: bool) -> Refusal | None:
    """Say what a profile lacks before conflicts can be found from it.

    >>> profile_refusal(has_expertise=True, has_employer=True) is None
    True
    """
    return None if has_expertise and has_employer else INCOMPLETE


def alias_of(role_words: str, number: int) -> str:
    """Return how the others of the panel know somebody.

    >>> alias_of("Reviewer", 3)
    'Reviewer 3'
    """
    return f"{role_words} {number}"


CERTIFICATION = (
    "I have read the list of groups below. Neither I, nor a relative or partner of mine, nor my "
    "employer, nor anybody I worked with closely in the last 36 months has an interest in any of "
    "them, except as I have declared. I tell the agency at once if that changes. I keep what I "
    "read and the discussion of the panel to myself, use it for nothing else, and put no part of "
    "a proposal into any other service."
)
