"""By keyboard alone: skip link, table, form with errors, toast; and lists without script."""

import re

import pytest

from tests.factories.accounts import make_user

SECOND_PAGE = "26\N{EN DASH}33 of 33"


@pytest.fixture
def kit(visitor, settings):
    settings.IS_DEMO = True
    somebody = visitor("somebody")
    somebody.page.goto("/ui-kit/")
    return somebody.page


def focused(page):
    return page.evaluate("() => document.activeElement.id || document.activeElement.innerText")


def first_firm(page):
    return page.locator("#table-kit-firms tbody th").first.inner_text()


def test_the_first_stop_leads_past_the_header(visitor):
    page = visitor("somebody").page
    page.goto("/register/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to main content"
    page.keyboard.press("Enter")
    assert focused(page) == "main-content"
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('main') !== null")


def test_a_table_is_sorted_and_says_so_and_keeps_the_place(kit):
    head = kit.locator("#table-kit-firms-by-jobs")
    head.focus()
    kit.keyboard.press("Enter")
    kit.locator("#table-kit-firms th[aria-sort=descending]", has_text="Jobs").wait_for()
    assert "sort=-jobs" in kit.url
    assert focused(kit) == "table-kit-firms-by-jobs"
    said = kit.locator("[role=status]", has_text="sorted by Jobs, descending")
    said.wait_for(state="attached")
    assert first_firm(kit) == "شركة الصلب العالمية للتصنيع"
    kit.go_back()
    kit.wait_for_url(lambda url: "sort" not in url)
    kit.locator("#table-kit-firms th[aria-sort=ascending]", has_text="Firm").wait_for()


def test_the_next_page_of_a_table_has_an_address(kit):
    table = kit.locator("#table-kit-firms")
    table.get_by_role("link", name="Next").press("Enter")
    table.get_by_text(SECOND_PAGE).wait_for()
    assert "page=2" in kit.url
    kit.reload()
    assert table.get_by_text(SECOND_PAGE).is_visible()


def test_columns_are_chosen_by_keyboard(kit):
    table = kit.locator("#table-kit-firms")
    table.get_by_text("Columns and order").focus()
    kit.keyboard.press("Enter")
    table.locator("#table-kit-firms-col-payroll").focus()
    kit.keyboard.press("Space")
    table.get_by_role("button", name="Apply").press("Enter")
    kit.wait_for_url(re.compile("cols="))
    table.locator("th", has_text="Payroll").wait_for(state="detached")
    assert table.locator("th", has_text="Answer").first.is_visible()


def test_errors_are_read_first_and_lead_to_their_fields(visitor):
    page = visitor("somebody").page
    page.goto("/accounts/login/")
    page.locator("main").get_by_role("button", name="Sign in", exact=True).press("Enter")
    page.wait_for_load_state()
    summary = page.locator("[data-focus]")
    assert summary.evaluate("box => box === document.activeElement")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.tagName") == "INPUT"


def test_a_combo_box_narrows_by_typing(kit):
    box = kit.get_by_role("combobox", name=re.compile("State")).first
    box.focus()
    kit.keyboard.type("conn")
    kit.keyboard.press("ArrowDown")
    kit.keyboard.press("Enter")
    assert box.input_value() == "Connecticut"
    assert kit.locator("select[name=empty-state]").input_value() == "connecticut"


def test_a_toast_stays_until_it_is_dismissed(kit):
    kit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = kit.get_by_role("button", name="Copy reference")
    button.press("Enter")
    toast = kit.locator(".toast-place .toast")
    toast.wait_for()
    kit.wait_for_timeout(2500)
    assert toast.is_visible()
    toast.get_by_role("button").press("Enter")
    assert toast.count() == 0
    assert focused(kit) == "Copy reference"


def test_a_refreshed_table_of_somebody_signed_out_leads_to_the_sign_in(
    chromium, live_server, client
):
    client.force_login(make_user())
    context = chromium.new_context(base_url=live_server.url)
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto("/register/")
    page.route("**/register/?*", lambda route: route.fulfill(status=200, body="<p>Sign in</p>"))
    page.get_by_role("button", name="Show").press("Enter")
    page.get_by_text("Sign in", exact=True).wait_for()
    context.close()


def test_lists_work_without_script(chromium, live_server, settings):
    settings.IS_DEMO = True
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/ui-kit/")
    page.locator("#table-kit-firms-by-jobs").click()
    assert "sort=-jobs" in page.url
    assert first_firm(page) == "شركة الصلب العالمية للتصنيع"
    page.locator("select[name=empty-state]").wait_for()
    context.close()
