"""Bounded unpacking: nothing is held in memory, and nothing grows beyond the limits."""

import gzip
import hashlib
import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO, cast

from mapping.rules.readers.workbooks import (
    UnreadableWorkbook,
    as_csv,
    is_old_workbook,
    is_workbook,
)

STEP = 2**20
IN_MEMORY = 2**23
_MEGA = 10**6


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be; the largest official one (QCEW, a year) unpacks to 0.6 GB.

    Attributes:
        packed: Bytes as the file comes.
        unpacked: Bytes that come out of it.
        ratio: How many times its size a packed file may unpack to.
        ratio_from: Unpacked bytes below which the ratio says nothing.
        workbook: Bytes of a spreadsheet, which must be held whole.
    """

    packed: int = 1_000 * _MEGA
    unpacked: int = 1_000 * _MEGA
    ratio: int = 60
    ratio_from: int = 32 * _MEGA
    workbook: int = 20 * _MEGA


LIMITS = Limits()


class TooLarge(Exception):
    """Beyond a limit, in words."""


class Damaged(Exception):
    """Cut short or not what it says it is."""


class NotATable(Exception):
    """Nothing that could hold one table."""


def unpacked(stream: BinaryIO, limits: Limits, first: int | None) -> tuple[BinaryIO, str]:
    """The content in a temporary file of its own, and its digest.

    Args:
        stream: The file as it came.
        limits: How large it may be.
        first: Only so many bytes (the digest is empty then).
    """
    size = stream.seek(0, 2)
    if size > limits.packed:
        raise TooLarge(
            f"it has {size / _MEGA:,.0f} MB; at most {limits.packed / _MEGA:,.0f} MB are taken"
        )
    try:
        return _copied(_opened(stream, limits, size), limits, size, first)
    except (EOFError, OSError, zlib.error, zipfile.BadZipFile, RuntimeError) as error:
        raise Damaged("the packed file is cut short or damaged; fetch it again") from error


def begins_with(content: BinaryIO, count: int) -> bytes:
    """The first bytes."""
    content.seek(0)
    return content.read(count)


def _opened(stream: BinaryIO, limits: Limits, size: int) -> Iterator[bytes]:
    start = begins_with(stream, 8)
    stream.seek(0)
    if start[:2] == b"\x1f\x8b":
        return _steps(gzip.GzipFile(fileobj=stream))
    if start[:4] == b"PK\x03\x04":
        archive = zipfile.ZipFile(stream)
        if not is_workbook(archive.namelist()):
            return _steps(_only_member(archive))
    elif not is_old_workbook(start):
        return _steps(stream)
    if size > limits.workbook:
        raise TooLarge(
            f"a spreadsheet of {size / _MEGA:,.0f} MB is too large: save the sheet as CSV"
        )
    stream.seek(0)
    try:
        return iter([as_csv(stream.read(), most_unpacked=limits.workbook * 10)])
    except UnreadableWorkbook as error:
        raise NotATable(str(error)) from error


def _only_member(archive: zipfile.ZipFile) -> IO[bytes]:
    members = [info for info in archive.infolist() if not info.is_dir()]
    if len(members) != 1:
        raise NotATable(f"the zip holds {len(members)} files where one is expected")
    return archive.open(members[0])


def _steps(stream: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
    while step := stream.read(STEP):
        yield step


def _copied(
    steps: Iterator[bytes], limits: Limits, size: int, first: int | None
) -> tuple[BinaryIO, str]:
    content: BinaryIO = io.BytesIO()
    digest, total = hashlib.sha256(), 0
    try:
        for step in steps:
            total += len(step)
            _refuse_too_large(total, size, limits)
            if first is not None and total >= first:
                content.write(step[: first - total + len(step)])
                break
            if total > IN_MEMORY >= total - len(step):
                content = _on_disk(content)
            content.write(step)
            digest.update(step)
    except BaseException:
        content.close()
        raise
    return content, "" if first is not None else digest.hexdigest()


def _refuse_too_large(total: int, size: int, limits: Limits) -> None:
    if total > limits.unpacked:
        raise TooLarge(f"it unpacks to more than {limits.unpacked / _MEGA:,.0f} MB")
    if total > max(limits.ratio_from, size * limits.ratio):
        raise TooLarge(f"it unpacks to more than {limits.ratio} times its size")


def _on_disk(begun: BinaryIO) -> BinaryIO:
    content = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 - closed with its source
    begun.seek(0)
    content.write(begun.read())
    begun.close()
    return content
