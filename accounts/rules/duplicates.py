"""Why two organizations may be one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Ground(StrEnum):
    """What two organizations share."""

    NAME = "name"
    EIN = "ein"
    DOMAIN = "domain"


GROUND_WORDS = {
    Ground.NAME: "The names read alike",
    Ground.EIN: "The same employer identification number",
    Ground.DOMAIN: "The same e-mail domain",
}


@dataclass(frozen=True, slots=True)
class Marks:
    """By what an organization is recognized."""

    name_key: str
    skeleton_key: str
    ein: str = ""


def shared(one: Marks, other: Marks) -> tuple[Ground, ...]:
    """Return what two organizations share, apart from domains.

    >>> shared(Marks("acme", "acme"), Marks("acme, inc.", "acme"))
    (<Ground.NAME: 'name'>,)
    """
    found = []
    if one.name_key == other.name_key or one.skeleton_key == other.skeleton_key:
        found.append(Ground.NAME)
    if one.ein and one.ein == other.ein:
        found.append(Ground.EIN)
    return tuple(found)
