"""The look in a real browser: every component and state, the front, narrow, without script."""

import pytest

from tests.factories.accounts import make_user

WIDTHS = (1280, 320)
FRONT = ("/", "/search/?q=hamilton", "/asked/", "/about/", "/accounts/login/")


def too_wide(page):
    """How many pixels the page is wider than its window."""
    return page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_kit_shows_every_state_without_barriers(visitor, settings, width):
    settings.IS_DEMO = True
    somebody = visitor("somebody", width=width)
    somebody.go("/ui-kit/")
    assert too_wide(somebody.page) <= 0
    summary = somebody.page.locator("[data-focus]").first
    assert summary.evaluate("box => box === document.activeElement")


@pytest.mark.parametrize("width", WIDTHS)
def test_front_has_no_barriers_and_fits(visitor, width):
    somebody = visitor("somebody", width=width)
    for address in FRONT:
        somebody.go(address)
        assert too_wide(somebody.page) <= 0, address


def test_table_sorts_in_the_page_and_says_so(visitor, settings):
    settings.IS_DEMO = True
    somebody = visitor("somebody")
    somebody.go("/ui-kit/")
    table = somebody.page.locator("table[data-sortable]")
    table.get_by_role("button", name="Location quotient").click()
    assert table.locator("tbody th").first.inner_text() == "Metalworking Technology"
    table.get_by_role("button", name="Location quotient").click()
    assert table.locator("tbody th").first.inner_text() == "Footwear"
    said = somebody.page.locator(".table-announcement").inner_text()
    assert "sorted by Location quotient, ascending" in said


def test_menu_opens_on_a_telephone_and_closes_on_escape(visitor):
    somebody = visitor("somebody", width=320)
    somebody.go("/")
    somebody.page.get_by_role("button", name="Menu").click()
    link = somebody.page.get_by_role("navigation", name="Primary").get_by_role("link").first
    link.wait_for(state="visible")
    somebody.look()
    somebody.page.keyboard.press("Escape")
    link.wait_for(state="hidden")


def test_without_script_the_way_around_is_open(chromium, live_server, client):
    client.force_login(make_user("Gina Administrator"))
    context = chromium.new_context(
        viewport={"width": 320, "height": 700}, base_url=live_server.url, java_script_enabled=False
    )
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto("/dashboard/")
    assert page.get_by_role("link", name="Your work").is_visible()
    page.locator(".account-menu summary").click()
    assert page.get_by_role("button", name="Sign out").is_visible()
    context.close()
