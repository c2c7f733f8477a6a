"""A locked SF-425 as a paper to keep: its boxes, its lines, who certified it."""

from __future__ import annotations

from certification.queries.letterheads import agency_letterhead
from certification.queries.receipt_paper import moment_words
from grants.models import FinancialStatement, ReportRound
from grants.queries.financial_statements import Form, boxes_of, form_kept
from grants.rules.match.financial_report import NOT_NEEDED, LineText, parts, version_words
from records.rules.papers import Block, Paper, facts, heading, paragraph, table

KIND = "financial_report"
HEAD = ("Line", "Transactions, cumulative", "Amount")
CLAIM = (
    "Made from the ledgers of the award and locked when the report was submitted. The digest "
    "names every figure on this paper; the same form as a file has it as its fingerprint."
)


def statement_paper(statement: FinancialStatement) -> Paper:
    """The form of one round."""
    form, report = form_kept(statement), statement.report
    head = agency_letterhead(report.award.agency)
    return Paper(
        template="letter",
        title="Federal Financial Report (SF-425)",
        author=head.office,
        made_at=statement.locked_at,
        data={
            "letterhead": list(head.lines),
            "addressee": [],
            "date": moment_words(statement.locked_at, report.award.agency.time_zone),
            "footer": f"{report.reference}, {version_words(form.round)}, SHA-256 {form.digest}",
            "blocks": [
                facts(boxes_of(form)),
                *_lines(form),
                heading("12. Remarks"),
                paragraph(_signed(statement).remarks or "None."),
                heading("13. Certification"),
                *_certification(statement),
                heading("What this form rests on"),
                facts(_rests_on(form)),
                paragraph(CLAIM),
            ],
        },
    )


def _lines(form: Form) -> list[Block]:
    made: list[Block] = [heading("10. Transactions")]
    for name, lines in parts():
        made.append(table(name, HEAD, [_row(form, text) for text in lines]))
    return made


def _row(form: Form, text: LineText) -> tuple[str, str, str]:
    amount = form.lines[text.line]
    if amount is None:
        return text.line.value, f"{text.name}. {NOT_NEEDED}", ""
    return text.line.value, text.name, f"${amount:,.2f}".replace("$-", "-$")


def _rests_on(form: Form) -> list[tuple[str, str]]:
    cut = form.cut
    return [
        ("Match ledger of the award", f"entries up to {cut.match_through}"),
        ("Ledger of the pool", f"entries up to {cut.fund_through}"),
        ("Digest (SHA-256)", form.digest),
    ]


def _certification(statement: FinancialStatement) -> list[Block]:
    signed, zone = _signed(statement), statement.report.award.agency.time_zone
    return [
        paragraph(signed.statement),
        facts(
            [
                ("Certified by", f"{signed.submitted_by}, {signed.signed_title}"),
                ("Date", moment_words(signed.submitted_at, zone)),
            ]
        ),
    ]


def _signed(statement: FinancialStatement) -> ReportRound:
    return statement.report.rounds.select_related("submitted_by").get(round=statement.round)
