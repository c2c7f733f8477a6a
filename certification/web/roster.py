"""Members and institutions: the lists and their download."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET

from accounts.gates import gate
from accounts.web.tables import Empty, Frame, opens_with_own_view, shown_table
from certification.forms.roster import RosterFilterForm
from certification.models import ClusterGroup, Participant
from certification.permissions.groups import reads_group
from certification.queries.county_index import county_names
from certification.queries.roster import RosterQuestion, answers, roster_flags, roster_of
from certification.queries.roster_table import roster_table
from certification.rules.groups import ParticipantKind
from certification.web.group_pages import group_at, group_page
from certification.web.roster_words import LABELS, add_route, tag_of
from kit.tables import Cell, Column, Kind, Table
from records.exports import ExportForm, downloads, export_response

NAME = Column("name", "Name", is_sortable=True, is_title=True)
REST = (
    Column("county", "County", is_sortable=True),
    Column("state", "Answer", is_sortable=True),
    Column("letter", "Last letter"),
    Column("contact", "Contact", is_extra=True),
    Column("added", "Added", is_sortable=True, is_extra=True),
)
TABLES = {
    ParticipantKind.FIRM: Table(
        "certification.members",
        (NAME, Column("role", "Role", is_sortable=True), *REST),
        default_sort="name",
        noun="organizations",
    ),
    ParticipantKind.INSTITUTION: Table(
        "certification.institutions",
        (NAME, Column("role", "Kinds", is_sortable=True), Column("vote", "Vote"), *REST),
        default_sort="name",
        noun="organizations",
    ),
}
FIRST_STEPS = {
    ParticipantKind.FIRM: (
        "No firm is on the roster yet",
        (
            "Add firms one by one, or all at once from a spreadsheet. Each gets a letter with a "
            "link and answers in two minutes, without an account."
        ),
        "Add a firm",
        "groups",
    ),
    ParticipantKind.INSTITUTION: (
        "No institution is on the roster yet",
        "Start with the college or training provider that your firms know best.",
        "Add an institution",
        "school",
    ),
}
EXPORT = "certification:export_roster"


@gate(reads_group)
@require_GET
@opens_with_own_view(TABLES[ParticipantKind.FIRM])
def members(request: HttpRequest, group: str) -> HttpResponse:
    """List the firms."""
    return _roster(request, group, ParticipantKind.FIRM)


@gate(reads_group)
@require_GET
@opens_with_own_view(TABLES[ParticipantKind.INSTITUTION])
def institutions(request: HttpRequest, group: str) -> HttpResponse:
    """List the colleges and other institutions."""
    return _roster(request, group, ParticipantKind.INSTITUTION)


@gate(reads_group)
@require_GET
def export_roster(request: HttpRequest, group: str, form: ExportForm) -> HttpResponseBase:
    """Download the rows of a list's filters, or the whole roster where no list is named."""
    kind = request.GET.get("kind", "")
    question = None
    if kind in {one.value for one in ParticipantKind}:
        question = _question(request, ParticipantKind(kind))[1]
    return export_response(roster_table(group_at(request, group), question), form)


def _question(
    request: HttpRequest, kind: ParticipantKind
) -> tuple[RosterFilterForm, RosterQuestion]:
    """What a reader asks of a list; a filter that makes no sense counts as not set."""
    filters = RosterFilterForm(request.GET, kind=kind)
    given = filters.cleaned_data if filters.is_valid() else {}
    return filters, RosterQuestion(
        kind,
        given.get("q", ""),
        given.get("state", ""),
        given.get("role", ""),
        TABLES[kind].read(request.GET).sort,
    )


def _roster(request: HttpRequest, group: str, kind: ParticipantKind) -> HttpResponse:
    context = group_page(request, group, LABELS[kind])
    here, table = context["group"], TABLES[kind]
    filters, question = _question(request, kind)
    counts = answers(here, kind)
    is_filtered = any((question.text, question.state, question.role))
    frame = Frame(
        f"{LABELS[kind]} of {here.name}",
        _empty(group, kind, is_filtered=is_filtered, may_add=context["may_change"]),
        filters if is_filtered or any(counts.values()) else None,
        [
            *downloads(EXPORT, group, query=_filters_of(request, kind)),
            {"label": "Whole roster (Excel)", "url": reverse(EXPORT, args=[group, "xlsx"])},
        ],
    )
    cells = partial(_cells, group=here)
    context |= {
        "table": shown_table(request, table, roster_of(here, question), cells, frame),
        "counts": counts,
        "is_firms": kind is ParticipantKind.FIRM,
        "add_url": reverse(add_route(kind), args=[group]),
    }
    return render(request, "certification/roster/roster.html", context)


def _filters_of(request: HttpRequest, kind: ParticipantKind) -> str:
    query = request.GET.copy()
    query["kind"] = kind.value
    return query.urlencode()


def _empty(group: str, kind: ParticipantKind, *, is_filtered: bool, may_add: bool) -> Empty:
    if is_filtered:
        return Empty("Nothing fits these filters", "Show all, or search for a part of the name.")
    title, text, label, icon = FIRST_STEPS[kind]
    address = reverse(add_route(kind), args=[group]) if may_add else ""
    return Empty(title, text, address, label, icon)


def _cells(rows: Sequence[Participant], *, group: ClusterGroup) -> Iterator[Mapping[str, Cell]]:
    names = county_names(row.county_fips for row in rows)
    flagged = roster_flags(group)
    for row in rows:
        tag = tag_of(row)
        address = reverse("certification:participant", args=[group.reference, row.reference])
        yield {
            "name": Cell(row.organization_name, address, notes=flagged.get(row.pk, ())),
            "role": Cell(row.role_words),
            "vote": Cell("Has a vote" if row.has_voting_seat else "No vote"),
            "county": Cell(names.get(row.county_fips, row.county_fips)),
            "state": Cell(tag["text"], notes=_answered(row), tone=tag["tone"]),
            "letter": Cell(value=getattr(row, "last_sent_at", None), kind=Kind.DAY),
            "contact": Cell(row.contact_name, notes=(row.contact_email,)),
            "added": Cell(value=row.added_at, kind=Kind.DAY),
        }


def _answered(row: Participant) -> tuple[str, ...]:
    if row.answered_at is None:
        return ()
    return (date_format(localtime(row.answered_at), "M j, Y"),)
