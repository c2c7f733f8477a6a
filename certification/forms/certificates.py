"""What somebody hands in to have a certificate checked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from certification.rules.certificates import LARGEST_FILE
from kit.references import is_reference


class CertificateFileForm(forms.Form):
    """A file; it is read and forgotten."""

    file = forms.FileField(
        label="The certificate's file",
        help_text="The PDF or the signed JSON, at most 2 MB. We read it and keep nothing.",
        max_length=200,
        error_messages={
            "required": "Choose the certificate's file.",
            "max_length": "The file's name is too long. Give it a shorter one.",
            "empty": "This file is empty. Download the certificate again.",
        },
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """Large files are no certificates."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError("No certificate is larger than 2 MB. Check the file.")
        return file


class ReferenceForm(forms.Form):
    """A reference as it is printed on certificates."""

    reference = forms.CharField(
        label="Or its reference",
        max_length=30,
        help_text="Two letters and nine characters, like DC-7K3M-Q2XD-R.",
        error_messages={"required": "Enter the reference of the certificate."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["reference"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def clean_reference(self) -> str:
        """Small letters and blanks are forgiven; a wrong check character is told."""
        text = "".join(str(self.cleaned_data["reference"]).split()).upper()
        if not is_reference(text):
            raise forms.ValidationError(
                "This is not a reference: one character is wrong or missing. Compare it with the "
                "certificate."
            )
        return text
