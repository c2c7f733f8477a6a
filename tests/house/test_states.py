"""Lifecycles: the documents are generated from the tables."""

from clusters_portal.web.generated import access_page, states_page
from tests.house.tree import ROOT


def test_states_page_is_fresh():
    assert (ROOT / "docs" / "states.md").read_text(encoding="utf-8") == states_page(), (
        "run: manage.py write_docs"
    )


def test_access_page_is_fresh():
    text = (ROOT / "tests" / "web" / "access.toml").read_text(encoding="utf-8")
    assert (ROOT / "docs" / "access.md").read_text(encoding="utf-8") == access_page(text), (
        "run: manage.py write_docs"
    )
