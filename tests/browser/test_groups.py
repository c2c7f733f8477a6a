"""A group from its start to signatures, in real windows: wide, narrow, and without scripts."""

import os
from pathlib import Path

import pytest
from django.urls import reverse

from tests.factories.accounts import PASSWORD, make_agency
from tests.factories.certification_groups import ask, link_of, read_code
from tests.factories.economy import small_economy
from tests.worlds import group_ready_to_submit, person

PICTURES = os.environ.get("PICTURES", "")
PAGES = (
    "group",
    "members",
    "add_member",
    "import_roster",
    "institutions",
    "partners",
    "ask_government",
    "convening",
    "edit_convening",
    "team",
    "timeline",
    "edit_group",
)
PHONE = 320


def photograph(one, name):
    if PICTURES:
        one.picture(Path(PICTURES), name)


def enter(visitor, user, width=1280):
    one = visitor(user.name, width)
    one.go("/accounts/login/")
    one.fill("E-mail address", user.email)
    one.fill("Password", PASSWORD)
    one.page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    one.page.wait_for_url("**/dashboard/")
    return one


def at(group, route, *more):
    return reverse(f"certification:{route}", args=[group.reference, *more])


def fits(one):
    """Whether nothing lies beyond the right edge of the window."""
    return one.page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


def test_starting_a_group_shows_figures_at_once(visitor):
    small_economy()
    make_agency("Office of Regional Clusters")
    gina = enter(visitor, person("Gina Administrator"))
    gina.go("/groups/")
    photograph(gina, "groups-empty")
    gina.follow("Start a group")
    gina.page.get_by_label("Your cluster").select_option(index=1)
    gina.page.locator("#id_area").select_option(index=1)
    gina.page.locator("#panel").get_by_text("published jobs in the cluster").wait_for()
    gina.look()
    photograph(gina, "start")
    gina.fill("Name of the group", "Lake Erie Glass")
    gina.press("Start the group")
    assert gina.sees("Put your members on the roster")
    photograph(gina, "group-new")
    gina.follow("Add a member")
    photograph(gina, "add-member")
    gina.press("Add and send the letter", exact=True)
    assert gina.sees("need your attention")


@pytest.mark.parametrize("width", [1280, PHONE])
def test_every_page_of_a_group_reads_at_every_width(visitor, width):
    ready = group_ready_to_submit(firms=6)
    group = ready.group
    asked = ask(group, "Cuyahoga County", level="county", county_fips="39035")
    one = enter(visitor, ready.administrator, width)
    addresses = {route: at(group, route) for route in PAGES}
    firm = group.participants.first()
    addresses["participant"] = at(group, "participant", firm.reference)
    addresses["commitment"] = at(group, "commitment", asked.reference)
    for name, address in addresses.items():
        one.go(address)
        photograph(one, f"{name}-{width}")
        assert fits(one), f"{address} is wider than {width}"


def test_a_participant_signs_on_a_phone(visitor):
    group = group_ready_to_submit(firms=1).group
    state = ask(group, "Michigan Department of Labor", state_fips="26")
    token = link_of(state)
    one = visitor("Director", PHONE)
    one.go(f"/confirm/{token}/")
    photograph(one, "confirm-read")
    assert fits(one)
    one.press("Send me a code")
    assert one.sees("We sent a code")
    state.invitations.update(code_sent_at=None, code_digest="", code_email="")
    code = read_code(token)
    one.fill("Code from the e-mail", code)
    one.fill("Your full name", "Ana Reyes")
    one.fill("Your title", "Director")
    photograph(one, "confirm-sign")
    one.press("Sign the commitment")
    assert one.sees("Tick the box")
    photograph(one, "confirm-errors")
    # The words stand in the statement too; the box comes last.
    one.page.get_by_text("I may speak for").last.click()
    one.press("Sign the commitment")
    one.page.get_by_role("heading", name="your signature is kept").wait_for()
    photograph(one, "confirm-signed")
    assert fits(one)


def test_signing_works_without_scripts(chromium, live_server):
    group = group_ready_to_submit(firms=1).group
    state = ask(group, "Michigan Department of Labor", state_fips="26")
    token = link_of(state)
    code = read_code(token)
    context = chromium.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.goto(f"/confirm/{token}/")
    page.get_by_label("Code from the e-mail").fill(code)
    page.get_by_label("Your full name").fill("Ana Reyes")
    page.get_by_label("Your title").fill("Director")
    page.get_by_text("I may speak for").last.click()
    page.get_by_role("button", name="Decline").click()
    assert "you have declined" in page.locator("main").inner_text()
    page.goto(f"/confirm/{token}/")
    assert "This link does not work" in page.locator("main").inner_text()
    context.close()


def test_a_representative_finds_the_pages_without_buttons(visitor):
    ready = group_ready_to_submit(firms=1)
    one = enter(visitor, ready.representative)
    one.go(at(ready.group, "members"))
    assert not one.sees("Add a firm")
