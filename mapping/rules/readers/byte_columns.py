"""Columns of a large comma-separated file, straight from its bytes.

For files whose cells hold no comma and no line break (those of the statistical agencies): all
separators of a block are found at once, so that a cell is two positions, and only the columns and
rows that are wanted are ever turned into values.
"""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from mapping.rules.readers.source_file import FileRefused, SourceFile

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

COMMA, NEWLINE, RETURN, QUOTE, ZERO = 44, 10, 13, 34, 48
MOST_DIGITS = 8  # jobs and firms of a cell: the whole nation has nine
PAYROLL_DIGITS = 12


class ColumnBlock:
    """Some whole lines of a file.

    Attributes:
        first_line: Number of the first one, as an editor counts.
        rows: How many there are.
    """

    def __init__(self, source: SourceFile, data: bytes, first_line: int) -> None:
        self.source, self.first_line = source, first_line
        self._at = {name: place for place, name in enumerate(source.header)}
        self._bytes: Bytes = np.frombuffer(data, dtype=np.uint8)
        self._has_returns, self._has_quotes = b"\r" in data, b'"' in data
        self._stops = self._separators(len(source.header))
        self.rows = len(self._stops)

    def _separators(self, count: int) -> Ints:
        stops: Ints = np.flatnonzero((self._bytes == COMMA) | (self._bytes == NEWLINE))
        lines = np.count_nonzero(self._bytes == NEWLINE)
        if len(stops) == lines * count:
            table = stops.reshape(lines, count)
            if (self._bytes[table[:, -1]] == NEWLINE).all():
                return table
        lengths = np.diff(np.flatnonzero(self._bytes[stops] == NEWLINE), prepend=-1)
        raise FileRefused(
            self.source.name,
            "broken_rows",
            [
                f"line {self.first_line + row} has {lengths[row]} columns instead of {count}"
                for row in np.flatnonzero(lengths != count).tolist()
            ],
        )

    def has(self, column: str) -> bool:
        """Whether the file has this column."""
        return column in self._at

    def _spans(self, column: str, rows: Ints | None) -> tuple[Ints, Ints]:
        """Where the cells begin and end, their quotes left out."""
        place = self._at[column]
        if rows is None:
            ends = self._stops[:, place].copy()
            before = self._stops[:, place - 1] if place else self._line_starts()
        else:
            ends = self._stops[rows, place]
            before = self._stops[rows, place - 1] if place else self._line_starts()[rows]
        starts = before + 1
        if self._has_returns:
            ends -= self._bytes[ends - 1] == RETURN
        if self._has_quotes:
            starts += self._bytes[starts] == QUOTE
            ends -= (self._bytes[ends - 1] == QUOTE) & (ends > starts)
        return starts, ends

    def _line_starts(self) -> Ints:
        """The places before each line."""
        return np.concatenate([[-1], self._stops[:-1, -1]])

    def characters(self, column: str, width: int, rows: Ints | None = None) -> Bytes:
        """Cells of exactly so many characters, one row each; others are refused."""
        starts, ends = self._spans(column, rows)
        wrong = np.flatnonzero(ends - starts != width)
        if len(wrong):
            raise self._refused(column, f"not {width} characters", wrong, (starts, ends), rows)
        # One character of all cells after the other: many times faster to look through.
        found = np.empty((width, len(starts)), dtype=np.uint8)
        for place in range(width):
            np.take(self._bytes, starts + place, out=found[place], mode="clip")
        return found.T

    def letters(self, column: str, rows: Ints | None = None) -> Bytes:
        """Cells of one character or none (0)."""
        starts, ends = self._spans(column, rows)
        wrong = np.flatnonzero(ends - starts > 1)
        if len(wrong):
            raise self._refused(column, "not one letter", wrong, (starts, ends), rows)
        return np.where(ends > starts, self._bytes[starts], 0).astype(np.uint8)

    def texts(self, column: str, rows: Ints | None = None) -> list[str]:
        """Cells as texts; slow, for few."""
        starts, ends = self._spans(column, rows)
        return [self._text(start, end) for start, end in zip(starts, ends, strict=True)]

    def codes(self, column: str, width: int, rows: Ints | None = None) -> Ints:
        """Cells of exactly so many digits, as numbers."""
        digits = self.characters(column, width, rows) - ZERO
        wrong = np.flatnonzero((digits > 9).any(axis=1))
        if len(wrong):
            spans = self._spans(column, rows)
            raise self._refused(column, f"not {width} digits", wrong, spans, rows)
        return whole_numbers(digits)

    def numbers(self, column: str, rows: Ints | None = None, digits: int = MOST_DIGITS) -> Ints:
        """Whole numbers of zero or more; everything else is refused with its line."""
        starts, ends = self._spans(column, rows)
        lengths = ends - starts
        wrong = (lengths < 1) | (lengths > digits)
        value = np.zeros(len(starts), dtype=np.int64)
        left = np.flatnonzero(~wrong)
        for place in range(digits):
            left = left[lengths[left] > place]
            if not len(left):
                break
            digit = self._bytes[ends[left] - 1 - place] - ZERO
            wrong[left] |= digit > 9
            value[left] += digit.astype(np.int64) * 10**place
        if wrong.any():
            what = f"not a whole number from 0 to {'9' * digits}"
            raise self._refused(column, what, np.flatnonzero(wrong), (starts, ends), rows)
        return value

    def line(self, row: int) -> int:
        """The number of a row's line."""
        return self.first_line + int(row)

    def _refused(
        self, column: str, what: str, wrong: Ints, spans: tuple[Ints, Ints], rows: Ints | None
    ) -> FileRefused:
        lines = wrong if rows is None else rows[wrong]
        return FileRefused(
            self.source.name,
            "bad_number" if "number" in what else "odd_codes",
            [
                f"line {self.line(line)}: {column} is {self._text(start, end)!r}, {what}"
                for line, start, end in zip(
                    lines.tolist(), spans[0][wrong], spans[1][wrong], strict=True
                )
            ],
        )

    def _text(self, start: int, end: int) -> str:
        return self._bytes[start : min(end, start + 60)].tobytes().decode("utf-8", "replace")


def column_blocks(source: SourceFile) -> Iterator[ColumnBlock]:
    """Read the file block by block; empty lines at its end are no rows."""
    line = 2
    for data in source.blocks():
        whole = data if data.endswith(b"\n") else data + b"\n"
        if whole.endswith((b"\n\n", b"\n\r\n")):
            whole = whole.rstrip(b"\r\n") + b"\n"
        if whole == b"\n":
            continue
        block = ColumnBlock(source, whole, line)
        line += block.rows
        yield block
    if line == 2:
        raise FileRefused(source.name, "broken_rows", ["it has a header and no rows"])


def whole_numbers(digits: Bytes) -> Ints:
    """Rows of digits, the greatest place first, as numbers.

    >>> whole_numbers(np.array([[0, 4, 2], [1, 0, 0]], dtype=np.uint8)).tolist()
    [42, 100]
    """
    value = np.zeros(len(digits), dtype=np.int64)
    for place in range(digits.shape[1]):
        value *= 10
        value += digits[:, place]
    return value


def positions(numbers: Mapping[int, int], size: int) -> Ints:
    """A table from a number to its position, -1 where it has none."""
    table = np.full(size, -1, dtype=np.int64)
    for number, position in numbers.items():
        table[number] = position
    return table
