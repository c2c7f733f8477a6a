"""Marks the words that were searched."""

from __future__ import annotations

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
SHORTEST = 2


@register.filter
def marked(text: str, asked: str) -> SafeString:
    """Put the searched words of a text into ``<mark>``; everything else stays text.

    >>> marked("Glass & Co", "glass")
    '<mark>Glass</mark> &amp; Co'
    """
    words = sorted({word for word in asked.split() if len(word) >= SHORTEST}, key=len, reverse=True)
    if not words:
        return escape(text)
    pieces = re.split("(" + "|".join(map(re.escape, words)) + ")", text, flags=re.IGNORECASE)
    shown = [
        f"<mark>{escape(piece)}</mark>" if place % 2 else escape(piece)
        for place, piece in enumerate(pieces)
    ]
    return mark_safe("".join(shown))  # noqa: S308 - every piece is escaped above
