"""Files to be loaded, as an officer sends them."""

from __future__ import annotations

from typing import Any

from django import forms

from mapping.rules.sent_files import (
    ALLOWED_WORDS,
    ENDINGS,
    LARGEST,
    MEGABYTE,
    MOST_FILES,
    sending_refusals,
)
from records.forms.documents import ManyFilesField, ManyFilesInput

FIRST_YEAR, LAST_YEAR = 1986, 2100


class SendFilesForm(forms.Form):
    """Files, and a year for those whose names do not tell it."""

    files = ManyFilesField(  # type: ignore[assignment]  # the form keeps what was sent apart
        label="Files",
        widget=ManyFilesInput(),
        help_text=(
            f"{ALLOWED_WORDS}. At most {MOST_FILES} files, together {LARGEST // MEGABYTE} MB."
        ),
    )
    year = forms.IntegerField(
        label="Year of the data",
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text="Only where a file's name does not tell it, as cbp21co.zip does.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        self.fields["files"].widget.attrs["accept"] = ",".join(ENDINGS)

    def clean_files(self) -> list[Any]:
        """Say of every file what speaks against it."""
        files: list[Any] = self.cleaned_data["files"]
        refusals = sending_refusals([(file.name or "", file.size or 0) for file in files])
        if refusals:
            raise forms.ValidationError([refusal.sentence for refusal in refusals])
        return files
