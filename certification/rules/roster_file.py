"""A roster as a CSV file: its columns, and how its cells are read."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from certification.rules.groups import ParticipantKind, SizeClass
from certification.rules.participants import FIRM_ROLE_WORDS, INSTITUTION_KIND_WORDS

COLUMNS = (
    "kind",
    "name",
    "role",
    "county",
    "contact_name",
    "contact_email",
    "size",
    "uei",
    "naics",
    "corporate_family",
    "votes",
    "employees",
)
NEEDED = COLUMNS[:6]
MOST_ROWS = 1000
_ROLES = {words.casefold(): role.value for role, words in FIRM_ROLE_WORDS.items()} | {
    role.value: role.value for role in FIRM_ROLE_WORDS
}
_KINDS = {words.casefold(): kind.value for kind, words in INSTITUTION_KIND_WORDS.items()} | {
    kind.value: kind.value for kind in INSTITUTION_KIND_WORDS
}
_SIZES = {
    "small": SizeClass.SMALL.value,
    "small firm": SizeClass.SMALL.value,
    "other": SizeClass.OTHER.value,
    "not small": SizeClass.OTHER.value,
    "not a small firm": SizeClass.OTHER.value,
    "large": SizeClass.OTHER.value,
}


@dataclass(frozen=True)
class FileRow:
    """One line of the file with its number, as form fields."""

    line: int
    kind: ParticipantKind | None
    fields: Mapping[str, str | list[str]]


class UnreadableFileError(ValueError):
    """Raised when the file as a whole cannot be read; the message is for people."""


def read_file(text: str) -> list[FileRow]:
    """Return the rows of a file; cells are not judged yet.

    Raises:
        UnreadableFileError: no header, a column is missing, or too many rows.
    """
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""), restkey="")
    header = [
        " ".join((name or "").casefold().split()).replace(" ", "_")
        for name in reader.fieldnames or []
    ]
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise UnreadableFileError(
            f"The first line must name the columns. Missing: {', '.join(missing)}."
        )
    reader.fieldnames = header
    try:
        lines = [(reader.line_num, line) for line in reader]
    except csv.Error as error:
        raise UnreadableFileError(f"Line {reader.line_num} cannot be read: {error}.") from error
    rows = [_row(number, line) for number, line in lines if _has_text(line)]
    if not rows:
        raise UnreadableFileError("The file holds a header but no organization.")
    if len(rows) > MOST_ROWS:
        raise UnreadableFileError(
            f"The file holds {len(rows)} organizations; send at most {MOST_ROWS} at a time."
        )
    return rows


def _has_text(line: Mapping[str, object]) -> bool:
    return any(isinstance(cell, str) and cell.strip() for cell in line.values())


def _row(number: int, line: Mapping[str, str | None]) -> FileRow:
    cells = {name: (line.get(name) or "").strip() for name in COLUMNS}
    kind = _kind(cells["kind"])
    role = cells["role"].casefold()
    size = cells["size"].casefold()
    fields: dict[str, str | list[str]] = {
        "organization_name": cells["name"],
        "county": cells["county"],
        "contact_name": cells["contact_name"],
        "contact_email": cells["contact_email"],
        "votes": cells["votes"] or "1",
        "uei": cells["uei"],
        "naics": cells["naics"],
        "corporate_family": cells["corporate_family"],
        "employees": cells["employees"],
        "size_class": _SIZES.get(size, size),
        "firm_role": _ROLES.get(role, role),
        "institution_kinds": [_KINDS.get(one.strip(), one.strip()) for one in role.split(";")],
    }
    return FileRow(number, kind, fields)


def _kind(cell: str) -> ParticipantKind | None:
    try:
        return ParticipantKind(cell.casefold())
    except ValueError:
        return None
