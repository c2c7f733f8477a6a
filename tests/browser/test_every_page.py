"""Every page of access.toml for everybody who may open it, at 1280 and 320 pixels.

axe with no violation of any impact, target sizes of 24 pixels, reflow, text spacing, visible
and uncovered focus, one first heading and no jump between headings, titles that tell pages
apart. New routes come in by themselves: they need a line in access.toml. With PORTAL_PICTURES set
to a folder, the pages are also kept there as pictures.
"""

import os
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connections

from tests.browser.conftest import AXE
from tests.browser.crawl import client_of, pages_of
from tests.house.tree import ROOT
from tests.worlds import access_world

BARRIERS = (ROOT / "tests" / "browser" / "barriers.js").read_text(encoding="utf-8")
# The page has heard of its new width, and has drawn itself.
SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
WIDTHS = {
    1280: ["frame", "scan", "spacing", "focus"],
    320: ["narrow", "reflow", "spacing", "focus"],
}


@pytest.fixture
def windows(chromium, live_server):
    """One window per persona, kept open for all their pages."""
    opened = {}

    def window(world, persona):
        if persona not in opened:
            context = chromium.new_context(base_url=live_server.url, reduced_motion="reduce")
            if persona != "anonymous":
                cookie = client_of(world, persona).cookies["sessionid"].value
                context.add_cookies(
                    [{"name": "sessionid", "value": cookie, "url": live_server.url}]
                )
            context.add_init_script(script=AXE.read_text(encoding="utf-8") + BARRIERS)
            opened[persona] = context.new_page()
        return opened[persona]

    yield window
    for page in opened.values():
        page.context.close()


PICTURES = os.environ.get("PORTAL_PICTURES")


def look(page, address, name):
    """The barriers of one page at both widths."""
    found = []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address)
    for width, checks in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(SETTLED)
        page.keyboard.press("Tab")  # from here on the browser shows the focus
        if PICTURES:
            picture = Path(PICTURES) / f"{name.replace(':', '_')}_{width}.png"
            page.screenshot(path=str(picture), full_page=True)
        found += [f"{width}: {one}" for one in page.evaluate("c => barriers(c)", checks)]
    return found


def listed(world):
    try:
        return list(pages_of(world))
    finally:
        connections.close_all()


def test_no_page_keeps_anybody_out(windows):
    world, complaints, titles = access_world(), {}, defaultdict(set)
    started = time.monotonic()
    # In a thread of its own: the browser keeps an event loop in this one, which signing minds.
    with ThreadPoolExecutor(1) as worker:
        seen = worker.submit(listed, world).result()
    for one in seen:
        page = windows(world, one.persona)
        found = look(page, one.address, f"{one.name}_{one.persona}")
        titles[page.title()].add(one.name)
        if found:
            complaints[f"{one.address} as {one.persona}"] = found
    for title, names in titles.items():
        if len(names) > 1:
            complaints[f"title “{title}”"] = sorted(names)
    print(f"{len(seen)} pages in {time.monotonic() - started:.0f} s")  # noqa: T201 - shown by -s
    lines = [f"{where}\n    " + "\n    ".join(said) for where, said in complaints.items()]
    assert not complaints, "\n".join(lines)


def test_the_kit_keeps_nobody_out(windows, settings):
    settings.IS_DEMO = True
    found = look(windows(None, "anonymous"), "/ui-kit/", "ui_kit")
    assert not found, "\n".join(found)
