"""The acts of the whole walk, each as a person does it on the page."""

from __future__ import annotations

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail

from certification.rules.participants import FIRM_ROLE_WORDS
from tests.browser.people import Visitor
from tests.factories.accounts import PASSWORD, TOTP_SECRET
from trail.actions.send_effects import send_effects
from trail.queries.clock import database_now

FIRMS = 15
ROLES = ("end_producer", "supplier", "machinery", "services", "logistics")
HEADER = "kind,name,role,county,contact_name,contact_email,size,votes"


def sign_in(visitor: Visitor, email: str, *, is_officer: bool = False) -> None:
    """Password, and the second step for officers."""
    visitor.go("/accounts/login/")
    visitor.fill("E-mail", email)
    visitor.fill("Password", PASSWORD)
    visitor.press("Sign in")
    if is_officer:
        counter = int(time.time()) // 30
        code = format_hotp_value(hotp_value(TOTP_SECRET, counter))
        visitor.page.locator("input[name=code]").fill(code)
        visitor.page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
        visitor.page.wait_for_url(lambda url: "authenticate" not in url)


def post_arrives() -> None:
    """The outbox is swept, as the worker does."""
    send_effects(at=database_now())


def mail_to(address: str, pattern: str) -> str:
    """What the newest mail to somebody says after the pattern."""
    post_arrives()
    for message in reversed(mail.outbox):
        found = re.search(pattern, str(message.body))
        if address in message.to and found:
            return found[1]
    raise AssertionError(f"no mail to {address} with {pattern}")


def roster(county: str) -> str:
    """A spreadsheet of fifteen firms and three institutions."""
    lines = [HEADER]
    for number in range(FIRMS):
        role = FIRM_ROLE_WORDS[ROLES[number % len(ROLES)]].lower()
        size = "small" if number % 2 else "other"
        who = f"Person {number},firm{number}@firm{number}.example"
        lines.append(f"firm,Firm {NAMES[number]} Works,{role},{county},{who},{size},1")
    for number, (name, kind) in enumerate(
        (
            ("State University", "university"),
            ("Community College", "community college; training provider"),
            ("Research Laboratory", "research laboratory"),
        )
    ):
        who = f"Dean {number},dean@school{number}.example"
        lines.append(f"institution,{name},{kind},{county},{who},,1")
    return "\n".join(lines)


NAMES = (
    *("Amber", "Birch", "Cedar", "Delta", "Ember", "Fjord", "Grove", "Haven"),
    *("Ivory", "Juniper", "Kestrel", "Larch", "Maple", "Nova", "Onyx"),
)


def addresses() -> list[str]:
    """Whom the spreadsheet invites."""
    firms = [f"firm{number}@firm{number}.example" for number in range(FIRMS)]
    return firms + [f"dean@school{number}.example" for number in range(3)]


def sign_without_account(visitor: Visitor, address: str) -> None:
    """Open the letter's link, ask for the code, sign."""
    visitor.go(mail_to(address, r"https?://[^/\s]+(/confirm/\S+)"))
    visitor.press("Send me a code")
    visitor.fill("Code from the e-mail", mail_to(address, r"\b(\d{3}\s?\d{3})\b"))
    visitor.fill("Your full name", "Pat Signer")
    visitor.fill("Your title", "Director")
    visitor.tick("I may speak for")
    visitor.page.locator("button[name=answer][value=yes]").click()
    visitor.page.wait_for_load_state()
    visitor.look()
    assert visitor.sees("Thank you"), visitor.page.locator("main").inner_text()
