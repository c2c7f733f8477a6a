"""The position of an award: figures, limit, charts and givers on one page, and as downloads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from accounts.actors import arrival_of
from accounts.gates import gate
from grants.actions.move_payment import day_of
from grants.models import Award
from grants.permissions.awards import (
    award_for,
    holds_accepted_award,
    reads_award,
    staff_award_for,
)
from grants.queries.award_position import (
    award_equity,
    award_givers,
    award_position,
    drawn_over_time,
    verified_over_time,
)
from grants.queries.complaints import complaint_counts
from grants.queries.report_lists import ReportCounts, counts_of
from grants.rules.funnel import NOTHING
from grants.rules.match.charts import Line, Segment, bar_svg, lines_svg
from grants.rules.match.position import Position, figures_of, headline
from grants.web.award_pages import award_page, staff_award_page
from records.exports import Column, ExportForm, Kind, Table, downloads, export_response

BAR_KEY = (
    {"css_class": "bar__drawn", "name": "Drawn"},
    {"css_class": "bar__verified", "name": "Match that counts"},
    {"css_class": "bar__recorded", "name": "Recorded, not verified"},
    {"css_class": "bar__pledged", "name": "Pledged, not given yet"},
)
FIGURE_COLUMNS = (
    Column("key", "Stable name of the figure."),
    Column("figure", "What it is called on the page."),
    Column("amount", "In dollars.", Kind.MONEY),
    Column("meaning", "What it means."),
)
GIVER_COLUMNS = (
    Column("giver", "Who promised."),
    Column("kind", "Firm, institution, state or local government."),
    Column("promised", "What was promised at first.", Kind.MONEY),
    Column("let_go", "What of it was taken back later.", Kind.MONEY),
    Column("verified", "What was verified.", Kind.MONEY),
)


@require_safe
@gate(holds_accepted_award)
def position(request: HttpRequest, award: str) -> HttpResponse:
    """Show the group where its award stands."""
    context = award_page(request, award, "Position")
    context |= position_context(context["award"], arrival_of(request).date())
    context["reports"] = _reports(request, context["award"])
    context |= _files("grants:award_position_file", "grants:award_givers_file", award)
    context["reports_url"] = reverse("grants:reports", args=[award])
    context["complaints_url"] = reverse("grants:complaints", args=[award])
    return render(request, "grants/awards/group_position.html", context)


@require_safe
@gate(reads_award)
def staff_position(request: HttpRequest, award: str) -> HttpResponse:
    """Show officers where an award stands."""
    context = staff_award_page(request, award, "Position")
    context |= position_context(context["award"], arrival_of(request).date())
    context["reports"] = _reports(request, context["award"])
    context |= _files("grants:staff_award_position_file", "grants:staff_award_givers_file", award)
    context["reports_url"] = reverse("grants:staff_reports", args=[award])
    context["complaints_url"] = reverse("grants:staff_complaints", args=[award])
    return render(request, "grants/awards/staff_position.html", context)


@require_safe
@gate(holds_accepted_award)
def position_file(request: HttpRequest, award: str, form: ExportForm) -> HttpResponseBase:
    """The figures of the page as a file."""
    row = award_for(request, award).award
    return export_response(figures_table(row, arrival_of(request).date()), form)


@require_safe
@gate(holds_accepted_award)
def givers_file(request: HttpRequest, award: str, form: ExportForm) -> HttpResponseBase:
    """Who carries the match, as a file."""
    row = award_for(request, award).award
    return export_response(givers_table(row, arrival_of(request).date()), form)


@require_safe
@gate(reads_award)
def staff_position_file(request: HttpRequest, award: str, form: ExportForm) -> HttpResponseBase:
    """The figures of the page as a file, for officers."""
    row = staff_award_for(request, award)
    return export_response(figures_table(row, arrival_of(request).date()), form)


@require_safe
@gate(reads_award)
def staff_givers_file(request: HttpRequest, award: str, form: ExportForm) -> HttpResponseBase:
    """Who carries the match, as a file, for officers."""
    row = staff_award_for(request, award)
    return export_response(givers_table(row, arrival_of(request).date()), form)


def _reports(request: HttpRequest, award: Award) -> ReportCounts:
    return counts_of(award, day_of(award, arrival_of(request)))


def _files(figures: str, givers: str, reference: str) -> dict[str, Any]:
    return {
        "exports": downloads(figures, reference),
        "giver_exports": downloads(givers, reference),
    }


def position_context(award: Award, day: date) -> dict[str, Any]:
    """Everything that `grants/awards/position.html` shows."""
    position = award_position(award, day)
    verified, drawn = verified_over_time(award), drawn_over_time(award)
    whole = max(position.terms.federal, position.required)
    period = (award.starts_on, award.ends_on)
    lines = (
        Line("line--verified", "Match verified", _until(verified, day)),
        Line("line--drawn", "Federal funds drawn", _until(drawn, day)),
    )
    return {
        "position": position,
        "day": day,
        "headline": headline(position),
        "obligated_note": f"{_dollars(position.obligated)} obligated",
        "undrawn_note": f"{_dollars(position.undrawn)} not drawn yet",
        "eligible_note": f"of {_dollars(position.required)} for the whole award",
        "required_note": f"{_dollars(position.required_now)} required to date",
        "bars": _bars(position),
        "bar_key": BAR_KEY,
        "figures": figures_of(position),
        "cap_parts": _cap_parts(position),
        "over_time": _together(verified, drawn),
        "lines": SafeString(lines_svg(lines, period, whole, "Match verified and funds drawn")),
        "equity": award_equity(award, day),
        "complaints": complaint_counts(award),
    }


def figures_table(award: Award, day: date) -> Table:
    """The figures as a download."""
    return Table(
        stem=f"position-{award.reference}",
        title=f"Position of award {award}",
        columns=FIGURE_COLUMNS,
        rows=((f.key, f.name, f.amount, f.means) for f in figures_of(award_position(award, day))),
        source=f"Both ledgers of award {award.reference} on {day.isoformat()}.",
        notes=(),
    )


def givers_table(award: Award, day: date) -> Table:
    """Who carries the match, as a download; a giver of cash and goods stands there twice."""
    return Table(
        stem=f"givers-{award.reference}",
        title=f"Givers of matching funds to award {award}",
        columns=GIVER_COLUMNS,
        rows=(
            (one.name, one.giver_class.value, one.promised, one.released, one.verified)
            for one in award_givers(award, day)
        ),
        source=f"The match ledger of award {award.reference} on {day.isoformat()}.",
        notes=("Private to the recipient and the agency.",),
    )


def _bars(position: Position) -> list[dict[str, object]]:
    drawn, whole = position.standing.drawn, position.terms.federal
    bars: list[dict[str, object]] = [
        {
            "name": "Federal funds",
            "says": f"{_dollars(drawn)} of {_dollars(whole)} drawn",
            "drawing": SafeString(
                bar_svg([Segment("bar__drawn", "Drawn", drawn)], whole, None, "Federal funds drawn")
            ),
        }
    ]
    if position.required:
        bars.append(
            {
                "name": "Matching funds",
                "says": f"{_dollars(position.eligible)} of {_dollars(position.required)} counts",
                "drawing": SafeString(_match_bar(position)),
            }
        )
    return bars


def _match_bar(position: Position) -> str:
    promises = position.promises
    return bar_svg(
        [
            Segment("bar__verified", "Match that counts", position.eligible),
            Segment("bar__recorded", "Recorded", promises.recorded),
            Segment("bar__pledged", "Pledged", promises.pledged),
        ],
        position.required,
        position.required_now,
        "Matching funds: what counts, what is recorded, what is pledged",
    )


def _cap_parts(position: Position) -> list[dict[str, object]]:
    cap = position.cap
    parts = (
        ("The award", cap.federal),
        ("Federal costs to date and approved advance", cap.costs),
        ("What the verified match and the pace allow", cap.match),
    )
    return [
        {"name": name, "amount": amount, "is_least": amount == cap.limit} for name, amount in parts
    ]


def _until(points: Sequence[tuple[date, Decimal]], day: date) -> list[tuple[date, Decimal]]:
    """The line goes on level until today."""
    return [*points, (day, points[-1][1])] if points else []


def _together(
    verified: Sequence[tuple[date, Decimal]], drawn: Sequence[tuple[date, Decimal]]
) -> list[dict[str, object]]:
    rows, one, other = [], dict(verified), dict(drawn)
    match, funds = NOTHING, NOTHING
    for day in sorted({*one, *other}):
        match, funds = one.get(day, match), other.get(day, funds)
        rows.append({"day": day, "verified": match, "drawn": funds})
    return rows


def _dollars(amount: Decimal) -> str:
    return f"${amount:,.2f}".removesuffix(".00")
