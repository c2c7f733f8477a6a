"""Members and institutions: the lists and their download."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.gates import gate
from certification.forms.roster import RosterFilterForm
from certification.permissions.groups import reads_group
from certification.queries.county_index import county_names
from certification.queries.roster import RosterQuestion, answers, roster_flags, roster_of
from certification.rules.groups import ParticipantKind
from certification.rules.states import PARTICIPANT, ParticipantState
from certification.web.group_pages import group_at, group_page
from certification.web.roster_words import LABELS, add_route, tag_of
from records.exports import csv_response

PAGE_SIZE = 25
EXPORT_HEADER = (
    "reference",
    "kind",
    "name",
    "role",
    "county_fips",
    "contact_name",
    "contact_email",
    "uei",
    "naics",
    "size",
    "corporate_family",
    "votes",
    "answer",
    "added",
    "answered",
)


@gate(reads_group)
@require_GET
def members(request: HttpRequest, group: str) -> HttpResponse:
    """List the firms."""
    return _roster(request, group, ParticipantKind.FIRM)


@gate(reads_group)
@require_GET
def institutions(request: HttpRequest, group: str) -> HttpResponse:
    """List the colleges and other institutions."""
    return _roster(request, group, ParticipantKind.INSTITUTION)


@gate(reads_group)
@require_GET
def export_roster(request: HttpRequest, group: str) -> StreamingHttpResponse:
    """Download the whole roster."""
    rows = group_at(request, group).participants.order_by("kind", "name_key")
    lines = (
        (
            row.reference,
            row.get_kind_display(),
            row.organization_name,
            row.role_words,
            row.county_fips,
            row.contact_name,
            row.contact_email,
            row.uei,
            row.naics,
            row.get_size_class_display() if row.size_class else "",
            row.corporate_family,
            row.votes,
            PARTICIPANT.labels[ParticipantState(row.state)],
            row.added_at.isoformat(),
            row.answered_at.isoformat() if row.answered_at else "",
        )
        for row in rows.iterator()
    )
    return csv_response(f"roster-{group}.csv", EXPORT_HEADER, lines)


def _roster(request: HttpRequest, group: str, kind: ParticipantKind) -> HttpResponse:
    context = group_page(request, group, LABELS[kind])
    here = context["group"]
    filters = RosterFilterForm(request.GET, kind=kind)
    given = filters.cleaned_data if filters.is_valid() else {}
    question = RosterQuestion(
        kind,
        given.get("q", ""),
        given.get("state", ""),
        given.get("role", ""),
        request.GET.get("sort", "name"),
    )
    page = Paginator(roster_of(here, question), PAGE_SIZE).get_page(request.GET.get("page"))
    names = county_names(row.county_fips for row in page)
    flagged = roster_flags(here)
    context |= {
        "page": page,
        "rows": [
            {
                "row": row,
                "tag": tag_of(row),
                "county": names.get(row.county_fips, row.county_fips),
                "flags": flagged.get(row.pk, ()),
            }
            for row in page
        ],
        "filters": filters,
        "is_filtered": any((question.text, question.state, question.role)),
        "sort": question.sort,
        "counts": answers(here, kind),
        "is_firms": kind is ParticipantKind.FIRM,
        "add_url": reverse(add_route(kind), args=[group]),
    }
    return render(request, "certification/roster/roster.html", context)
