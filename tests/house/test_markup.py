"""Ready-made markup, which templates do not escape, comes from our own drawings only.

Planted: ``mark_safe`` in a view of certification; seen red.
"""

import re

from tests.house.tree import APPS, name_of, python_files, templates

READY_MADE = re.compile(r"\b(SafeString|mark_safe|SafeText)\(")
DRAWINGS = {
    "clusters_portal/templatetags/found_words.py",  # marks what was searched, each piece escaped
    "clusters_portal/templatetags/ui.py",  # the sprite, and marks without text
    "grants/web/award_position.py",  # bars and lines of grants.rules.match.charts
    "mapping/web/clusters.py",
    "mapping/web/drawing.py",
    "mapping/web/maps.py",
    "mapping/web/regions.py",
}
UNESCAPED = re.compile(r"\|\s*safe\b|{%\s*autoescape off")
# A field's help is written by us, in the form.
HELP_TEXTS = {"templates/uswds/checkbox.html", "templates/uswds/hint.html"}


def test_ready_made_markup_comes_from_our_own_drawings():
    found = {name_of(path) for path in python_files(*APPS) if READY_MADE.search(path.read_text())}
    assert found - DRAWINGS == set()


def test_templates_escape_everything_but_our_own_help_texts():
    found = {name_of(path) for path in templates() if UNESCAPED.search(path.read_text())}
    assert found - HELP_TEXTS == set()
