"""A case as staff read it: where it stands, what was found, what was written."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from accounts.rules.roles import checker_is_not_maker
from certification.models import Application, Determination, Finding
from certification.permissions.decisions import case_for, reads_case, works_on_case
from certification.queries.actor_names import actor_names
from certification.queries.assessments import assessment_of
from certification.queries.clocks import clocks_of
from certification.queries.determinations import determinations_of
from certification.queries.letterheads import letters_of_case
from certification.queries.roster import roster_flags
from certification.rules.readiness import Card, cards
from certification.rules.results import TestResult
from certification.rules.states import ApplicationState
from certification.web.staff_buttons import buttons
from certification.web.staff_pages import staff_page
from certification.web.staff_words import staff_timeline
from records.permissions.documents import refused_papers
from records.queries.letters import deliveries
from records.web.letters import letter_file


@gate(reads_case)
def case(request: HttpRequest, application: str) -> HttpResponse:
    """Show where the case stands and what can be done."""
    row = case_for(request, application).application
    context = staff_page(request, application, "Overview")
    found = determinations_of(row.case)
    latest = found[0] if found else None
    assessment = assessment_of(latest) if latest else None
    context |= {
        "clocks": clocks_of(row, arrival_of(request)),
        "buttons": buttons(request, row, assessment),
        "roster": _roster(row),
        "look_alikes": _look_alikes(row),
        "requests": row.information_requests.prefetch_related("items").order_by("-asked_at"),
        "proposals": row.denial_proposals.order_by("-proposed_at"),
        "recommendations": row.recommendations.select_related("recommended_by", "returned_by"),
        "decision": getattr(row, "decision", None),
        "timeline": staff_timeline(row.case, limit=8),
        "refused_papers": refused_papers(request, row.case),
    }
    if latest is not None:
        context |= _determination(request, row, latest) | {"earlier": len(found) - 1}
    return render(request, "certification/staff/case.html", context)


@gate(reads_case)
def application_text(request: HttpRequest, application: str) -> HttpResponse:
    """Show the words that were certified and submitted."""
    context = staff_page(request, application, "Application")
    context["content"] = context["application"].content
    return render(request, "certification/staff/application.html", context)


@gate(reads_case)
def record(request: HttpRequest, application: str) -> HttpResponse:
    """Show the whole trail and every letter, with where each letter is."""
    context = staff_page(request, application, "Record and letters")
    row: Application = context["application"]
    letters = list(letters_of_case(row))
    ways = deliveries(letters)
    context |= {
        "timeline": staff_timeline(row.case),
        "letters": [{"letter": one, "way": ways[one.pk]} for one in letters],
    }
    return render(request, "certification/staff/record.html", context)


@gate(reads_case)
def case_letter_pdf(request: HttpRequest, application: str, letter: str) -> HttpResponse:
    """Hand out a letter of the case as signed PDF."""
    rows = letters_of_case(case_for(request, application).application)
    return letter_file(request, get_object_or_404(rows, reference=letter))


def _roster(application: Application) -> list[dict[str, Any]]:
    """Who has confirmed today, in three numbers."""
    group = application.group
    kinds = list(group.participants.confirmed().values_list("kind", flat=True))
    signed = group.commitments.filter(state="signed").count()
    return [
        {"label": "Firms that confirmed", "value": kinds.count("firm")},
        {"label": "Institutions that confirmed", "value": kinds.count("institution")},
        {"label": "Governments that signed", "value": signed},
    ]


def _look_alikes(application: Application) -> list[dict[str, Any]]:
    """Entries of the roster that a person should look at, as the group sees them too."""
    flagged = roster_flags(application.group)
    rows = application.group.participants.filter(pk__in=flagged).order_by("name_key")
    return [{"name": str(row), "sentences": flagged[row.pk]} for row in rows]


def _determination(
    request: HttpRequest, application: Application, latest: Determination
) -> dict[str, Any]:
    """The results in plain words, each with the evidence that was added."""
    content = latest.content()
    held = _findings(request, application, latest)
    works = works_on_case(request, application.case.reference)
    may_write = works is None and application.status is ApplicationState.CRITERIA_REVIEW
    return {
        "determination": latest,
        "basis": content.facts.basis,
        "notes": content.notes,
        "cards": [_card(one, held, application, may_write) for one in cards(content.results)],
        "findings": [found for rows in held.values() for found in rows],
    }


def _card(
    card: Card,
    held: dict[str, list[dict[str, Any]]],
    application: Application,
    may_write: bool,  # noqa: FBT001 - one of the page's facts
) -> dict[str, Any]:
    return {
        "card": card,
        "tests": [_test(one, held.get(one.id, []), application, may_write) for one in card.results],
    }


def _test(
    result: TestResult,
    found: list[dict[str, Any]],
    application: Application,
    may_write: bool,  # noqa: FBT001
) -> dict[str, Any]:
    open_findings = [one for one in found if one["finding"].is_agreed is not False]
    can_settle = result.outcome == "unknown" and not open_findings and may_write
    reference = application.case.reference
    url = reverse("certification:staff_finding", args=[reference, result.id])
    agreed = next((one["finding"] for one in found if one["finding"].is_agreed), None)
    return {"result": result, "agreed": agreed, "settle_url": url if can_settle else ""}


def _findings(
    request: HttpRequest, application: Application, latest: Determination
) -> dict[str, list[dict[str, Any]]]:
    """Findings by test, each with who wrote and checked it, and the door to its check."""
    rows = list(latest.findings.select_related("document_version__document"))
    names = actor_names({one.written_by for one in rows} | {one.checked_by for one in rows})
    titles = {one.id: one.title for one in latest.content().results}
    held: dict[str, list[dict[str, Any]]] = {}
    for one in rows:
        held.setdefault(one.test_id, []).append(
            {
                "finding": one,
                "title": titles.get(one.test_id, one.test_id),
                "writer": names.get(one.written_by, one.written_by),
                "checker": names.get(one.checked_by, ""),
                **_check(request, application, one),
            }
        )
    return held


def _check(request: HttpRequest, application: Application, one: Finding) -> dict[str, Any]:
    if one.is_agreed is not None or application.status is not ApplicationState.CRITERIA_REVIEW:
        return {"check_url": ""}
    reference = application.case.reference
    refusal = works_on_case(request, reference) or checker_is_not_maker(
        maker=one.written_by, checker=str(actor_of(request))
    )
    url = reverse("certification:staff_finding_check", args=[reference, one.pk])
    return {"check_url": url, "check_refusal": refusal}
