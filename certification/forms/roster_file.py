"""A roster from a file: every row is judged by the form that people fill in by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import QueryDict

from accounts.rules.names import name_key
from certification.forms.roster import FORMS, RosterFrame
from certification.rules.roster_entry import RosterEntry
from certification.rules.roster_file import FileRow, UnreadableFileError, read_file

LARGEST_FILE = 1_000_000


@dataclass(frozen=True)
class JudgedRow:
    """A row with its entry, or with what is wrong in it."""

    line: int
    name: str
    entry: RosterEntry | None
    problems: tuple[str, ...]


class RosterFileForm(forms.Form):
    """A CSV file, or its text."""

    file = forms.FileField(
        label="CSV file", required=False, help_text="Saved from a spreadsheet as CSV (UTF-8)."
    )
    text = forms.CharField(
        label="Or paste the rows",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text="The first line names the columns.",
    )

    def clean(self) -> dict[str, Any]:
        """Read the rows of whichever was given."""
        given = super().clean() or {}
        text = self._text(given)
        if not text.strip():
            raise forms.ValidationError("Choose a file, or paste its rows.")
        try:
            given["rows"] = read_file(text)
        except UnreadableFileError as error:
            raise forms.ValidationError(str(error)) from error
        given["content"] = text
        return given

    def _text(self, given: dict[str, Any]) -> str:
        upload = given.get("file")
        if not upload:
            return str(given.get("text") or "")
        if upload.size > LARGEST_FILE:
            raise forms.ValidationError("The file is larger than 1 MB.")
        try:
            return str(upload.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            message = "The file is not UTF-8 text. Save it from the spreadsheet as “CSV UTF-8”."
            raise forms.ValidationError(message) from error


def judge_rows(rows: list[FileRow], frame: RosterFrame) -> list[JudgedRow]:
    """Judge each row, also against the rows above it."""
    keys = set(frame.listed_keys)
    judged = []
    for row in rows:
        one = _judge(row, replace(frame, listed_keys=frozenset(keys)))
        judged.append(one)
        if one.entry is not None:
            keys.add(name_key(one.entry.organization_name))
    return judged


def _judge(row: FileRow, frame: RosterFrame) -> JudgedRow:
    name = str(row.fields["organization_name"])
    if row.kind is None:
        return JudgedRow(row.line, name, None, ("kind: Write “firm” or “institution”.",))
    data = QueryDict(mutable=True)
    for key, value in row.fields.items():
        data.setlist(key, value if isinstance(value, list) else [value])
    form = FORMS[row.kind](data, frame=frame)
    if form.is_valid():
        return JudgedRow(row.line, name, form.entry(), ())
    problems = tuple(
        f"{form.fields[key].label if key in form.fields else key}: {message}"
        for key, messages in form.errors.items()
        for message in messages
    )
    return JudgedRow(row.line, name, None, problems)
