"""The public pages of competitions: what is open, what is asked, by which rules it is judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from accounts.actors import arrival_of
from accounts.gates import public
from accounts.web.tables import Empty, Frame, export_links, opens_with_own_view, shown_table
from grants.forms.competition_lists import PublicForm
from grants.models import Competition
from grants.permissions.competitions import public_competition
from grants.queries.public_competitions import (
    answered,
    public_competitions,
    published,
    shown_amendments,
    version_of,
    versions,
)
from grants.queries.results import results_of
from grants.rules.bundles import canonical_text
from grants.rules.public_stages import PUBLIC_STAGE_WORDS, PublicStage
from kit.tables import Cell, Column, Kind, Table
from records.web.table_exports import FORMATS, asked_format, export_table

LIST = Table(
    "grants.public_competitions",
    (
        Column("title", "Competition", is_sortable=True, is_title=True),
        Column("stage", "Status"),
        Column("closes", "Last minute to submit", is_sortable=True),
        Column("ceiling", "Most per proposal", is_numeric=True),
        Column("money", "Federal money", is_numeric=True),
        Column("agency", "Agency"),
        Column("opens", "Opened", is_sortable=True, is_extra=True),
        Column("reference", "Reference", is_extra=True),
    ),
    default_sort="-closes",
    noun="competitions",
)
EMPTY = Empty("No competition fits", "New competitions appear here at the minute they open.")
TONES = {
    PublicStage.OPEN: "good",
    PublicStage.UNDER_REVIEW: "info",
    PublicStage.ANNOUNCED: "quiet",
    PublicStage.CANCELLED: "bad",
}
MOST = 100


@public
@opens_with_own_view(LIST)
def competitions(request: HttpRequest) -> HttpResponseBase:
    """Show every competition that was opened."""
    form = PublicForm(request.GET)
    rows = public_competitions(
        search=form.search(), stage=form.stage_asked(), sort=LIST.read(request.GET).sort
    )
    if asked_format(request):
        return export_table(request, LIST, _cells(list(rows)), name="competitions")
    exports = [
        *export_links(request, FORMATS),
        {"label": "Feed", "url": reverse("grants:competitions_feed")},
        {"label": "API", "url": reverse("api:competitions")},
    ]
    frame = Frame("Competitions", EMPTY, form, exports)
    context = {"table": shown_table(request, LIST, rows, _cells, frame)}
    return render(request, "grants/public/competitions.html", context)


@public
def competition(request: HttpRequest, competition: str) -> HttpResponse:
    """Show one competition in full."""
    row = _opened(request, competition)
    shown = published(row)
    zone = shown.bundle["dates"]["time_zone"] if shown.bundle else row.time_zone
    context = {
        "shown": shown,
        "competition": row,
        "bundle": shown.bundle,
        "reference": competition,
        "zone": zone,
        "is_elsewhere": timezone.get_current_timezone_name() != zone,
        "stage_words": PUBLIC_STAGE_WORDS[shown.stage],
        "stage_tone": TONES[shown.stage],
        "amendments": shown_amendments(row),
        "versions": versions(row),
        "answers": answered(row),
        "is_open": shown.stage is PublicStage.OPEN,
        "results_url": _results(request, competition),
        "start_url": _start(competition) if shown.stage is PublicStage.OPEN else "",
        "trail": [{"label": "Competitions", "url": reverse("grants:competitions")}],
    }
    return render(request, "grants/public/competition.html", context)


@public
def rules(request: HttpRequest, competition: str) -> HttpResponse:
    """Hand out the words in force, byte for byte as they were hashed."""
    row = _opened(request, competition)
    return _file(row.bundle or {}, f"{competition}.json")


@public
def rules_version(request: HttpRequest, competition: str, number: int) -> HttpResponse:
    """Hand out the words as they stood after so many amendments."""
    words = version_of(_opened(request, competition), number)
    if words is None:
        raise Http404
    return _file(words, f"{competition}-{number}.json")


@public
def feed(request: HttpRequest) -> HttpResponse:
    """Return openings and amendments as a feed, the newest first."""
    address = settings.PORTAL_ADDRESS + request.path
    atom = Atom1Feed(
        title="Competitions for Designated Clusters",
        link=settings.PORTAL_ADDRESS + reverse("grants:competitions"),
        description="Competitions as they open and as they are amended.",
        feed_url=address,
        feed_guid=address,
        language="en-us",
    )
    for row in public_competitions(sort="-opens")[:MOST]:
        page = settings.PORTAL_ADDRESS + reverse("grants:competition", args=[row.reference])
        opened_at = row.opened_at or row.created_at
        changed = [one.made_at for one in row.amendments.all()]
        atom.add_item(
            title=row.title,
            link=page,
            description=str((row.bundle or {}).get("basics", {}).get("summary", "")),
            unique_id=page,
            pubdate=opened_at,
            updateddate=max([opened_at, *changed]),
            author_name=row.agency.name,
        )
    text = atom.writeString("utf-8")
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def _opened(request: HttpRequest, reference: str) -> Competition:
    row = public_competition(request, reference)
    if row is None:
        raise Http404
    return row


def _start(reference: str) -> str:
    """Where a proposal is started, once proposals have their doors."""
    try:
        return reverse("grants:start_proposal", args=[reference])
    except NoReverseMatch:
        return ""


def _results(request: HttpRequest, reference: str) -> str:
    """Where the results are read, from the moment of their announcement on."""
    if results_of(reference, arrival_of(request)) is None:
        return ""
    return reverse("grants:results", args=[reference])


def _file(words: Mapping[str, object], name: str) -> HttpResponse:
    answer = HttpResponse(canonical_text(words).encode(), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _cells(rows: Iterable[Competition]) -> Iterator[Mapping[str, Cell]]:
    for row in rows:
        shown = published(row)
        reference = row.case.reference
        yield {
            "title": Cell(
                row.title,
                url=reverse("grants:competition", args=[reference]),
                notes=(row.opportunity_number,),
            ),
            "stage": Cell(PUBLIC_STAGE_WORDS[shown.stage], tone=TONES[shown.stage]),
            "closes": Cell(value=shown.last_minute, kind=Kind.MOMENT),
            "ceiling": Cell(value=shown.ceiling, kind=Kind.MONEY),
            "money": Cell(value=shown.federal_money, kind=Kind.MONEY),
            "agency": Cell(row.agency.name),
            "opens": Cell(value=row.opened_at, kind=Kind.MOMENT),
            "reference": Cell(reference),
        }
