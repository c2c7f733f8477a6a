"""The look holds together: icons exist, components are documented, styles name known classes."""

import re

import pytest

from tests.house.tree import ROOT, templates

SPRITE = ROOT / "node_modules/@uswds/uswds/dist/img/sprite.svg"
ICON = re.compile(r'{%\s*icon\s+"(\w+)"|\bicon="(\w+)"')
COMPONENTS = ROOT / "templates/components"


def used_icons():
    for path in templates():
        for match in ICON.finditer(path.read_text()):
            yield match[1] or match[2], path.name


@pytest.mark.skipif(not SPRITE.exists(), reason="the front-end packages are not installed")
def test_every_icon_is_in_the_sprite():
    known = set(re.findall(r'<symbol[^>]* id="(\w+)"', SPRITE.read_text()))
    assert known
    assert [(name, where) for name, where in used_icons() if name not in known] == []


def test_every_component_says_what_it_takes():
    silent = [
        path.name
        for path in COMPONENTS.glob("*.html")
        if not path.read_text().startswith("{% comment %}")
    ]
    assert silent == []
