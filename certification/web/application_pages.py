"""What every page of an application has in common: its side navigation and its trail."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from certification.models import Application
from certification.permissions.applications import OpenedApplication, application_for
from certification.queries.applications import answers_of
from certification.rules.application_form import Section
from certification.rules.submission import SectionStanding, standings


def address(name: str, application: Application, *more: str) -> str:
    """Return the address of a page of the application."""
    return reverse(f"certification:{name}", args=[application.case.reference, *more])


def application_page(request: HttpRequest, reference: str, here: str) -> dict[str, Any]:
    """Return the context of `case.html` for a page of the application; `here` is its label."""
    opened = application_for(request, reference)
    application = opened.application
    group = application.group
    trail = [
        {"label": "Your groups", "url": reverse("certification:groups")},
        {"label": group.name, "url": reverse("certification:group", args=[group.case.reference])},
    ]
    if here != "Overview":
        trail.append({"label": "Application", "url": address("application", application)})
    found = standings(answers_of(application))
    return {
        "application": application,
        "group": group,
        "reference": reference,
        "standings": found,
        "case_nav": _nav(opened, found, here),
        "case_name": "Application",
        "case_reference": reference,
        "trail": trail,
        "here": here,
    }


def steps_of(
    application: Application, found: tuple[SectionStanding, ...], current: Section
) -> list[dict[str, Any]]:
    """Return the form's steps for the step indicator."""
    return [
        {
            "label": one.section.title,
            "state": _step_state(one, current),
            "url": address("application_section", application, one.section.id),
        }
        for one in found
    ]


def _step_state(standing: SectionStanding, current: Section) -> str:
    if standing.section.id == current.id:
        return "current"
    return "complete" if standing.is_complete else "upcoming"


def _nav(
    opened: OpenedApplication, found: tuple[SectionStanding, ...], here: str
) -> list[dict[str, Any]]:
    application = opened.application
    is_draft = application.submitted_at is None and not application.is_decided
    items = [("Overview", address("application", application), "")]
    if is_draft:
        items += [
            (
                one.section.title,
                address("application_section", application, one.section.id),
                "" if one.is_complete else str(len(one.problems)),
            )
            for one in found
        ]
    items.append(("Documents", reverse("records:papers", args=[application.case.reference]), ""))
    items.append(("As it is submitted", address("application_preview", application), ""))
    if is_draft:
        items.append(("Certify and submit", address("certify_application", application), ""))
    if application.submitted_at:
        items.append(("Receipt", address("application_receipt", application), ""))
    items.append(("History", address("application_history", application), ""))
    return [
        {"label": label, "url": url, "note": note, "current": label == here}
        for label, url, note in items
    ]
