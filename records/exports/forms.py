"""The forms in which a table can be had, and their place in addresses."""

from __future__ import annotations

from enum import StrEnum

from django.urls import reverse


class ExportForm(StrEnum):
    """A form of a download; its value is the file's ending."""

    CSV = "csv"
    WORKBOOK = "xlsx"
    JSON = "json"


WORDS = {ExportForm.CSV: "CSV", ExportForm.WORKBOOK: "Excel", ExportForm.JSON: "JSON"}


class ExportFormConverter:
    """URL converter: an ending that no form has is 404."""

    regex = "|".join(form.value for form in ExportForm)

    def to_python(self, value: str) -> ExportForm:
        """Read the ending."""
        return ExportForm(value)

    def to_url(self, value: str) -> str:
        """Write the ending."""
        return ExportForm(value).value


def downloads(route: str, *args: object, query: str = "") -> list[dict[str, str]]:
    """Return label and address of every form of one table, for the page that shows it.

    Args:
        route: The route that answers; its last argument is the form.
        args: What the address needs besides.
        query: The filters of the page, so that page and files hold the same rows.
    """
    tail = f"?{query}" if query else ""
    return [
        {"label": words, "url": reverse(route, args=[*args, form]) + tail}
        for form, words in WORDS.items()
    ]
