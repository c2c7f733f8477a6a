"""What a check of a signed file can say."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Seal(StrEnum):
    """Whether the portal's signature holds."""

    GENUINE = "genuine"
    ALTERED = "altered"
    NOT_OURS = "not_ours"


@dataclass(frozen=True, slots=True)
class Read:
    """The answer, with what was signed; nothing of a file that is not genuine."""

    seal: Seal
    kid: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


NOT_OURS = Read(Seal.NOT_OURS)
ALTERED = Read(Seal.ALTERED)
