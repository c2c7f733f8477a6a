"""Belonging by an e-mail domain: which domains say something, and how one is proved."""

from __future__ import annotations

import re
from datetime import timedelta

from kit.refusals import Refusal

# Addresses here are shared by strangers: they say nothing about an organization.
OPEN_MAIL_DOMAINS = frozenset(
    {"gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com"}
    | {"yahoo.com", "ymail.com", "aol.com", "icloud.com", "me.com", "mac.com", "proton.me"}
    | {"protonmail.com", "pm.me", "gmx.com", "gmx.net", "mail.com", "zoho.com", "fastmail.com"}
    | {"hey.com", "tutanota.com", "yandex.com", "qq.com", "163.com", "web.de", "mail.ru"}
    | {"comcast.net", "verizon.net", "att.net", "sbcglobal.net", "bellsouth.net", "cox.net"}
    | {"charter.net", "earthlink.net", "juno.com", "frontier.com", "centurylink.net"}
)
# Mailboxes that only the keeper of a domain reads (CA/Browser Forum Baseline Requirements,
# 3.2.2.4.4).
ADMINISTRATIVE_MAILBOXES = ("admin", "administrator", "hostmaster", "postmaster", "webmaster")
CODE_LIFE = timedelta(hours=24)
CODE_ATTEMPTS = 5
DOMAIN_PATTERN = r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$"
LONGEST_DOMAIN = 190
NO_SUCH_CODE = Refusal("wrong_code", "This code does not fit. Check it, or ask for a new one.")
CODE_SPENT = Refusal(
    "code_spent", "This code was tried too often or is too old. Ask for a new one."
)


def domain_as_kept(typed: str) -> str:
    """Return a domain as it is kept: small letters, no address or protocol around it.

    >>> domain_as_kept(" Ann@Maumee-Tools.COM. ")
    'maumee-tools.com'
    """
    text = typed.strip().casefold().removeprefix("https://").removeprefix("http://")
    return text.partition("/")[0].rpartition("@")[2].removeprefix("www.").rstrip(".")


def domain_refusal(domain: str) -> Refusal | None:
    """Say why a domain cannot stand for an organization.

    >>> domain_refusal("maumee-tools.com") is None
    True
    >>> domain_refusal("gmail.com").code
    'open_mail'
    """
    if len(domain) > LONGEST_DOMAIN or not re.fullmatch(DOMAIN_PATTERN, domain, re.ASCII):
        return Refusal("domain_shape", "Enter a domain, like maumee-tools.com.")
    if domain in OPEN_MAIL_DOMAINS:
        return Refusal(
            "open_mail",
            f"Anybody can have an address at {domain}, so it says nothing about an organization. "
            "Invite your colleagues one by one instead.",
        )
    return None


def domain_of(address: str) -> str:
    """Return the domain of an address; only the whole domain counts, never a part of it.

    >>> domain_of("Ann@Evil.Maumee-Tools.com")
    'evil.maumee-tools.com'
    """
    return address.rpartition("@")[2].casefold()


def decider_is_stranger(*, members: frozenset[int], decider: int) -> Refusal | None:
    """Nobody decides about an own organization.

    >>> decider_is_stranger(members=frozenset({1}), decider=2) is None
    True
    """
    if decider not in members:
        return None
    return Refusal(
        "own_organization",
        "You belong to one of these organizations. Ask a colleague to decide.",
    )
