"""What every page of a group has in common: its side navigation and its name."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from certification.models import ClusterGroup
from certification.permissions.groups import opened_group

PAGES = (
    ("Overview", "certification:group"),
    ("Readiness", "certification:readiness"),
    ("Members", "certification:members"),
    ("Institutions", "certification:institutions"),
    ("Government", "certification:partners"),
    ("Convening body", "certification:convening"),
    ("Documents", "records:papers"),
    ("Application", "certification:group_applications"),
    ("Team", "certification:team"),
    ("Timeline", "certification:timeline"),
)


def group_at(request: HttpRequest, reference: str) -> ClusterGroup:
    """Return the group that the gate has opened."""
    opened = opened_group(request, reference)
    if opened is None:
        message = "the gate should have stopped this request"
        raise LookupError(message)
    return opened.group


def may_change(request: HttpRequest, reference: str) -> bool:
    """Whether the reader runs the group: buttons show only then."""
    opened = opened_group(request, reference)
    return opened is not None and opened.is_administrator


def group_page(request: HttpRequest, reference: str, here: str) -> dict[str, Any]:
    """Return the context of `case.html` for a page of the group; `here` is its name above."""
    group = group_at(request, reference)
    items = [
        {"label": label, "url": url, "current": label == here}
        for label, url in ((label, page_address(route, reference)) for label, route in PAGES)
        if url
    ]
    trail = [{"label": "Your groups", "url": reverse("certification:groups")}]
    if here != "Overview":
        home = reverse("certification:group", args=[reference])
        trail.append({"label": group.name, "url": home})
    return {
        "group": group,
        "case_nav": items,
        "case_name": group.name,
        "case_reference": reference,
        "trail": trail,
        "here": here,
        "may_change": may_change(request, reference),
    }


def page_address(route: str, reference: str) -> str:
    """Return the address of a page of the group; empty where the portal has no such page."""
    try:
        return reverse(route, args=[reference])
    except NoReverseMatch:
        return ""
