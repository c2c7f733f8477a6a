"""Is a file what its name says, and nothing more? One door to the inspections."""

from __future__ import annotations

from kit.refusals import Refusal, Refused
from records.inspection.office import inspect_office
from records.inspection.pictures import inspect_picture
from records.inspection.portable import inspect_pdf
from records.inspection.results import Inspected
from records.inspection.tables import inspect_table
from records.rules.files import (
    FileKind,
    declared_refusal,
    kind_of_name,
    name_refusal,
    size_refusal,
)


def inspect(data: bytes, *, name: str, declared: str) -> Inspected:
    """Inspect a file's name, size, declared type and content; they have to agree.

    Raises:
        Refused: with a code and a sentence that helps.
    """
    kind = kind_of_name(name)
    refusal = name_refusal(name)
    if refusal is not None or kind is None:
        raise Refused(refusal or Refusal("kind_not_taken", "The portal does not take this kind."))
    refusal = size_refusal(kind, len(data)) or declared_refusal(kind, declared)
    if refusal is not None:
        raise Refused(refusal)
    return _of_kind(data, kind)


def _of_kind(data: bytes, kind: FileKind) -> Inspected:
    if kind is FileKind.PDF:
        return inspect_pdf(data)
    if kind is FileKind.CSV:
        return inspect_table(data)
    if kind in {FileKind.DOCX, FileKind.XLSX}:
        return inspect_office(data, kind)
    return inspect_picture(data, kind)
