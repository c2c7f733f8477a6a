"""What a browser sends and reads when it saves a section in the background."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from certification.actions.store_answers import SectionRow, StaleText
from certification.rules.application_form import Section
from certification.rules.drafting import as_field, cleaned

VERSION = re.compile(r'^"?(\d{1,9})"?$', re.ASCII)


def version_of(request: HttpRequest) -> int:
    """Return the version from which somebody started to write."""
    given = request.headers.get("If-Match") or request.POST.get("version", "")
    match = VERSION.match(given.strip())
    # Without a version nothing is known of what the writer saw: treat it as the oldest.
    return int(match[1]) if match else 0


def both_texts(described: Section, stale: StaleText) -> dict[str, Any]:
    """Return what the writer needs to choose: who saved what, and when."""
    theirs = cleaned(described, stale.saved.answers)
    return {
        "code": stale.refusal.code,
        "detail": stale.refusal.sentence,
        "version": stale.saved.version,
        "saved_by": stale.saved.saved_by,
        "saved_at": clock_words(stale.saved),
        "fields": {name: as_field(value) for name, value in theirs.items()},
    }


def clock_words(row: SectionRow) -> str:
    """Return the time of a save as pages show it."""
    page = render_to_string("certification/application/saved_at.txt", {"at": row.saved_at})
    return strip_tags(page).strip()
