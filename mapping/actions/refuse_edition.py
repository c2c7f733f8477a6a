"""Rows that measures rest on are not replaced by another edition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kit.refusals import Refusal, Refused
from mapping.models import ReferenceFile
from mapping.rules.readers.layouts import Layout
from mapping.rules.readers.source_file import SourceFile
from mapping.rules.readers.tables import ParsedTable


class OtherEditionLoaded(Refused):
    """Rows that measures and decisions rest on are not replaced by another edition."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a writer made of a file."""

    kept: int
    table: ParsedTable[Any]
    dropped: dict[str, int]


def refuse_edition(layout: Layout, source: SourceFile) -> None:
    """Stop when another file of the kind is in force."""
    other = ReferenceFile.objects.filter(kind=layout.value).first()
    if other is not None:
        raise OtherEditionLoaded(
            Refusal(
                "other_edition_loaded",
                f"{source.name} was not loaded: another edition ({other.name}) is in force, and "
                "published measures rest on it.",
            )
        )
