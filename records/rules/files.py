"""Which files the portal takes: kinds, limits, names. What is not listed is refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kit.refusals import Refusal

MEGABYTE = 1_000_000
LONGEST_NAME = 180


class FileKind(StrEnum):
    """The six kinds of file that the portal takes."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"
    PNG = "png"
    JPG = "jpg"


_OOXML = "application/vnd.openxmlformats-officedocument."
MEDIA_TYPES: Mapping[FileKind, str] = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: _OOXML + "wordprocessingml.document",
    FileKind.XLSX: _OOXML + "spreadsheetml.sheet",
    FileKind.CSV: "text/csv",
    FileKind.PNG: "image/png",
    FileKind.JPG: "image/jpeg",
}
KIND_WORDS: Mapping[FileKind, str] = {
    FileKind.PDF: "PDF",
    FileKind.DOCX: "Word document (.docx)",
    FileKind.XLSX: "Excel workbook (.xlsx)",
    FileKind.CSV: "CSV table",
    FileKind.PNG: "PNG picture",
    FileKind.JPG: "JPEG picture",
}
EXTENSIONS: Mapping[str, FileKind] = {
    **{kind.value: kind for kind in FileKind},
    "jpeg": FileKind.JPG,
}
ACCEPT = ",".join(f".{name}" for name in EXTENSIONS)
ALLOWED_WORDS = "PDF, Word (.docx), Excel (.xlsx), CSV, PNG or JPEG"

# Browsers name some types loosely; these mean "I do not know".
_UNTOLD = {"", "application/octet-stream", "binary/octet-stream", "application/x-download"}
_ALSO_CALLED: Mapping[FileKind, frozenset[str]] = {
    FileKind.CSV: frozenset({"text/plain", "application/csv", "application/vnd.ms-excel"}),
    FileKind.JPG: frozenset({"image/jpg", "image/pjpeg"}),
    FileKind.PDF: frozenset({"application/x-pdf"}),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be, also when it is unpacked.

    Attributes:
        size: Bytes as sent.
        unpacked: Bytes of all parts of a container together.
        ratio: How many times larger than packed, beyond ``ratio_from`` bytes.
        entries: Parts of a container.
        depth: Folders within folders, and elements within elements of its XML.
        pixels: Of a picture.
        side: Of a picture, in pixels.
    """

    size: int
    unpacked: int = 250 * MEGABYTE
    ratio: int = 100
    ratio_from: int = 10 * MEGABYTE
    entries: int = 3000
    depth: int = 12
    xml_depth: int = 256
    pixels: int = 60 * MEGABYTE
    side: int = 20_000


LIMITS: Mapping[FileKind, Limits] = {
    FileKind.PDF: Limits(50 * MEGABYTE, unpacked=1000 * MEGABYTE),
    FileKind.DOCX: Limits(25 * MEGABYTE),
    FileKind.XLSX: Limits(25 * MEGABYTE),
    FileKind.CSV: Limits(25 * MEGABYTE),
    FileKind.PNG: Limits(20 * MEGABYTE),
    FileKind.JPG: Limits(20 * MEGABYTE),
}
LARGEST = max(limits.size for limits in LIMITS.values())

_RESERVED = {"con", "prn", "aux", "nul"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(10)
}
_FORBIDDEN = re.compile(r'[<>:"|?*/\\]')
_PROGRAM_ENDINGS = (
    "exe dll com scr pif bat cmd ps1 vbs vbe js jse wsf wsh hta msi jar sh php asp aspx jsp cgi pl "
    "py html htm xhtml svg xml mht lnk url iso img zip rar 7z gz tar docm xlsm pptm dotm xltm "
    "xlam reg inf cpl app dmg apk"
)
_DANGEROUS = frozenset(_PROGRAM_ENDINGS.split())


def name_refusal(name: str) -> Refusal | None:
    """Say why a file's name is not taken, or None.

    >>> name_refusal("Bylaws 2026.pdf") is None
    True
    >>> name_refusal("report.exe.pdf").code
    'name_two_endings'
    """
    for check in (_length, _invisible, _path, _reserved, _ending, _two_endings):
        refusal = check(name)
        if refusal is not None:
            return refusal
    return None


def kind_of_name(name: str) -> FileKind | None:
    """Return the kind that a name's ending stands for."""
    return EXTENSIONS.get(name.rpartition(".")[2].lower()) if "." in name else None


def size_refusal(kind: FileKind, size: int) -> Refusal | None:
    """Say why a size is not taken, or None."""
    if size == 0:
        return Refusal(
            "file_empty", "This file is empty: it holds 0 bytes. Check it on your computer."
        )
    limit = LIMITS[kind].size
    if size > limit:
        return Refusal(
            "file_too_large",
            f"This file has {megabytes(size)}; a {KIND_WORDS[kind]} may have "
            f"{megabytes(limit)}. Make it smaller or split it.",
        )
    return None


def declared_refusal(kind: FileKind, declared: str) -> Refusal | None:
    """Say why the type that the browser named does not fit the name's ending, or None."""
    told = declared.partition(";")[0].strip().lower()
    if told in _UNTOLD | {MEDIA_TYPES[kind]} | _ALSO_CALLED.get(kind, frozenset()):
        return None
    return Refusal(
        "type_differs",
        f"The name says {KIND_WORDS[kind]}, but the file was sent as “{told[:60]}”. "
        "Save it again in the right format and upload that.",
    )


def content_differs(kind: FileKind, found: str) -> Refusal:
    """Say that the content is not what the name says."""
    return Refusal(
        "content_differs",
        f"The name ends like a {KIND_WORDS[kind]}, but the content is {found}. "
        f"Open the file in its program, save it as {ALLOWED_WORDS}, and upload that.",
    )


def megabytes(size: int) -> str:
    """Return a size in words.

    >>> megabytes(2_340_000), megabytes(12_000), megabytes(50_000_000)
    ('2.3 MB', '12 kB', '50 MB')
    """
    if size < MEGABYTE:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / MEGABYTE:.1f}".removesuffix(".0") + " MB"


def download_name(original: str, media_type: str, *, prefix: str = "") -> str:
    r"""Return a name that is safe on every computer, with the ending of what it truly is.

    >>> download_name("../Bylaws\u202e.pdf", "application/pdf")
    'Bylaws.pdf'
    """
    stem = original.rpartition(".")[0] or original
    stem = stem.replace("\\", "/").rpartition("/")[2]
    clean = "".join(c for c in unicodedata.normalize("NFC", stem) if _is_printed(c))
    clean = _FORBIDDEN.sub(" ", clean).strip(" .") or "document"
    endings = {media: kind.value for kind, media in MEDIA_TYPES.items()}
    return f"{prefix}{clean[:120]}.{endings[media_type]}"


def _is_printed(character: str) -> bool:
    return unicodedata.category(character)[0] not in "CZ" or character == " "


def _length(name: str) -> Refusal | None:
    if not name.strip():
        return Refusal("name_missing", "The file has no name. Name it and upload it again.")
    if len(name) > LONGEST_NAME:
        return Refusal(
            "name_too_long",
            f"The file's name has {len(name)} characters; {LONGEST_NAME} are possible. Shorten it.",
        )
    return None


def _invisible(name: str) -> Refusal | None:
    if all(_is_printed(c) for c in name):
        return None
    return Refusal(
        "name_invisible",
        "The file's name contains characters that cannot be seen or that turn the direction of "
        "the text. Rename it with letters, digits, spaces, hyphens and dots.",
    )


def _path(name: str) -> Refusal | None:
    if _FORBIDDEN.search(name) or name.startswith((".", "~")) or ".." in name:
        return Refusal(
            "name_is_path",
            "The file's name looks like a path or holds one of < > : \" | ? * / \\. "
            "Rename it with letters, digits, spaces, hyphens and single dots.",
        )
    return None


def _reserved(name: str) -> Refusal | None:
    if name.partition(".")[0].strip().lower() in _RESERVED or name.endswith((" ", ".")):
        return Refusal(
            "name_reserved",
            "Some computers cannot store a file of this name. Give it another name.",
        )
    return None


def _ending(name: str) -> Refusal | None:
    if kind_of_name(name) is None:
        ending = name.rpartition(".")[2] if "." in name else ""
        told = f"“.{ending[:20]}” files are" if ending else "a file without an ending is"
        return Refusal(
            "kind_not_taken",
            f"The portal takes {ALLOWED_WORDS}; {told} not among them. "
            "Save it as PDF and upload that.",
        )
    return None


def _two_endings(name: str) -> Refusal | None:
    middle = {part.strip().lower() for part in name.split(".")[1:-1]}
    if middle & _DANGEROUS:
        return Refusal(
            "name_two_endings",
            "The file's name has two endings, like a program in disguise. Keep one ending only.",
        )
    return None
