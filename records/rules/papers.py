"""Papers before they are set: what they say, as data; never as markup."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper.

    Attributes:
        template: A file of `records/typesetting/papers` without its ending.
        title: The paper's title; also of the file.
        author: The office whose paper it is.
        made_at: The file's date, so that the same paper is the same bytes.
        data: What the template prints.
    """

    template: str
    title: str
    author: str
    made_at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)


def heading(text: str) -> Block:
    """A heading below the title."""
    return {"is": "heading", "text": text}


def paragraph(text: str) -> Block:
    """A paragraph; its line breaks are kept."""
    return {"is": "paragraph", "lines": text.strip().splitlines()}


def points(items: Sequence[str]) -> Block:
    """A list of points."""
    return {"is": "list", "items": list(items)}


def facts(rows: Sequence[tuple[str, str]]) -> Block:
    """Names and what they are."""
    return {"is": "facts", "rows": [list(row) for row in rows]}


def table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Block:
    """Rows under a head; the last column is of figures."""
    kept = [list(row) for row in rows]
    return {"is": "table", "caption": caption, "head": list(head), "rows": kept}


def blocks_of(text: str) -> list[Block]:
    r"""A plain letter as blocks: blank lines part them, lines with a hyphen are points.

    >>> [block["is"] for block in blocks_of("Dear Ana,\n\nPlease:\n- read\n- sign")]
    ['paragraph', 'paragraph', 'list']
    """
    made: list[Block] = []
    for part in text.replace("\r\n", "\n").split("\n\n"):
        lines = [line for line in part.splitlines() if line.strip()]
        first = next((n for n, line in enumerate(lines) if line.startswith("- ")), len(lines))
        if lines[:first]:
            made.append(paragraph("\n".join(lines[:first])))
        if lines[first:]:
            made.append(points(_points(lines[first:])))
    return made


def _points(lines: Sequence[str]) -> list[str]:
    items: list[str] = []
    for line in lines:
        if line.startswith("- ") or not items:
            items.append(line.removeprefix("- "))
        else:
            items[-1] += "\n" + line.strip()
    return items


def written(text: str, covered: frozenset[int]) -> str:
    """The text as the paper's fonts can show it.

    A character that no font has is written by its number, ``[U+5317]``; characters that steer a
    text without being seen are left out.
    """
    return "".join(_sign(sign, covered) for sign in unicodedata.normalize("NFC", text))


def _sign(sign: str, covered: frozenset[int]) -> str:
    if sign == "\n" or ord(sign) in covered:
        return sign
    if sign.isspace():
        return " "
    if unicodedata.category(sign) in {"Cc", "Cf", "Cs"}:
        return ""
    return f"[U+{ord(sign):04X}]"
