"""PDF files: nothing that runs, starts, sends, or carries other files.

Names are read as a PDF reader reads them (``/L#61unch``), in the file itself and in every stream
that it packs. Where a name hides from this reading, the file is refused as unusual.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from records.inspection.child import child_facts
from records.inspection.containers import encrypted
from records.inspection.disguises import (
    looks_like,
    refuse_hidden_archive,
    refuse_hidden_markup,
)
from records.inspection.results import Inspected, damaged, unfit
from records.rules.files import LIMITS, MEDIA_TYPES, FileKind, content_differs

_ESCAPE = re.compile(rb"#([0-9a-fA-F]{2})")
_STREAM = re.compile(rb"stream\r?\n")
_OBJECT_STREAM = re.compile(rb"/ObjStm(.{0,400}?)stream\r?\n", re.DOTALL)
_ODD_FILTER = re.compile(rb"ASCII|/A85|/AHx|LZW|RunLength|/RL\b|Crypt|FlateDecode.*FlateDecode")
_PIECE = 1 << 20
_OVERLAP = 32
_WORDS = {
    b"/JavaScript": ("pdf_runs", "scripts (JavaScript)"),
    b"/Launch": ("pdf_runs", "an action that starts a program"),
    b"/ImportData": ("pdf_runs", "an action that imports data"),
    b"/SubmitForm": ("pdf_runs", "a form that sends data elsewhere"),
    b"/Rendition": ("pdf_runs", "media that run by themselves"),
    b"/RichMedia": ("pdf_runs", "media that run by themselves"),
    b"/EmbeddedFile": ("pdf_carries_files", "embedded files"),
    b"/FileAttachment": ("pdf_carries_files", "attached files"),
    b"/AFRelationship": ("pdf_carries_files", "attached files"),
}
_NAMES = re.compile(b"|".join(re.escape(name) for name in _WORDS))


def inspect_pdf(data: bytes) -> Inspected:
    """Read a PDF for what it could do.

    Raises:
        Refused: with a sentence that names what has to go.
    """
    if not data.startswith(b"%PDF-"):
        refusal = content_differs(FileKind.PDF, looks_like(data))
        raise unfit(refusal.code, refusal.sentence)
    _refuse_frame(data)
    plain = _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), data)
    if b"/Encrypt" in plain:
        raise encrypted()
    _refuse_names(plain)
    _refuse_odd_object_streams(plain)
    for piece in _inflated(data):
        _refuse_names(_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), piece))
    return Inspected(MEDIA_TYPES[FileKind.PDF], page_count=_pages(data))


def _refuse_frame(data: bytes) -> None:
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise damaged("PDF")
    if data[end + 5 :].strip(b"\0 \t\r\n"):
        raise unfit(
            "two_files_in_one",
            "This PDF carries other data behind its end. Print it to a new PDF and upload that.",
        )
    refuse_hidden_archive(data)
    refuse_hidden_markup(data, head_only=True)


def _refuse_names(text: bytes) -> None:
    found = _NAMES.search(text)
    if found:
        code, what = _WORDS[found[0]]
        raise unfit(
            code, f"This PDF contains {what}. Print it to a new PDF, which leaves them out."
        )


def _refuse_odd_object_streams(plain: bytes) -> None:
    if any(_ODD_FILTER.search(found[1]) for found in _OBJECT_STREAM.finditer(plain)):
        raise unfit(
            "pdf_unusual",
            "This PDF packs its parts in an unusual way that cannot be checked. "
            "Print it to a new PDF and upload that.",
        )


def _inflated(data: bytes) -> Iterator[bytes]:
    """Unpack every stream that is packed in the usual way, a piece at a time."""
    budget = LIMITS[FileKind.PDF].unpacked
    view = memoryview(data)
    for found in _STREAM.finditer(data):
        if data[found.end() : found.end() + 1] not in {b"\x78", b"\x68", b"\x58", b"\x48"}:
            continue
        tail = b""
        for piece in _pieces(view[found.end() :]):
            budget -= len(piece)
            if budget < 0:
                raise unfit(
                    "unpacks_too_large",
                    "Unpacked, this PDF would be larger than we can check. "
                    "Print it to a new PDF with smaller pictures and upload that.",
                )
            yield tail + piece
            tail = piece[-_OVERLAP:]


def _pieces(packed: memoryview) -> Iterator[bytes]:
    inflater, rest = zlib.decompressobj(), bytes(packed[:_PIECE])
    position = len(rest)
    try:
        while rest and not inflater.eof:
            yield inflater.decompress(rest, _PIECE)
            rest = inflater.unconsumed_tail
            if not rest and not inflater.eof:
                rest = bytes(packed[position : position + _PIECE])
                position += len(rest)
    except zlib.error:
        return


def _pages(data: bytes) -> int:
    facts = child_facts("pdf", data)
    if facts.get("needs_password"):
        raise encrypted()
    if not facts.get("pages"):
        raise damaged("PDF")
    if facts.get("scripts"):
        _refuse_names(b"/JavaScript")
    if facts.get("attachments"):
        _refuse_names(b"/EmbeddedFile")
    if facts.get("is_xfa"):
        raise unfit(
            "pdf_runs",
            "This PDF is a dynamic form (XFA) that runs programs. Print it to a new PDF.",
        )
    return int(facts["pages"])
