"""Scores written offline: the columns of the file, and how its rows are judged."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grants.rules.reviewing import Mark, Scale

COLUMNS = ("review", "criterion", "score", "justification")
MOST_ROWS = 2000


class UnreadableFileError(ValueError):
    """Raised when the file as a whole cannot be read; the message is for people."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """One line of the file with its number."""

    line: int
    review: str
    criterion: str
    score: str
    justification: str


@dataclass(frozen=True, slots=True)
class Desk:
    """One review that may be filled in: its proposal, its criteria by name, the scale."""

    title: str
    criteria: Mapping[str, int]
    scale: Scale


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A row with its mark, or with what is wrong in it."""

    row: FileRow
    title: str
    criterion: int | None
    mark: Mark | None
    problems: tuple[str, ...]


def read_rows(text: str) -> list[FileRow]:
    """Return the rows that hold a score or a justification; cells are not judged yet.

    Raises:
        UnreadableFileError: no header, a column is missing, nothing in it, or too many rows.
    """
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""), restkey="")
    reader.fieldnames = [
        " ".join((name or "").casefold().split()) for name in reader.fieldnames or []
    ]
    missing = [name for name in COLUMNS if name not in reader.fieldnames]
    if missing:
        message = f"The first line must name the columns. Missing: {', '.join(missing)}."
        raise UnreadableFileError(message)
    try:
        lines = [(reader.line_num, line) for line in reader]
    except csv.Error as error:
        message = f"Line {reader.line_num} cannot be read: {error}."
        raise UnreadableFileError(message) from error
    rows = [FileRow(number, *(_cell(line, name) for name in COLUMNS)) for number, line in lines]
    filled = [row for row in rows if row.score or row.justification]
    if not filled:
        raise UnreadableFileError("The file holds no score yet.")
    if len(filled) > MOST_ROWS:
        raise UnreadableFileError(f"The file holds more than {MOST_ROWS} rows.")
    return filled


def _cell(line: Mapping[str, str | None], name: str) -> str:
    return (line.get(name) or "").strip()


def judge_rows(rows: Sequence[FileRow], desks: Mapping[str, Desk]) -> list[JudgedRow]:
    """Judge every row, also against the rows above it."""
    seen: set[tuple[str, str]] = set()
    judged = []
    for row in rows:
        judged.append(_judge(row, desks, seen))
        seen.add((row.review.upper(), row.criterion.casefold()))
    return judged


def _judge(row: FileRow, desks: Mapping[str, Desk], seen: set[tuple[str, str]]) -> JudgedRow:
    desk = desks.get(row.review.upper())
    if desk is None:
        told = f"“{row.review}” is none of your reviews that can be written now."
        return JudgedRow(row, "", None, None, (told,))
    criterion = desk.criteria.get(row.criterion.casefold())
    value = int(row.score) if row.score.isascii() and row.score.isdigit() else None
    problems = []
    if criterion is None:
        problems.append(f"“{row.criterion}” is no criterion of this competition.")
    if (row.review.upper(), row.criterion.casefold()) in seen:
        problems.append("This criterion of this review stands in a row above as well.")
    if row.score and (value is None or not desk.scale.low <= value <= desk.scale.high):
        told = f"Scores are whole numbers from {desk.scale.low} to {desk.scale.high}."
        problems.append(f"“{row.score}”: {told}")
    mark = None if problems else Mark(value, row.justification)
    return JudgedRow(row, desk.title, criterion, mark, tuple(problems))
