"""A table of the portal described once: its columns, and what a reader asks of them.

The description is pure. Page, phone layout, column choice, sort links and export all come from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

SIZES = (25, 50, 100)
# What an address says about the look of a table; everything else in it is a filter.
LOOK_NAMES = ("sort", "cols", "dense", "size", "page", "view", "format")


class Asks(Protocol):
    """The query part of an address; Django's QueryDict is one."""

    def get(self, key: str, /) -> object:
        """Return the last value."""

    def getlist(self, key: str, /) -> Sequence[object]:
        """Return every value."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        key: Name in addresses and in the cells of a row.
        label: What stands above it.
        is_sortable: Whether the list knows an order by it.
        is_numeric: Right-aligned; sorts the largest first.
        is_title: Names the row; cannot be left out.
        is_extra: Shown only to readers who ask for it.
    """

    key: str
    label: str
    is_sortable: bool = False
    is_numeric: bool = False
    is_title: bool = False
    is_extra: bool = False


class Kind(StrEnum):
    """How a value is written."""

    TEXT = "text"
    WHOLE = "whole"
    RATIO = "ratio"
    PERCENT = "percent"
    MONEY = "money"
    DAY = "day"
    MOMENT = "moment"
    UNTIL = "until"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one row says in one column.

    Attributes:
        text: What people read.
        url: Where it leads.
        notes: Smaller lines below.
        tone: The text stands in a tag of this tone.
        value: A number or a moment, written after the text; what an export gets.
        kind: How the value is written.
    """

    text: str = ""
    url: str = ""
    notes: tuple[object, ...] = ()
    tone: str = ""
    value: object = None
    kind: Kind = Kind.TEXT

    @property
    def exported(self) -> object:
        """What a spreadsheet gets: of a value its own, else the words."""
        if self.value is not None:
            return self.value
        return self.text if self.kind is Kind.TEXT else None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asked of a table, nonsense left out."""

    sort: str
    columns: tuple[Column, ...]
    is_dense: bool
    size: int

    @property
    def sort_key(self) -> str:
        """The column of the order."""
        return self.sort.removeprefix("-")

    @property
    def is_descending(self) -> bool:
        """Whether the order runs down."""
        return self.sort.startswith("-")


@dataclass(frozen=True, slots=True)
class Table:
    """A list's table.

    Attributes:
        key: Stable name; people's saved views refer to it.
        columns: From left to right; one is the title.
        default_sort: Key of a column, "-" before it for descending.
        noun: Plural of what is listed.
    """

    key: str
    columns: tuple[Column, ...]
    default_sort: str
    noun: str

    def sorts(self) -> tuple[str, ...]:
        """Every order that a reader may ask for."""
        keys = [column.key for column in self.columns if column.is_sortable]
        return tuple(sign + key for key in keys for sign in ("", "-"))

    def read(self, asks: Asks) -> Asked:
        """Read an address; what makes no sense counts as not said.

        >>> table = Table("t", (Column("name", "Name", is_sortable=True),), "name", "firms")
        >>> from types import SimpleNamespace
        >>> said = {"sort": "-name", "size": "7"}
        >>> asks = SimpleNamespace(get=said.get, getlist=lambda key: [])
        >>> table.read(asks).sort, table.read(asks).size
        ('-name', 25)
        """
        sort = str(asks.get("sort") or "")
        size = str(asks.get("size") or "")
        wanted = set(map(str, asks.getlist("cols")))
        return Asked(
            sort=sort if sort in self.sorts() else self.default_sort,
            columns=self._columns(wanted),
            is_dense=asks.get("dense") == "1",
            size=int(size) if size in map(str, SIZES) else SIZES[0],
        )

    def _columns(self, wanted: set[str]) -> tuple[Column, ...]:
        known = {column.key for column in self.columns}
        if not wanted & known:
            return tuple(column for column in self.columns if not column.is_extra)
        return tuple(one for one in self.columns if one.is_title or one.key in wanted)
