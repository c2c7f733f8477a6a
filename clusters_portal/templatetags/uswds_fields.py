"""What the crispy template pack `uswds` needs to know about a field, and its widget drawn.

A form says which of its fields become public by a class attribute::

    class FirmForm(forms.Form):
        public_fields = frozenset({"name", "county"})

Widgets: text, number, e-mail and so on; textarea (with a character count where the
field has a `max_length`); select; radios and checkboxes; file; `kit.widgets.DayInput`
(month, day, year), `kit.widgets.MoneyInput` and `kit.widgets.ComboBox`.
"""

from __future__ import annotations

from typing import NamedTuple

from django import forms, template
from django.forms import BoundField
from django.utils.dates import MONTHS
from django.utils.safestring import SafeString

register = template.Library()

# The first match decides: narrow classes before the ones they derive from.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.SelectDateWidget, "day"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
)

CLASSES = {
    "select": "usa-select",
    "combo": "usa-select",
    "textarea": "usa-textarea",
    "file": "usa-file-input",
    "checkbox": "usa-checkbox__input",
}


@register.filter
def widget_kind(field: BoundField) -> str:
    """Name the kind of widget: what the template branches on."""
    widget = field.field.widget
    kind = getattr(widget, "kind", "")
    if kind:
        return str(kind)
    return next((kind for cls, kind in KINDS if isinstance(widget, cls)), "text")


@register.filter
def becomes_public(field: BoundField) -> bool:
    """Tell whether what is typed here will be shown to everybody."""
    return field.name in getattr(field.form, "public_fields", ())


@register.simple_tag
def uswds_widget(field: BoundField) -> SafeString:
    """Draw the widget with its USWDS classes and states."""
    kind = widget_kind(field)
    classes = [CLASSES.get(kind, "usa-input")]
    own = field.field.widget.attrs.get("class", "")
    if own:
        classes.append(own)
    if field.errors:
        classes.append("usa-input--error")
    if kind == "textarea" and character_limit(field):
        classes.append("usa-character-count__field")
    return field.as_widget(attrs={"class": " ".join(classes)})


@register.filter
def character_limit(field: BoundField) -> int | None:
    """Return how many characters fit, where a count should be shown."""
    if widget_kind(field) != "textarea":
        return None
    return getattr(field.field, "max_length", None)


@register.filter
def empty_choice(field: BoundField) -> str:
    """Return the words of the choice that stands for none: "Choose an area"."""
    choices = getattr(field.field.widget, "choices", ())
    return next((str(words) for value, words in choices if value == ""), "")


class DayPart(NamedTuple):
    """One of the three inputs of a day: month, day, year."""

    name: str
    label: str
    field: str
    id: str
    value: str
    width: int
    options: list[tuple[str, str, bool]]


@register.filter
def day_parts(field: BoundField) -> list[DayPart]:
    """Split a day into month, day and year, as typed or as stored.

    Works with Django's SelectDateWidget, whose names (`x_month`, ...) it keeps, so that
    a day typed wrong comes back as it was typed.
    """
    widget = field.field.widget
    shown = widget.format_value(field.value())

    def part(name: str, label: str, width: int) -> DayPart:
        value = str(shown.get(name) or "")
        html_name, html_id = f"{field.html_name}_{name}", f"{field.auto_id}_{name}"
        return DayPart(name, label, html_name, html_id, value, width, [])

    month = part("month", "Month", 2)
    options = [("", "Choose", not month.value)] + [
        (str(number), words, str(number) == month.value) for number, words in MONTHS.items()
    ]
    return [month._replace(options=options), part("day", "Day", 2), part("year", "Year", 4)]
