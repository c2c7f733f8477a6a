"""A file of scores, or its text."""

from __future__ import annotations

from typing import Any

from django import forms

from grants.rules.score_file import UnreadableFileError, read_rows

LARGEST_FILE = 1_000_000


class ScoreFileForm(forms.Form):
    """A CSV file, or its text."""

    file = forms.FileField(
        label="CSV file", required=False, help_text="Saved from the spreadsheet as CSV (UTF-8)."
    )
    text = forms.CharField(
        label="Or paste the rows",
        required=False,
        strip=False,
        max_length=LARGEST_FILE,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text="The first line names the columns.",
    )

    def clean(self) -> dict[str, Any]:
        """Read the rows of whichever was given."""
        given = super().clean() or {}
        text = self._text(given)
        if not text.strip():
            raise forms.ValidationError("Choose a file, or paste its rows.")
        try:
            given["rows"] = read_rows(text)
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
