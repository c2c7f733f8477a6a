"""PNG and JPEG pictures: whole, of a sane size, and nothing but a picture."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from records.inspection.child import child_facts
from records.inspection.disguises import (
    looks_like,
    refuse_hidden_archive,
    refuse_hidden_markup,
    refuse_hidden_pdf,
)
from records.inspection.results import Inspected, damaged, unfit
from records.rules.files import LIMITS, MEDIA_TYPES, FileKind, content_differs

_PNG, _JPG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_SCAN = 0xDA


def inspect_picture(data: bytes, kind: FileKind) -> Inspected:
    """Read a picture to its end, its size before anything is unpacked.

    Raises:
        Refused: with a sentence.
    """
    if not data.startswith(_PNG if kind is FileKind.PNG else _JPG):
        refusal = content_differs(kind, looks_like(data))
        raise unfit(refusal.code, refusal.sentence)
    refuse_hidden_archive(data)
    refuse_hidden_markup(data)
    refuse_hidden_pdf(data)
    width, height = _png_size(data) if kind is FileKind.PNG else _jpg_size(data)
    limits = LIMITS[kind]
    if width * height > limits.pixels or max(width, height) > limits.side:
        raise unfit(
            "picture_too_large",
            f"This picture measures {width:,} by {height:,} pixels; {limits.pixels:,} pixels and "
            f"{limits.side:,} on a side are possible. Make it smaller and upload that.",
        )
    if child_facts("picture", data).get("format") != {"png": "PNG", "jpg": "JPEG"}[kind.value]:
        raise damaged("picture")
    return Inspected(MEDIA_TYPES[kind])


def _png_size(data: bytes) -> tuple[int, int]:
    """Walk the chunks from first to last."""
    position, first, last = len(_PNG), b"", b""
    while position + 12 <= len(data) and last != b"IEND":
        (length,) = struct.unpack(">I", data[position : position + 4])
        last = data[position + 4 : position + 8]
        first = first or last
        position += 12 + length
    if first != b"IHDR" or last != b"IEND" or position > len(data):
        raise damaged("picture")
    _refuse_rest(data[position:])
    width, height = struct.unpack(">II", data[16:24])
    return int(width), int(height)


def _jpg_size(data: bytes) -> tuple[int, int]:
    end = data.rfind(b"\xff\xd9")
    if end < 0:
        raise damaged("picture")
    _refuse_rest(data[end + 2 :])
    for marker, position in _segments(data):
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return int(width), int(height)
    raise damaged("picture")


def _segments(data: bytes) -> Iterator[tuple[int, int]]:
    position = 2
    while position + 9 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        yield marker, position - 0
        if marker == _SCAN:
            return
        (length,) = struct.unpack(">H", data[position + 2 : position + 4])
        position += 2 + length


def _refuse_rest(rest: bytes) -> None:
    if rest.strip(b"\0"):
        raise unfit(
            "two_files_in_one",
            "This picture carries other data behind its end, such as a film. "
            "Open it, save a new copy, and upload that.",
        )
