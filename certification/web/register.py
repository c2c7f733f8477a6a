"""The public register: list, entry, downloads, statistics of refusals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format

from accounts.actors import arrival_of
from accounts.gates import public
from accounts.web.tables import Empty, Frame, opens_with_own_view, shown_table
from certification.forms.register import ChosenRegisterForm, RegisterFilterForm
from certification.queries.register import (
    choices,
    denials,
    entry_on,
    published,
    reason_counts,
    register,
    releases_of,
    shown_total,
    today,
)
from certification.queries.register_table import (
    register_documents,
    register_head,
    register_table,
)
from certification.rules.criteria import BY_CODE, Criterion
from certification.rules.register import (
    STANDING_WORDS,
    CriterionValue,
    Published,
    RegisterEntry,
    Standing,
)
from kit.tables import Cell, Column, Kind, Table
from records.exports import ExportForm, downloads, export_response, json_stream_response
from records.models import Publication

REGISTER = Table(
    "certification.register",
    (
        Column("number", "No.", is_sortable=True, is_numeric=True),
        Column("group", "Group", is_sortable=True, is_title=True),
        Column("cluster", "Cluster", is_sortable=True),
        Column("region", "Region", is_sortable=True),
        Column("starts", "From", is_sortable=True),
        Column("ends", "Until", is_sortable=True),
        Column("standing", "Status"),
        Column("convening", "Convening organization", is_extra=True),
        Column("reference", "Reference", is_extra=True),
    ),
    default_sort="-number",
    noun="designations",
)
EMPTY = Empty("No designation fits", "Change the filters, or read the register as of another day.")
TONES = {Standing.IN_FORCE: "good", Standing.ENDED: "quiet", Standing.NOT_YET: "info"}


@public
@opens_with_own_view(REGISTER)
def register_list(request: HttpRequest) -> HttpResponse:
    """Show the register with its filters."""
    at = arrival_of(request)
    day = today(at)
    form = ChosenRegisterForm(request.GET, today=day, choices=choices(day, at))
    asked = form.asked(at)
    is_past = asked.on != day
    query = request.GET.urlencode()
    exports = [
        *downloads("certification:register_file", query=query),
        {"label": "Feed", "url": f"{reverse('certification:register_feed')}?{query}"},
        {"label": "API", "url": f"{reverse('api:register')}?{query}"},
    ]
    caption = f"Designations as of {date_format(asked.on, 'F j, Y')}"
    cells = partial(_cells, on=asked.on, is_past=is_past)
    context = {
        "table": shown_table(
            request, REGISTER, register(asked), cells, Frame(caption, EMPTY, form, exports)
        ),
        "asked": asked,
        "is_past": is_past,
    }
    return render(request, "certification/register/register_list.html", context)


@public
def register_entry(request: HttpRequest, designation: str) -> HttpResponse:
    """Show one designation."""
    _, on = _days(request)
    found = entry_on(designation, on, arrival_of(request))
    if found is None:
        raise Http404
    return entry_page(request, found, on)


def entry_page(
    request: HttpRequest, found: Published, on: date, as_published: Publication | None = None
) -> HttpResponse:
    """Show an entry as of a day, or one version of it as it was published."""
    at = arrival_of(request)
    context = {
        "found": found,
        "entry": found.entry,
        "standing": _standing(found.entry, on),
        "criteria": _by_criterion(found.entry),
        "releases": releases_of(found.entry.reference, on, at),
        "on": on,
        "is_past": as_published is None and on != today(at),
        "as_published": as_published,
    }
    return render(request, "certification/register/register_entry.html", context)


@public
def register_entry_json(request: HttpRequest, designation: str) -> JsonResponse:
    """Return one designation as JSON."""
    _, on = _days(request)
    found = entry_on(designation, on, arrival_of(request))
    if found is None:
        raise Http404
    return JsonResponse(found.as_json(on))


@public
def register_file(request: HttpRequest, form: ExportForm) -> HttpResponseBase:
    """Return the filtered register as a file, in the order of the page."""
    at = arrival_of(request)
    asked = RegisterFilterForm(request.GET, today=today(at)).asked(at)
    table = register_table(asked)
    if form is not ExportForm.JSON:
        return export_response(table, form)
    head, entries = register_head(asked), register_documents(asked)
    return json_stream_response(table.stem, head, "results", entries)


@public
def register_denials(request: HttpRequest) -> HttpResponse:
    """Show how many applications were refused, and why."""
    at = arrival_of(request)
    lines = denials(today(at), at)
    context = {"total": shown_total(len(lines)), "reasons": reason_counts(lines), "lines": lines}
    return render(request, "certification/register/register_denials.html", context)


def _days(request: HttpRequest) -> tuple[date, date]:
    """Today, and the day as of which the reader asks."""
    day = today(arrival_of(request))
    return day, RegisterFilterForm(request.GET, today=day).asked().on


def _cells(rows: Sequence[Publication], *, on: date, is_past: bool) -> Iterator[Mapping[str, Cell]]:
    query = f"?{urlencode({'as_of': on.isoformat()})}" if is_past else ""
    for entry in (published(row).entry for row in rows):
        address = reverse("certification:register_entry", args=[entry.reference])
        standing = _standing(entry, on)
        yield {
            "number": Cell(value=entry.number, kind=Kind.WHOLE),
            "group": Cell(entry.group, url=f"{address}{query}"),
            "cluster": Cell(entry.cluster),
            "region": Cell(entry.region, notes=(entry.state_names,)),
            "starts": Cell(value=entry.starts_on, kind=Kind.DAY),
            "ends": Cell(value=entry.ends_on, kind=Kind.DAY),
            "standing": Cell(standing["text"], tone=standing["tone"]),
            "convening": Cell(entry.convening),
            "reference": Cell(entry.reference),
        }


def _standing(entry: RegisterEntry, on: date) -> dict[str, str]:
    standing = entry.standing(on)
    return {"text": STANDING_WORDS[standing], "tone": TONES[standing]}


def _by_criterion(entry: RegisterEntry) -> Iterator[tuple[str, list[CriterionValue]]]:
    for code in Criterion:
        tests = [one for one in entry.criteria if one.criterion == code.value]
        yield BY_CODE[code].title, tests
