"""Zip containers, read with distrust: sizes are counted, not believed."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from records.inspection.disguises import ZIP_END
from records.inspection.results import damaged, unfit
from records.rules.files import Limits, megabytes

_CHUNK = 1 << 20
_ENCRYPTED = 0x1
_PLAIN_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_LOCAL_HEADER, _END_RECORD = 30, 22


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a container, unpacked."""

    name: str
    data: bytes


def open_container(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """Open a container whose table of contents is sound.

    Raises:
        Refused: ``file_damaged``, ``two_files_in_one``, ``file_encrypted``, ``too_many_parts``,
            ``part_name``, ``parts_overlap``, ``odd_packing``.
    """
    try:
        container = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, RuntimeError, EOFError) as error:
        raise damaged("document") from error
    entries = container.infolist()
    if len(entries) > limits.entries:
        raise unfit(
            "too_many_parts",
            f"This document consists of {len(entries):,} parts; {limits.entries:,} are possible. "
            "Save it anew as PDF and upload that.",
        )
    _refuse_frame(data)
    _refuse_entries(entries, limits)
    _refuse_overlaps(container, entries)
    return container


def unpacked_parts(container: zipfile.ZipFile, packed: int, limits: Limits) -> Iterator[Part]:
    """Unpack part by part; what is counted is what comes out, whatever the header says.

    Raises:
        Refused: ``unpacks_too_large``, ``file_damaged``.
    """
    total = 0
    for entry in container.infolist():
        pieces: list[bytes] = []
        for piece in _pieces(container, entry):
            total += len(piece)
            if total > limits.unpacked or (
                total > limits.ratio_from and total > packed * limits.ratio
            ):
                raise unfit(
                    "unpacks_too_large",
                    f"Unpacked, this document would fill more than {megabytes(total)} although it "
                    f"was sent with {megabytes(packed)}. Save it anew as PDF and upload that.",
                )
            pieces.append(piece)
        yield Part(entry.filename, b"".join(pieces))


def _pieces(container: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with container.open(entry) as handle:
            while piece := handle.read(_CHUNK):
                yield piece
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise damaged("document") from error


def _refuse_frame(data: bytes) -> None:
    """A container begins with its first part and ends with its table of contents."""
    end = data.rfind(ZIP_END)
    if not data.startswith(b"PK\x03\x04") or end + _END_RECORD != len(data):
        raise unfit(
            "two_files_in_one",
            "This file carries other data before or behind the document. "
            "Open it in its program, save a new copy, and upload that.",
        )


def _refuse_entries(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    names = [entry.filename for entry in entries]
    if len({name.lower() for name in names}) != len(names) or any(
        _is_odd_name(name, limits.depth) for name in names
    ):
        raise unfit(
            "part_name",
            "A part of this document has a name that points outside of it or that occurs twice. "
            "Save it anew as PDF and upload that.",
        )
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise encrypted()
    if any(entry.compress_type not in _PLAIN_METHODS for entry in entries):
        raise unfit(
            "odd_packing",
            "This document is packed in a way that Word and Excel do not use. "
            "Save it anew as PDF and upload that.",
        )


def _is_odd_name(name: str, depth: int) -> bool:
    pieces = name.split("/")
    return (
        name.startswith("/")
        or ".." in pieces
        or len(pieces) > depth
        or any(character in name for character in "\\:\0")
    )


def _refuse_overlaps(container: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Parts that share bytes are how a few kilobytes unpack to a disk."""
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    starts = [entry.header_offset for entry in ordered] + [container.start_dir]
    for entry, following in zip(ordered, starts[1:], strict=True):
        if entry.header_offset + _LOCAL_HEADER + entry.compress_size > following:
            raise unfit(
                "parts_overlap",
                "Parts of this document lie on top of one another, as in a file made to swell. "
                "Save it anew as PDF and upload that.",
            )


def encrypted() -> Exception:
    """Build the refusal of a file with a password."""
    return unfit(
        "file_encrypted",
        "This file is protected by a password, so nobody can check or read it. "
        "Remove the password in the program that made it, save it, and upload that.",
    )
