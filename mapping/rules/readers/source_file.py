"""A file as it came: unpacked within limits, with a digest; or refused in one clear report."""

import csv
import io
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import BinaryIO

from kit.refusals import Refusal, Refused
from mapping.rules.readers.unpacking import (
    LIMITS,
    Damaged,
    Limits,
    NotATable,
    TooLarge,
    begins_with,
    unpacked,
)

MOST_PROBLEMS = 12
HEAD = 2**16
BLOCK = 2**19
MOST_TITLE_ROWS = 10
LEAST_COLUMNS = 3  # a title row has one filled cell of three or more


class FileRefused(Refused):
    """A file that is not taken; `problems` lists everything found, not only the first."""

    def __init__(self, name: str, code: str, problems: Sequence[str]) -> None:
        self.name, self.problems = name, list(problems)
        shown = "; ".join(self.problems[:MOST_PROBLEMS])
        rest = len(self.problems) - MOST_PROBLEMS
        more = f"; and {rest} more" if rest > 0 else ""
        super().__init__(Refusal(code, f"{name} was not loaded: {shown}{more}."))


@dataclass(frozen=True)
class SourceFile:
    """A text file with its name and the digest of its content (the same packed or not).

    Small files are read whole (`text`, `rows`); the large ones in blocks of whole lines.
    """

    name: str
    content: BinaryIO
    digest: str

    def __post_init__(self) -> None:
        """A large content lies in a temporary file, which goes with its source."""
        weakref.finalize(self, self.content.close)

    @property
    def stem(self) -> str:
        """The name without folder and endings: `county_naics6_2021`."""
        return PurePath(self.name).name.split(".")[0]

    @cached_property
    def text(self) -> str:
        """All of it, with plain line ends."""
        self.content.seek(0)
        return _decoded(self.name, self.content.read())

    @cached_property
    def head(self) -> str:
        """Its beginning: enough to tell the layout."""
        self.content.seek(0)
        return self.content.read(HEAD).decode("utf-8-sig", "replace").replace("\r\n", "\n")

    @cached_property
    def _title_rows(self) -> int:
        """Rows above the header: only one cell of theirs is filled."""
        rows = csv.reader(io.StringIO(self.head))
        for number, row in zip(range(MOST_TITLE_ROWS), rows, strict=False):
            if len(row) < LEAST_COLUMNS or sum(map(bool, map(str.strip, row))) > 1:
                return number
        return 0

    @cached_property
    def header(self) -> tuple[str, ...]:
        """The first row that is no title, lower case, without byte-order mark and line breaks."""
        reader = csv.reader(io.StringIO(self.head))
        for _ in range(self._title_rows):
            next(reader)
        row = [" ".join(cell.split()).lower() for cell in next(reader, [])]
        while len(row) > 1 and not row[-1]:
            row.pop()
        return tuple(row)

    def rows(self) -> Iterator[list[str]]:
        """All rows after the header."""
        reader = csv.reader(io.StringIO(self.text))
        for _ in range(self._title_rows + 1):
            next(reader, None)
        return (row for row in reader if row)

    def blocks(self, size: int = BLOCK) -> Iterator[bytes]:
        """The lines after the first one, in blocks of whole lines."""
        self.content.seek(0)
        self.content.readline()
        while True:
            block = self.content.read(size)
            if not block.endswith(b"\n"):
                block += self.content.readline()
            if not block:
                return
            # Whoever holds the block may look at the header meanwhile: the place is kept here.
            place = self.content.tell()
            yield block
            self.content.seek(place)


def open_source(
    name: str, data: bytes | BinaryIO, limits: Limits = LIMITS, *, is_peek: bool = False
) -> SourceFile:
    """Unpack (gzip, zip of one file, the sheet of a workbook); a cut or foreign file is refused.

    Args:
        name: Its name, for reports and for the year in it.
        data: Its bytes, or a stream that can be sought.
        limits: How large it may be.
        is_peek: Only the beginning is unpacked, to tell the layout; the digest is empty.
    """
    stream = io.BytesIO(data) if isinstance(data, bytes) else data
    try:
        content, digest = unpacked(stream, limits, HEAD if is_peek else None)
    except TooLarge as error:
        raise FileRefused(name, "too_large", [str(error)]) from error
    except Damaged as error:
        raise FileRefused(name, "truncated_file", [str(error)]) from error
    except NotATable as error:
        raise FileRefused(name, "not_a_table", [str(error)]) from error
    head = begins_with(content, HEAD)
    if b"\x00" in head or not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise FileRefused(name, "not_a_table", ["it is empty or not a text file"])
    return SourceFile(name, content, digest)


def _decoded(name: str, raw: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding).replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
    raise FileRefused(name, "not_a_table", ["it is empty or not a text file"])
