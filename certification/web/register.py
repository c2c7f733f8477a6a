"""The public register: list, entry, downloads, statistics of refusals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render

from accounts.actors import arrival_of
from accounts.gates import public
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
from certification.rules.criteria import BY_CODE, Criterion
from certification.rules.register import (
    CSV_HEADER,
    STANDING_WORDS,
    CriterionValue,
    RegisterEntry,
    Standing,
)
from records.exports import csv_response

PAGE_SIZE = 25
TONES = {Standing.IN_FORCE: "good", Standing.ENDED: "quiet", Standing.NOT_YET: "info"}


@public
def register_list(request: HttpRequest) -> HttpResponse:
    """Show the register with its filters."""
    day = today(arrival_of(request))
    form = ChosenRegisterForm(request.GET, today=day, choices=choices(day))
    asked = form.asked()
    page = Paginator(register(asked), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [_row(published(one).entry, asked.on) for one in page],
        "asked": asked,
        "is_past": asked.on != day,
        "sort": form.cleaned_data.get("sort") or "-number",
        "query": request.GET.urlencode(),
    }
    return render(request, "certification/register/register_list.html", context)


@public
def register_entry(request: HttpRequest, designation: str) -> HttpResponse:
    """Show one designation."""
    day, on = _days(request)
    found = entry_on(designation, on)
    if found is None:
        raise Http404
    context = {
        "found": found,
        "entry": found.entry,
        "standing": _standing(found.entry, on),
        "criteria": _by_criterion(found.entry),
        "releases": releases_of(designation, on),
        "on": on,
        "is_past": on != day,
    }
    return render(request, "certification/register/register_entry.html", context)


@public
def register_entry_json(request: HttpRequest, designation: str) -> JsonResponse:
    """Return one designation as JSON."""
    _, on = _days(request)
    found = entry_on(designation, on)
    if found is None:
        raise Http404
    return JsonResponse(found.as_json(on))


@public
def register_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Return the filtered register as CSV, in the order of the page."""
    asked = RegisterFilterForm(request.GET, today=today(arrival_of(request))).asked()
    rows = (published(one).csv_row(asked.on) for one in register(asked).iterator())
    return csv_response(f"register-{asked.on}.csv", CSV_HEADER, rows)


@public
def register_json(request: HttpRequest) -> JsonResponse:
    """Return the filtered register as JSON, in the order of the page."""
    asked = RegisterFilterForm(request.GET, today=today(arrival_of(request))).asked()
    rows = [published(one).as_json(asked.on) for one in register(asked)]
    return JsonResponse({"as_of": asked.on.isoformat(), "count": len(rows), "results": rows})


@public
def register_denials(request: HttpRequest) -> HttpResponse:
    """Show how many applications were refused, and why."""
    lines = denials(today(arrival_of(request)))
    context = {"total": shown_total(len(lines)), "reasons": reason_counts(lines), "lines": lines}
    return render(request, "certification/register/register_denials.html", context)


def _days(request: HttpRequest) -> tuple[date, date]:
    """Today, and the day as of which the reader asks."""
    day = today(arrival_of(request))
    return day, RegisterFilterForm(request.GET, today=day).asked().on


def _row(entry: RegisterEntry, on: date) -> dict[str, object]:
    return {"entry": entry, "standing": _standing(entry, on)}


def _standing(entry: RegisterEntry, on: date) -> dict[str, str]:
    standing = entry.standing(on)
    return {"text": STANDING_WORDS[standing], "tone": TONES[standing]}


def _by_criterion(entry: RegisterEntry) -> Iterator[tuple[str, list[CriterionValue]]]:
    for code in Criterion:
        tests = [one for one in entry.criteria if one.criterion == code.value]
        yield BY_CODE[code].title, tests
