"""Inputs and fields that Django lacks; drawn by the template pack `uswds`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from kit.money import parse_money
from kit.refusals import Refused


class DayInput(forms.SelectDateWidget):
    """Month, day and year in three fields: the memorable date of USWDS.

    The fields are named `x_month`, `x_day`, `x_year`. A form receives `year-month-day` as
    typed; what is no day is refused by the field and shown again as it was typed.
    """

    kind = "day"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, years=())

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: Mapping[str, Any],  # noqa: ARG002 - Django's signature
        name: str,
    ) -> str | None:
        """Join the three parts; None where nothing was typed."""
        parts = [(data.get(f"{name}_{part}") or "").strip() for part in ("year", "month", "day")]
        if not any(parts):
            value: str | None = data.get(name)
            return value
        return "-".join(parts)

    def format_value(self, value: object) -> dict[str, Any]:
        """Split a day, or what was typed for one, into its parts."""
        year, month, day = [*str(value or "").split("-", 2), "", "", ""][:3]
        return {"year": year, "month": month.lstrip("0"), "day": day.lstrip("0")}

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """Let labels and error links lead to the first part."""
        return f"{id_}_month" if index is None else id_


class MoneyInput(forms.TextInput):
    """Dollars and cents, right-aligned behind a dollar sign; a text field, so no spinner."""

    kind = "money"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})


class MoneyField(forms.CharField):
    """Dollars and cents as people type them, read by the one strict parser; empty is None.

    Django's DecimalField takes `1e3`, `1_000` and digits of other scripts for amounts.
    """

    widget = MoneyInput

    def clean(self, value: object) -> Any:  # noqa: ANN401 - Decimal or None
        """Read the amount."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_money(text)
        except Refused as refused:
            raise forms.ValidationError(
                refused.refusal.sentence, code=refused.refusal.code
            ) from refused


class ComboBox(forms.Select):
    """One of many, found by typing; without script it is the plain list.

    Knows no groups of choices.
    """

    kind = "combo"
