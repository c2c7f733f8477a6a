"""Text that ends up in letters and signatures holds no hidden characters."""

from __future__ import annotations

import unicodedata

from django import forms

_ALLOWED = frozenset("\n\r\t")


def no_hidden_characters(text: str) -> None:
    """Refuse control and direction characters, with which a name can show as another."""
    for character in text:
        if character not in _ALLOWED and unicodedata.category(character) in {"Cc", "Cf", "Cs"}:
            message = "Remove the hidden character (U+%(code)s); type the text again."
            raise forms.ValidationError(message, params={"code": f"{ord(character):04X}"})


class LineField(forms.CharField):
    """One line of visible text; runs of spaces become one."""

    default_validators = [no_hidden_characters]

    def to_python(self, value: object) -> str:
        """Tidy the spaces."""
        return " ".join((super().to_python(value) or "").split())


class TextField(forms.CharField):
    """Several lines of visible text."""

    default_validators = [no_hidden_characters]
    widget = forms.Textarea
