"""docs/operations.md names every management command, and none that does not exist."""

import re

from tests.house.tree import APPS, ROOT

ROW = re.compile(r"^\| `(?:manage\.py )?([a-z_]+)[ `]", re.MULTILINE)


def test_operations_names_the_commands_that_exist():
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    section = text.partition("## manage.py")[2].partition("\n## ")[0]
    exist = {
        path.stem
        for app in APPS
        for path in (ROOT / app).glob("management/commands/*.py")
        if path.stem != "__init__"
    }
    assert set(ROW.findall(section)) == exist


def test_no_file_names_an_index_or_a_machine():
    pinned = [*ROOT.glob("requirements*.txt"), ROOT / "package-lock.json", ROOT / ".npmrc"]
    for path in pinned:
        text = path.read_text(encoding="utf-8")
        assert "index-url" not in text, path.name
        assert '"resolved"' not in text, path.name
        assert "file:" not in text, path.name
