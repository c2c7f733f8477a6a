"""Word and Excel files: no macros, no embedded objects, nothing fetched from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping

from records.inspection.containers import Part, encrypted, open_container, unpacked_parts
from records.inspection.disguises import OLE
from records.inspection.markup import read_markup
from records.inspection.results import Inspected, damaged, unfit
from records.rules.files import LIMITS, MEDIA_TYPES, FileKind, Limits, content_differs

_TYPES_PART = "[Content_Types].xml"
_MAIN = {kind: MEDIA_TYPES[kind] + ".main+xml" for kind in (FileKind.DOCX, FileKind.XLSX)}
_ACTIVE = re.compile(
    r"macro|vba|activex|oleobject|macrosheet|dialogsheet|externallink|webextension|customui|xlcall",
    re.IGNORECASE,
)
_ACTIVE_PARTS = re.compile(
    r"vbaproject|vbadata|activex|embeddings/|macrosheets/|dialogsheets/|externallinks/"
    r"|customui|webextensions/|connections\.xml|querytables/|attachedtoolbars",
    re.IGNORECASE,
)
_HARMLESS_LINK = re.compile(r"(https?|mailto):", re.IGNORECASE)
_ARCHIVES = (b"PK\x03\x04", b"Rar!\x1a", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08")
_PROGRAMS = (b"MZ", b"\x7fELF", OLE)
_DDE = re.compile(r"\bDDE(AUTO)?\b")
_UTF16_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def inspect_office(data: bytes, kind: FileKind) -> Inspected:
    """Read every part of a Word or Excel file.

    Raises:
        Refused: with a sentence that names what has to go.
    """
    if data.startswith(OLE):
        raise _old_or_encrypted(data)
    if not data.startswith(b"PK"):
        raise damaged("document")
    limits = LIMITS[kind]
    seen: set[str] = set()
    for part in unpacked_parts(open_container(data, limits), len(data), limits):
        seen.add(part.name)
        _inspect_part(part, kind, limits)
    if _TYPES_PART not in seen:
        raise unfit(
            "archive_not_taken",
            "This is an archive (zip), not a Word or Excel file. Upload its documents one by one.",
        )
    return Inspected(MEDIA_TYPES[kind])


def _old_or_encrypted(data: bytes) -> Exception:
    if _UTF16_ENCRYPTED in data:
        return encrypted()
    return unfit(
        "old_office_format",
        "This is an Office file of the format used before 2007, which can carry macros. "
        "Open it, save it as .docx, .xlsx or PDF, and upload that.",
    )


def _inspect_part(part: Part, kind: FileKind, limits: Limits) -> None:
    if _ACTIVE_PARTS.search(part.name):
        raise _active(part.name)
    if part.data.startswith(_ARCHIVES):
        raise unfit(
            "archive_inside",
            "Another archive is packed inside this document. Upload its documents one by one.",
        )
    if part.data.startswith(_PROGRAMS):
        raise _active("an embedded object or program")
    if part.name == _TYPES_PART:
        _inspect_types(part.data, kind, limits)
    elif part.name.endswith(".rels"):
        read_markup(part.data, depth=limits.xml_depth, start=_inspect_relationship)
    elif part.name.lower().endswith((".xml", ".vml")) or part.data.lstrip().startswith(b"<?xml"):
        _inspect_text(part.data, limits)


def _inspect_text(data: bytes, limits: Limits) -> None:
    """Field codes may be cut into many runs: they are read as one text."""
    codes: list[str] = []
    reading = False

    def begin(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal reading
        reading = name.rpartition(":")[2] == "instrText"
        codes.extend(value for key, value in attributes.items() if key.endswith("instr"))

    def take(text: str) -> None:
        if reading:
            codes.append(text)

    read_markup(data, depth=limits.xml_depth, start=begin, text=take)
    if _DDE.search("".join(codes)):
        raise _active("a DDE field")


def _inspect_types(data: bytes, kind: FileKind, limits: Limits) -> None:
    found: set[str] = set()

    def take(_name: str, attributes: Mapping[str, str]) -> None:
        declared = attributes.get("ContentType", "")
        if _ACTIVE.search(declared):
            raise _active(declared.rpartition(".")[2])
        found.add(declared)

    read_markup(data, depth=limits.xml_depth, start=take)
    if _MAIN[kind] not in found:
        other = next((one for one, main in _MAIN.items() if main in found), None)
        words = "another kind of Office file"
        if other is not None:
            words = {FileKind.DOCX: "a Word document", FileKind.XLSX: "an Excel workbook"}[other]
        raise _differs(kind, words)


def _differs(kind: FileKind, words: str) -> Exception:
    refusal = content_differs(kind, words)
    return unfit(refusal.code, refusal.sentence)


def _inspect_relationship(_name: str, attributes: Mapping[str, str]) -> None:
    purpose = attributes.get("Type", "").rpartition("/")[2]
    if _ACTIVE.search(purpose) or purpose in {"aFChunk", "subDocument", "frame"}:
        raise _active(purpose)
    target = attributes.get("Target", "")
    is_external = attributes.get("TargetMode", "").lower() == "external"
    if is_external and purpose == "hyperlink" and _HARMLESS_LINK.match(target):
        return
    if is_external or re.match(r"[a-z][a-z0-9+.-]*:|//|\\\\", target, re.IGNORECASE):
        raise unfit(
            "fetches_from_elsewhere",
            "This document loads something from another place when it is opened (a template, a "
            "picture, a link to a file). Break these links, or save it as PDF, and upload that.",
        )


def _active(what: str) -> Exception:
    return unfit(
        "active_content",
        f"This document contains active content ({what.strip('/')[-60:]}): macros, controls, "
        "embedded objects or links that run by themselves. Save it as PDF and upload that.",
    )
