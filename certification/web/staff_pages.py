"""What pages of a case have in common for staff: navigation, and the page of one verb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.actors import actor_of, arrival_of
from certification.actions.preview_letter import preview_letter
from certification.permissions.decisions import OpenedCase, case_for
from certification.rules.states import APPLICATION
from kit.refusals import Refused
from records.web.letter_preview import letter_preview

PAGES = (
    ("Overview", "certification:staff_case"),
    ("Application", "certification:staff_application"),
    ("Documents", "records:papers"),
    ("Record and letters", "certification:staff_record"),
    ("Keeping", "certification:staff_keeping"),
)


@dataclass(frozen=True, slots=True)
class VerbPage:
    """The page on which a verb is done: its words, and the verb of the lifecycle it needs."""

    verb: str
    title: str
    lead: str
    button: str
    done: str
    has_letter: bool = True
    is_grave: bool = False


def staff_page(request: HttpRequest, reference: str, here: str) -> dict[str, Any]:
    """Return the context of `case.html` for a staff page; `here` is its label."""
    opened = case_for(request, reference)
    application = opened.application
    trail = [{"label": "Cases", "url": reverse("certification:staff_queue")}]
    if here != "Overview":
        address = reverse("certification:staff_case", args=[reference])
        trail.append({"label": application.group.name, "url": address})
    return {
        "application": application,
        "reference": reference,
        "state_words": APPLICATION.labels[application.status],
        "case_nav": [
            {"label": label, "url": reverse(route, args=[reference]), "current": label == here}
            for label, route in PAGES
        ],
        "case_name": application.group.name,
        "case_reference": reference,
        "trail": trail,
        "here": here,
    }


def key_of(request: HttpRequest) -> str:
    """The idempotency key that the form carried."""
    return request.POST.get("idempotency_key", "")


def done_on_case(request: HttpRequest, reference: str, said: str) -> HttpResponse:
    """Say what was done and go back to the case."""
    messages.success(request, said)
    return redirect("certification:staff_case", application=reference)


def verb_form(
    request: HttpRequest,
    reference: str,
    page: VerbPage,
    form: forms.Form,
    act: Callable[[str], object],
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show a form, preview its letter, or do the act.

    Raises:
        Refused: on opening the page where the case stands elsewhere.
    """
    opened = case_for(request, reference)
    letter, status = None, 200
    if request.method != "POST":
        APPLICATION.move(opened.application.status, page.verb)
    elif form.is_valid():
        try:
            if "preview" not in request.POST:
                act(key_of(request))
                return done_on_case(request, reference, page.done)
            letter = preview_letter(lambda: act(""), opened.application.case)
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
            status = 409
    context = staff_page(request, reference, page.title)
    shown = letter and letter_preview(letter)
    context |= {"page": page, "form": form, "letter": shown, **(extra or {})}
    return render(request, "certification/staff/verb.html", context, status=status)


def bound(request: HttpRequest) -> Any:  # noqa: ANN401 - what a form takes as its data
    """What a form is filled with: what was posted, or nothing yet."""
    return request.POST if request.method == "POST" else None


def acting(request: HttpRequest, opened: OpenedCase) -> dict[str, Any]:
    """Return the arguments that every act on a case takes."""
    return {
        "actor": actor_of(request),
        "at": arrival_of(request),
        "application": opened.application,
    }
