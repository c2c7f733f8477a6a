"""What an organization may be: legal forms, and families without circles."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from kit.refusals import Refusal


class LegalForm(StrEnum):
    """How an organization exists in law."""

    CORPORATION = "corporation"
    COMPANY = "limited_liability_company"
    PARTNERSHIP = "partnership"
    SOLE_PROPRIETOR = "sole_proprietor"
    NONPROFIT = "nonprofit"
    EDUCATION = "public_education"
    GOVERNMENT = "government"
    TRIBE = "tribe"
    OTHER = "other"


LEGAL_FORM_WORDS = {
    LegalForm.CORPORATION: "Corporation",
    LegalForm.COMPANY: "Limited liability company",
    LegalForm.PARTNERSHIP: "Partnership",
    LegalForm.SOLE_PROPRIETOR: "Sole proprietor",
    LegalForm.NONPROFIT: "Nonprofit organization",
    LegalForm.EDUCATION: "Public college or university",
    LegalForm.GOVERNMENT: "State, city, county or other government",
    LegalForm.TRIBE: "Tribal government or enterprise",
    LegalForm.OTHER: "Another form",
}
# A family deeper than this is a mistake in the rows, not a family.
DEEPEST = 20


def head_of(organization: int, parents: Mapping[int, int]) -> int:
    """Return the head of a family, climbing from one of its organizations.

    >>> head_of(3, {3: 2, 2: 1})
    1
    """
    for _ in range(DEEPEST):
        if organization not in parents:
            break
        organization = parents[organization]
    return organization


def parent_refusal(child: int, parent: int, parents: Mapping[int, int]) -> Refusal | None:
    """Say why one organization cannot belong to another: families have no circles.

    >>> parent_refusal(1, 2, {2: 3}) is None
    True
    >>> parent_refusal(1, 2, {2: 3, 3: 1}).code
    'family_circle'
    """
    if child == parent:
        return Refusal("own_parent", "An organization cannot be its own parent.")
    above, steps = parent, 0
    while above in parents and steps < DEEPEST:
        above, steps = parents[above], steps + 1
        if above == child:
            return Refusal(
                "family_circle",
                "That organization belongs to yours already, so it cannot be its parent as well.",
            )
    if steps >= DEEPEST:
        return Refusal("family_too_deep", f"A family has at most {DEEPEST} levels.")
    return None
