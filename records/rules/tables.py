"""A table that leaves the portal: its columns as data, its rows, where it comes from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds; each form writes it in its own way."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    MONEY = "US dollars and cents"
    DAY = "day"
    MOMENT = "moment in UTC"
    YES_NO = "yes or no"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name for programs, its kind, and what it means in a sentence."""

    name: str
    meaning: str
    kind: Kind = Kind.TEXT

    def entry(self) -> dict[str, str]:
        """The column's line in the data dictionary."""
        return {"name": self.name, "kind": self.kind.value, "meaning": self.meaning}


@dataclass(frozen=True, slots=True)
class Table:
    """One download, whatever its form; rows are read once, as they are needed.

    Attributes:
        stem: The file's name without its ending.
        title: What it shows, in words.
        columns: In the order of a row's cells.
        rows: The cells; None is an empty cell.
        source: Where the rows come from.
        notes: Sentences that a reader must know, "Sample data, not statistics."
    """

    stem: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[object]]
    source: str
    notes: tuple[str, ...] = ()

    def about(self) -> dict[str, object]:
        """What JSON and the second sheet of a workbook say about the rows."""
        return {
            "title": self.title,
            "source": self.source,
            "notes": list(self.notes),
            "columns": [column.entry() for column in self.columns],
        }


LONGEST_STEM = 100
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
# Names that one system of files cannot hold, whatever their ending.
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def safe_stem(text: str) -> str:
    """Return a file name that every system can hold: ASCII letters, digits, dots, hyphens.

    >>> safe_stem("../Zürich: roster")
    'Zurich-roster'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    stem = _UNSAFE.sub("-", plain)[:LONGEST_STEM].strip("-._")
    if not stem or _RESERVED.match(stem.split(".")[0]):
        return f"file-{stem}".rstrip("-")
    return stem
