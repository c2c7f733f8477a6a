"""The checks find what they are for: every barrier planted once, and a clean page has none."""

import pytest

from tests.browser.conftest import AXE
from tests.browser.people import Visitor
from tests.house.tree import ROOT

BARRIERS = (ROOT / "tests" / "browser" / "barriers.js").read_text(encoding="utf-8")
CLEAN = """<!DOCTYPE html><html lang="en"><head><title>T</title><style>
a, button {{ display: inline-block; min-height: 24px; min-width: 24px }}
{style}</style></head><body><main><h1>Title</h1>{body}</main></body></html>"""
LINK = '<a href="#x">Link</a>'
CUT = "p { height: 1.1em; line-height: 1; overflow: hidden; white-space: nowrap; width: 8em }"
TINY = "a { display: inline-block; font-size: 8px; min-height: 0; min-width: 0 }"
PLANTED = [
    ("reflow", '<div id="w"></div>', "#w { width: 2000px; height: 9px }", "px wider"),
    ("spacing", "<p>Many words that need room</p>", CUT, "cuts off"),
    ("focus", LINK, "a:focus { outline: none }", "shows no focus"),
    ("focus", f"{LINK}<b></b>", "b { inset: 0; position: fixed; background: red }", "is covered"),
    ("focus", LINK, "a { position: absolute; left: -999em }", "is covered"),
    ("frame", "<h3>Jump</h3>", "", "jumps to H3"),
    ("frame", "<h1>Second</h1>", "", "2 first headings"),
    ("scan", '<a href="#x">a</a><a href="#y">b</a>', TINY, "target-size"),
    ("scan", "<p>Pale</p>", "p { color: #bbb }", "color-contrast"),
    ("scan", "<img src='x.png'>", "", "image-alt"),
    ("narrow", '<a href="#x">a</a><a href="#y">b</a>', TINY, "target-size"),
    ("narrow", "<p>Pale</p>", "p { color: #bbb }", "color-contrast"),
    ("narrow", "<button></button>", "", "button-name"),
]


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 320, "height": 700})
    page = context.new_page()
    yield page
    context.close()


def found_on(page, check, body, style):
    page.set_content(CLEAN.format(body=body, style=style))
    page.evaluate(AXE.read_text(encoding="utf-8"))
    page.evaluate(BARRIERS)
    page.keyboard.press("Tab")
    return page.evaluate("c => barriers(c)", [check])


@pytest.mark.django_db(transaction=False)
def test_planted_barriers_are_found(page):
    missed = []
    for check, body, style, says in PLANTED:
        found = found_on(page, check, body, style)
        if not any(says in one for one in found):
            missed.append((check, says, found))
    assert missed == []


@pytest.mark.django_db(transaction=False)
@pytest.mark.parametrize("check", ["reflow", "spacing", "focus", "frame", "scan", "narrow"])
def test_a_clean_page_has_no_barrier(page, check):
    body = '<p>Words</p><a href="#x">A link of its own</a><h2>Part</h2><button>Press</button>'
    assert found_on(page, check, body, "") == []


@pytest.mark.django_db(transaction=False)
def test_what_a_visitor_saw_without_barriers_hides_none_that_comes_later(chromium):
    context = chromium.new_context()
    one = Visitor("one", context, AXE.read_text(encoding="utf-8"))
    clean, barred = "<img src='x.png' alt='Map'>", "<img src='x.png'>"
    for body in (clean, clean, barred, clean):
        one.page.set_content(CLEAN.format(body=body, style=""))
        one.look()
    context.close()
    assert len(one.complaints) == 1
    assert "image-alt" in one.complaints[0]
