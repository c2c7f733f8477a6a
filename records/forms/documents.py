"""What people say about the files that they send."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from records.papers import CaseDoor, PaperKind
from records.rules.files import ACCEPT, ALLOWED_WORDS, LARGEST, megabytes

FILES_HINT = (
    f"{ALLOWED_WORDS}, up to {megabytes(LARGEST)} each. We check every file for viruses and hidden "
    "content before anybody can open it."
)


class ManyFilesInput(forms.FileInput):
    """Takes several files at once; the look adds a place to drop them."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"accept": ACCEPT, "multiple": True})


class ManyFilesField(forms.FileField):
    """Several files; what they are is asked of each by the action."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:  # noqa: ANN401, ARG002
        """Return the files."""
        files = [one for one in data or [] if one]
        if not files:
            raise forms.ValidationError("Choose at least one file.", code="required")
        return files


def _kind_field() -> forms.ChoiceField:
    return forms.ChoiceField(label="What it is")


class AddPapersForm(forms.Form):
    """Files, and what they are."""

    files = ManyFilesField(  # type: ignore[assignment]  # the form keeps what was sent apart
        label="Files", widget=ManyFilesInput(), help_text=FILES_HINT
    )
    kind = _kind_field()
    about = forms.ChoiceField(
        label="What it is evidence for", required=False, help_text="It helps officers to find it."
    )
    title = forms.CharField(
        label="Title",
        max_length=200,
        required=False,
        help_text="As people call it; without a title the file's name is used.",
    )
    is_confidential = forms.BooleanField(
        label="Confidential: contains trade secrets or personal details",
        required=False,
        help_text="Only your group and the officers who decide can open it. Every reading is "
        "recorded. You can attach a redacted copy for others.",
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        kinds: tuple[PaperKind, ...],
        about: tuple[tuple[str, str], ...],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["kind"]
        asked.choices = [(one.code, one.words) for one in kinds]
        if about:
            said: Any = self.fields["about"]
            said.choices = [("", "Nothing in particular"), *about]
        else:
            del self.fields["about"]


class OneFileForm(forms.Form):
    """One file: a new version, or a redacted copy."""

    file = forms.FileField(
        label="File",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=FILES_HINT,
        allow_empty_file=True,
    )


class PapersFilterForm(forms.Form):
    """What a reader looks for in the list of papers."""

    q = forms.CharField(label="Title or file name", required=False, max_length=100)
    kind = forms.ChoiceField(label="What it is", required=False)
    state = forms.ChoiceField(
        label="Check",
        required=False,
        choices=[
            ("", "Any"),
            ("clean", "Checked"),
            ("under_way", "Being checked"),
            ("refused", "Refused"),
        ],
    )

    def __init__(self, *args: Any, door: CaseDoor, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["kind"]
        asked.choices = [("", "Any"), *((one.code, one.words) for one in door.kinds.values())]
