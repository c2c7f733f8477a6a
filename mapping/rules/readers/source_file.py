"""A file as it came: unpacked, decoded, with a digest; or refused in one clear report."""

import csv
import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from kit.refusals import Refusal, Refused

MOST_PROBLEMS = 12


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
    """A text file with its name and the digest of its content (the same packed or not)."""

    name: str
    text: str
    digest: str

    @property
    def stem(self) -> str:
        """The name without folder and endings: `county_naics6_2021`."""
        return PurePath(self.name).name.split(".")[0]

    @cached_property
    def header(self) -> tuple[str, ...]:
        """The first row, lower case, without byte-order mark."""
        first = self.text[: self.text.find("\n") + 1 or None].lstrip("\ufeff")
        row = next(csv.reader([first]), [])
        return tuple(cell.strip().lower() for cell in row)

    def rows(self) -> Iterator[list[str]]:
        """All rows after the header."""
        reader = csv.reader(io.StringIO(self.text))
        next(reader, None)
        return (row for row in reader if row)


def open_source(name: str, data: bytes) -> SourceFile:
    """Unpack (gzip, zip of one file) and decode; a cut or foreign file is refused."""
    raw = _unpacked(name, data)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="strict") if b"\x00" not in raw else ""
    if not text.strip():
        raise FileRefused(name, "not_a_table", ["it is empty or not a text file"])
    return SourceFile(name, text.replace("\r\n", "\n"), hashlib.sha256(raw).hexdigest())


def _unpacked(name: str, data: bytes) -> bytes:
    try:
        if data[:2] == b"\x1f\x8b":
            return gzip.decompress(data)
        if data[:4] == b"PK\x03\x04":
            return _only_member(name, data)
    except (EOFError, OSError, zlib.error, zipfile.BadZipFile) as error:
        raise FileRefused(
            name, "truncated_file", ["the packed file is cut short or damaged; fetch it again"]
        ) from error
    return data


def _only_member(name: str, data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [info for info in archive.infolist() if not info.is_dir()]
        if len(members) != 1:
            raise FileRefused(
                name, "not_a_table", [f"the zip holds {len(members)} files where one is expected"]
            )
        return archive.read(members[0])
