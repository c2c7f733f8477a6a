"""A real browser for the journeys: Debian's Chromium, an accessibility scan on every page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

from tests.browser.people import Visitor
from tests.house.tree import ROOT

# Playwright keeps an event loop in this thread; Django must still let the test read rows.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# The shell first: it draws no window, and the journeys take a quarter less time in it.
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def _unavailable(reason: str) -> None:
    """Skip the layer with its reason, or fail where somebody insists (.ci/run does)."""
    if os.environ.get("PORTAL_BROWSER") == "required":
        pytest.fail(reason)
    pytest.skip(reason)


# Of one module each: while it is open its event loop counts as this thread's, and whatever
# opens one of its own (pyhanko's validator) would be refused in any module that comes after.
@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    if CHROMIUM is None:
        _unavailable("no Chromium on this machine: set CHROMIUM or install it")
    if not AXE.exists():
        _unavailable("axe-core is missing: run make test, which installs the front-end packages")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - optional tool

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium, live_server) -> Iterator[object]:
    """A maker of visitors, each with a window of its own; every page they see is scanned."""
    visitors: list[Visitor] = []

    def arrive(name: str, width: int = 1280) -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, base_url=live_server.url
        )
        visitors.append(Visitor(name, context, AXE.read_text(encoding="utf-8")))
        return visitors[-1]

    yield arrive
    for one in visitors:
        one.leave()
