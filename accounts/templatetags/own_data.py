"""Held values as people read them."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.dateformat import format as written

register = template.Library()


@register.filter
def as_read(value: object) -> str:
    """Return a value of one's own data in words.

    >>> as_read(True), as_read(None), as_read({"role": "publisher", "user": 7})
    ('yes', '', 'role: publisher; user: 7')
    """
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return written(timezone.localtime(value), "M j, Y, g:i a")
    if isinstance(value, dict):
        return "; ".join(f"{name}: {as_read(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(as_read(one) for one in value)
    return str(value)
