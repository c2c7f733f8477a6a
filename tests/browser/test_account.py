"""Your account in a real browser: passkeys, the clock of the sign-in, text that stays."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as django_settings
from django.test import Client

from tests.factories.accounts import PASSWORD, make_agency, make_user
from tests.factories.sign_in import sign_in_freshly

PICTURES = os.environ.get("PICTURES", "")
WIDTHS = pytest.mark.parametrize("width", [1280, 320])


def photograph(one, name):
    if PICTURES:
        one.picture(Path(PICTURES), name)


@pytest.fixture
def enter(visitor, live_server):
    """A window of somebody who signed in just now."""

    def arrive(user, width=1280):
        one = visitor(user.name, width)
        client = sign_in_freshly(Client(), user)
        value = client.cookies[django_settings.SESSION_COOKIE_NAME].value
        cookie = {"name": django_settings.SESSION_COOKIE_NAME, "value": value}
        one.context.add_cookies([{**cookie, "url": live_server.url}])
        return one

    return arrive


def give_device(one):
    """A device in the window that keeps passkeys and knows its owner's finger."""
    session = one.context.new_cdp_session(one.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def tap(one, label):
    """Press a button after which the page goes on by itself: no scan of what is leaving."""
    one.page.get_by_role("button", name=label).first.click()


def sign_out(one):
    one.page.goto("/accounts/logout/")
    one.page.locator("main").get_by_role("button", name="Sign out").click()
    one.page.wait_for_url(re.compile(r"/$"))


def test_a_passkey_is_made_named_used_and_removed(enter, settings):
    user = make_user("Jo Reyes")
    jo = enter(user)
    give_device(jo)
    jo.go("/accounts/2fa/")
    jo.follow("Add a passkey")
    jo.fill("Name of this passkey", "Telephone")
    photograph(jo, "passkey-add")
    tap(jo, "Create the passkey")
    jo.page.wait_for_url(re.compile("recovery-codes"))
    jo.go("/accounts/2fa/")
    assert jo.sees("Telephone")
    jo.page.get_by_role("link", name="Rename Telephone").click()
    jo.look()
    jo.fill("Name of this passkey", "Blue telephone")
    jo.press("Save the name")
    assert jo.sees("Blue telephone")
    photograph(jo, "security")

    sign_out(jo)
    jo.go("/accounts/login/?next=/account/")
    photograph(jo, "login")
    tap(jo, "Sign in with a passkey")
    jo.page.wait_for_url(lambda url: "login" not in url)
    assert jo.sees(user.email)

    sign_out(jo)
    jo.go("/accounts/login/")
    jo.fill("E-mail", user.email)
    jo.fill("Password", PASSWORD)
    jo.press("Sign in", exact=True)
    photograph(jo, "second-step")
    tap(jo, "Use a passkey instead")
    jo.page.wait_for_url(re.compile("dashboard"))

    settings.FRESH_FOR = timedelta(0)
    jo.page.goto("/accounts/2fa/webauthn/")
    jo.page.get_by_role("link", name="Remove Blue telephone").click()
    jo.page.wait_for_url(re.compile("reauthenticate"))
    jo.look()
    photograph(jo, "confirm")
    settings.FRESH_FOR = timedelta(minutes=10)
    tap(jo, "Confirm with a passkey")
    jo.page.wait_for_url(lambda url: "reauthenticate" not in url)
    tap(jo, "Remove the passkey")
    jo.page.wait_for_url(re.compile("2fa/$"))
    assert not Authenticator.objects.filter(user=user, type="webauthn").exists()


def test_a_device_without_passkeys_says_so(enter):
    jo = enter(make_user("Jo Reyes"))
    session = jo.context.new_cdp_session(jo.page)
    session.send("WebAuthn.enable")
    jo.go("/accounts/2fa/webauthn/add/")
    options = jo.page.locator("#passkey-options")
    options.evaluate("one => { one.textContent = '{}'; }")
    jo.press("Create the passkey")
    jo.page.get_by_text("That did not work").wait_for()


def test_the_clock_asks_and_one_click_stays(enter, settings):
    settings.SESSION_IDLE_OTHERS = timedelta(seconds=8)
    settings.SESSION_WARNING = timedelta(seconds=6)
    jo = enter(make_user("Jo Reyes"))
    jo.go("/account/")
    stay = jo.page.get_by_role("button", name="Stay signed in")
    stay.wait_for(state="visible")
    jo.look()
    photograph(jo, "clock")
    assert stay.evaluate("one => one === document.activeElement")
    settings.SESSION_IDLE_OTHERS = timedelta(minutes=60)
    stay.click()
    stay.wait_for(state="hidden")


def test_text_is_there_again_after_signing_in_again(enter, settings):
    settings.SESSION_IDLE_OTHERS = timedelta(seconds=12)
    settings.SESSION_WARNING = timedelta(seconds=3)
    user = make_user("Jo Reyes")
    jo = enter(user)
    jo.page.goto("/account/")  # no scan: the clock runs
    jo.fill("Job title", "Director of Glass")
    again = jo.page.get_by_role("link", name="Sign in again")
    again.wait_for(state="visible")
    jo.look()
    photograph(jo, "clock-over")
    settings.SESSION_IDLE_OTHERS = timedelta(minutes=60)
    again.click()
    jo.fill("E-mail", user.email)
    jo.fill("Password", PASSWORD)
    jo.press("Sign in", exact=True)
    jo.page.wait_for_url(lambda url: "login" not in url)
    photograph(jo, "draft-offered")
    jo.press("Put it back")
    assert jo.page.get_by_label("Job title").input_value() == "Director of Glass"


def test_a_form_sent_too_late_is_shown_again(enter, settings):
    settings.SESSION_IDLE_OTHERS = timedelta(seconds=2)
    settings.SESSION_WARNING = timedelta(0)
    user = make_user("Jo Reyes")
    jo = enter(user)
    jo.page.route("**/sign_in_clock.js", lambda route: route.abort())
    jo.go("/account/")
    jo.fill("Job title", "Director of Glass")
    jo.page.wait_for_timeout(2500)
    jo.page.get_by_role("button", name="Save your details").click()
    jo.page.wait_for_url(re.compile("/accounts/login/"))
    settings.SESSION_IDLE_OTHERS = timedelta(minutes=60)
    assert "You were signed out" in jo.page.locator("main").inner_text()
    jo.fill("E-mail", user.email)
    jo.fill("Password", PASSWORD)
    jo.press("Sign in", exact=True)
    jo.page.wait_for_url(re.compile("kept-text"))
    jo.look()
    photograph(jo, "kept-text")
    jo.press("Send it now")
    user.refresh_from_db()
    assert user.title == "Director of Glass"
    jo.go("/account/")
    assert jo.page.get_by_role("button", name="Put it back").count() == 0


PAGES = {
    "profile": "/account/",
    "security": "/accounts/2fa/",
    "sessions": "/account/sessions/",
    "password": "/accounts/password/change/",
    "data": "/account/data/",
    "close": "/account/close/",
}


@WIDTHS
def test_pages_of_the_account_fit(enter, width):
    administrator = make_agency().roles.get().user
    sign_in_freshly(Client(headers={"User-Agent": "Mozilla/5.0 (iPhone) Safari/1"}), administrator)
    helen = enter(administrator, width)
    for name, address in PAGES.items():
        helen.go(address)
        photograph(helen, f"{name}-{width}")
        wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert helen.page.evaluate(wide) <= 0, address
