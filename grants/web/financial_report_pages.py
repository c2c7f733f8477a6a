"""What pages of an SF-425 have in common: the form as a template reads it, and as a table."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from grants.models import AwardReport
from grants.queries.financial_statements import (
    Form,
    boxes_of,
    form_kept,
    form_now,
    statement_of,
)
from grants.rules.match.financial_report import (
    NOT_NEEDED,
    TEXT_OF,
    FormLine,
    LineText,
    Source,
    advice,
    differences,
    figures_digest,
    parts,
    read,
    version_words,
)
from grants.rules.report_states import WRITABLE, ReportKind, ReportState
from grants.web.award_pages import award_page, staff_award_page
from records.exports import Column, ExportForm, Kind, Table

COLUMNS = (
    Column("line", "Line of SF-425."),
    Column("name", "What it is called on the form."),
    Column("amount", "In dollars, from the first day of the award; empty: not needed.", Kind.MONEY),
    Column("made", "How the figure is made."),
)
NOW = 0  # in an address: the round that would be submitted now
CLOSED = frozenset({Source.LINES, Source.NOTHING})  # they open to nothing


def form_context(report: AwardReport, *, is_staff: bool) -> dict[str, Any]:
    """What `grants/reports/statement.html` shows as `sf425`: live while the report is written.

    To the group a report in its hands shows what would be locked; else the last round is shown.
    """
    is_live = report.status in WRITABLE and not is_staff
    kept = None if is_live else statement_of(report)
    form = form_kept(kept) if kept else form_now(report)
    return shown(form, is_staff=is_staff) | {
        "earlier": [
            {
                "words": version_words(one.round),
                "url": form_address(report, one.round, is_staff=is_staff),
            }
            for one in report.statements.order_by("-round")
            if kept is None or one.pk != kept.pk
        ],
    }


def with_form(report: AwardReport, *, is_staff: bool) -> dict[str, Any]:
    """The form for the page of a report: none of a performance report, none before it opens.

    Officers read what was submitted.
    """
    is_there = report.round or (report.status is not ReportState.SCHEDULED and not is_staff)
    if report.kind != ReportKind.FINANCIAL or not is_there:
        return {}
    return {"sf425": form_context(report, is_staff=is_staff)}


def form_page(
    request: HttpRequest, report: AwardReport, here: str, *, is_staff: bool
) -> dict[str, Any]:
    """The context of a page below the report's own."""
    prefix = "staff_" if is_staff else ""
    make = staff_award_page if is_staff else award_page
    reference = report.award.reference
    context = make(request, reference, here)
    context["trail"] += [
        {"label": "Reports", "url": reverse(f"grants:{prefix}reports", args=[reference])},
        {
            "label": str(report),
            "url": reverse(f"grants:{prefix}report", args=[reference, report.reference]),
        },
    ]
    return context


def form_address(report: AwardReport, number: int, *, is_staff: bool, line: str = "") -> str:
    """Where a form is, or one of its lines."""
    route = f"grants:{'staff_' if is_staff else ''}statement{'_line' if line else ''}"
    places = [report.award.reference, report.reference, number, *([line] if line else [])]
    return reverse(route, args=places)


def shown(form: Form, *, is_staff: bool) -> dict[str, Any]:
    """A form as its template reads it."""
    number = form.round if form.is_locked else NOW
    route = f"grants:{'staff_' if is_staff else ''}statement"
    places = [form.report.award.reference, form.report.reference, number]
    files = [
        {"label": label, "url": reverse(f"{route}_file", args=[*places, one])}
        for label, one in (("Excel", ExportForm.WORKBOOK), ("JSON", ExportForm.JSON))
    ]
    return {
        "form": form,
        "version": version_words(form.round) if form.is_locked else "",
        "changes": _changes(form),
        "report": form.report,
        "boxes": [{"label": label, "value": value} for label, value in boxes_of(form)],
        "parts": [
            {
                "name": name,
                "rows": [_row(form, text, number, is_staff=is_staff) for text in lines],
            }
            for name, lines in parts()
        ],
        "advice": advice(form.lines, is_final=bool(form.facts["is_final"])),
        "advice_title": "Worth a look" if form.is_locked else "Before you sign",
        "figures_digest": figures_digest(form.lines),
        "pdf_url": reverse(f"{route}_pdf", args=places) if form.is_locked else "",
        "files": files if form.is_locked else [],
    }


def form_table(form: Form, stem: str) -> Table:
    """The lines as a download."""
    return Table(
        stem=stem,
        title=f"SF-425, {form.report.reference}, {version_words(form.round)}",
        columns=COLUMNS,
        rows=(
            (key.value, TEXT_OF[key].name, amount, TEXT_OF[key].made)
            for key, amount in form.lines.items()
        ),
        source=(
            f"Award {form.facts['award_number']}: match ledger to entry "
            f"{form.cut.match_through}, pool's ledger to entry {form.cut.fund_through}."
        ),
        notes=(
            f"Cumulative, as of {form.cut.as_of.isoformat()}.",
            f"Digest of the form (SHA-256): {form.digest}",
        ),
    )


def _changes(form: Form) -> list[dict[str, Any]]:
    """The lines that differ from the version before; nothing where there was none."""
    rows = form.report.statements.order_by("-round")
    before = (rows.filter(round__lt=form.round) if form.is_locked else rows).first()
    if before is None:
        return []
    old = read(before.lines)
    return [
        {
            "line": line.value,
            "name": TEXT_OF[line].name,
            "before": old.get(line),
            "after": form.lines[line],
        }
        for line in differences(old, form.lines)
    ]


def _row(form: Form, text: LineText, number: int, *, is_staff: bool) -> dict[str, Any]:
    opens = text.source not in CLOSED
    amount = form.lines[text.line]
    made = text.made
    income = Decimal(form.facts["income_as_match"])
    if text.line is FormLine.L and income:
        made = f"{made} ${income:,.2f} of it is income."
    return {
        "line": text.line.value,
        "name": text.name,
        "made": made if amount is not None else NOT_NEEDED,
        "amount": amount,
        "is_sum": text.source is Source.LINES,
        "url": form_address(form.report, number, is_staff=is_staff, line=text.line.value)
        if opens and amount is not None
        else "",
    }
