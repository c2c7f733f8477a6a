"""Files that are two things at once, and the names of what we did not ask for."""

from __future__ import annotations

import puremagic

from records.inspection.results import unfit

ZIP_END = b"PK\x05\x06"
ZIP_TAIL = 66_000  # the end record lies within 22 + 65,535 bytes of the end
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 1024
_MARKUP = (b"<script", b"<?php", b"<html", b"<!doctype html", b"<svg", b"<iframe")
_WORDS = {
    ".exe": "a program",
    ".dll": "a program",
    ".zip": "an archive (zip)",
    ".rar": "an archive (rar)",
    ".7z": "an archive (7z)",
    ".gz": "an archive (gzip)",
    ".html": "a web page (HTML)",
    ".svg": "a drawing (SVG)",
    ".gif": "a GIF picture",
    ".rtf": "a Rich Text document",
    ".xml": "an XML file",
    ".png": "a PNG picture",
    ".jpg": "a JPEG picture",
    ".pdf": "a PDF",
    ".docx": "an Office document or an archive (zip)",
    ".doc": "an old Office document (.doc, .xls)",
    ".elf": "a program",
}


def looks_like(data: bytes) -> str:
    """Return in words what the content seems to be."""
    if not data.strip(b"\0"):
        return "only empty bytes"
    try:
        guesses = puremagic.magic_string(data[:8192] + data[-8192:])
    except (puremagic.PureError, ValueError):
        guesses = []
    for guess in guesses:
        if guess.extension in _WORDS:
            return _WORDS[guess.extension]
    return "something we do not recognise"


def refuse_hidden_archive(data: bytes) -> None:
    """Refuse a file behind whose content a zip archive hides.

    Raises:
        Refused: ``two_files_in_one``.
    """
    if ZIP_END in data[-ZIP_TAIL:]:
        raise _two_in_one("an archive (zip)")


def refuse_hidden_markup(data: bytes, *, head_only: bool = False) -> None:
    """Refuse a file that a browser could read as a web page.

    Raises:
        Refused: ``two_files_in_one``.
    """
    lowered = (data[:_HEAD] if head_only else data).lower()
    if any(mark in lowered for mark in _MARKUP):
        raise _two_in_one("a web page or a script")


def refuse_hidden_pdf(data: bytes) -> None:
    """Refuse a file that a PDF reader would open: the mark may stand anywhere at its start.

    Raises:
        Refused: ``two_files_in_one``.
    """
    if b"%PDF-" in data[:_HEAD]:
        raise _two_in_one("a PDF")


def _two_in_one(hidden: str) -> Exception:
    return unfit(
        "two_files_in_one",
        f"This file is two things at once: inside it hides {hidden}. "
        "Open it in its program, save a new copy, and upload that.",
    )
