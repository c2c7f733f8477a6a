"""SF-425 as a document: made from the ledgers now, read as it was locked, or made again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from grants.models import AwardReport, FinancialStatement
from grants.queries.award_standing import terms_of
from grants.queries.financial_report import Cut, cut_now, sums_at
from grants.rules.match.financial_report import (
    FormLine,
    Lines,
    broken_ties,
    differences,
    digest_of,
    form_lines,
    read,
    written,
)
from grants.rules.match.limits import Terms
from grants.rules.report_states import ReportPace

FORMAT = "clusters-portal/sf-425/1"
BASIS = "Accrual"
CHUNK = 500
# Box 6, in the form's own words.
TYPE_WORDS = {
    ReportPace.QUARTERLY: "Quarterly",
    ReportPace.HALF_YEARLY: "Semi-annual",
    ReportPace.YEARLY: "Annual",
}


@dataclass(frozen=True, slots=True)
class Form:
    """One SF-425.

    Attributes:
        report: Whose it is.
        round: Which round.
        cut: Where it ends.
        facts: The boxes beside the lines, and the terms they rest on.
        lines: 10a to 10o.
        digest: Of the whole document; of what would be locked where nothing is.
        is_locked: Whether it was submitted.
    """

    report: AwardReport
    round: int
    cut: Cut
    facts: Mapping[str, Any]
    lines: Lines
    digest: str
    is_locked: bool

    @property
    def document(self) -> dict[str, Any]:
        """What the digest is of."""
        return document_of(self.report, self.round, self.cut, self.facts, written(self.lines))


@dataclass(frozen=True, slots=True)
class Rederived:
    """A locked form made again from its entry numbers.

    Attributes:
        reference: The report's, with the round.
        differs: The lines that come out otherwise.
        is_whole: Whether the digest is that of the document, and the form's own sums hold.
    """

    reference: str
    differs: tuple[FormLine, ...]
    is_whole: bool

    @property
    def is_equal(self) -> bool:
        """Whether nothing differs."""
        return self.is_whole and not self.differs

    @property
    def reason(self) -> str:
        """What is wrong, in a sentence."""
        if self.differs:
            names = ", ".join(one.value for one in self.differs)
            return f"Made again from its entries, the form differs in {names}."
        return "" if self.is_whole else "The form is not the one whose digest was kept."


def form_now(report: AwardReport) -> Form:
    """The form as it would be locked now, for the report's round."""
    award = report.award
    cut = cut_now(award, report.covers_through, is_final=report.is_final)
    sums = sums_at(award, cut)
    lines = form_lines(terms_of(award), sums, has_advances=award.has_advances)
    facts = _facts(report, income=sums.income)
    made = Form(report, report.round, cut, facts, lines, "", is_locked=False)
    return replace(made, digest=digest_of(made.document))


def form_kept(statement: FinancialStatement) -> Form:
    """A form as it was locked."""
    return Form(
        report=statement.report,
        round=statement.round,
        cut=cut_of(statement),
        facts=statement.facts,
        lines=read(statement.lines),
        digest=statement.digest,
        is_locked=True,
    )


def statement_of(report: AwardReport, round_: int | None = None) -> FinancialStatement | None:
    """The locked form of a round; of the latest where none is named."""
    rows = report.statements.all()
    found = (rows if round_ is None else rows.filter(round=round_)).order_by("-round").first()
    if found is not None:
        found.report = report
    return found


def cut_of(statement: FinancialStatement) -> Cut:
    """Where a locked form ends."""
    return Cut(
        match_through=statement.match_through,
        fund_through=statement.fund_through,
        as_of=statement.as_of,
        is_final=bool(statement.facts.get("is_final")),
        pending=statement.pending,
    )


def rederived(statement: FinancialStatement) -> Rederived:
    """Make a locked form again from its entry numbers and the terms that it names."""
    award, kept = statement.report.award, form_kept(statement)
    terms = terms_kept(kept)
    has_advances = bool(statement.facts["terms"]["has_advances"])
    again = form_lines(terms, sums_at(award, kept.cut), has_advances=has_advances)
    return Rederived(
        reference=f"{statement.report.reference}, round {statement.round}",
        differs=differences(kept.lines, again),
        is_whole=digest_of(kept.document) == statement.digest and not broken_ties(kept.lines),
    )


def rederive_all() -> Iterator[Rederived]:
    """Make every locked form again, the oldest first."""
    rows = FinancialStatement.objects.select_related("report__award__agency").order_by("pk")
    return (rederived(row) for row in rows.iterator(CHUNK))


def rounds_of(report: AwardReport) -> Iterable[FinancialStatement]:
    """Every locked form of a report, the first round first."""
    return report.statements.order_by("round")


def document_of(
    report: AwardReport,
    round_: int,
    cut: Cut,
    facts: Mapping[str, Any],
    lines: Mapping[str, str | None],
) -> dict[str, Any]:
    """A form as JSON: amounts as text, days as ISO writes them."""
    return {
        "format": FORMAT,
        "report": report.reference,
        "round": round_,
        "cut": {
            "match_through": cut.match_through,
            "fund_through": cut.fund_through,
            "as_of": cut.as_of.isoformat(),
            "pending": f"{cut.pending:.2f}",
        },
        "facts": dict(facts),
        "lines": dict(lines),
    }


def _facts(report: AwardReport, *, income: Decimal) -> dict[str, Any]:
    award = report.award
    return {
        "agency": award.agency.name,
        "award_number": award.number,
        "recipient": award.group.name,
        "account": award.reference,
        "report_type": _type(report),
        "basis": BASIS,
        "period_from": award.starts_on.isoformat(),
        "period_to": award.ends_on.isoformat(),
        "covers_from": report.covers_from.isoformat(),
        "is_final": report.is_final,
        "income_as_match": f"{income:.2f}",
        "terms": {
            "federal": f"{award.federal_amount:.2f}",
            "share": f"{award.federal_share_numerator}/{award.federal_share_denominator}",
            "noncash_percent": award.noncash_percent,
            "has_advances": award.has_advances,
        },
    }


def _type(report: AwardReport) -> str:
    return "Final" if report.is_final else TYPE_WORDS[ReportPace(report.award.report_pace)]


def terms_kept(form: Form) -> Terms:
    """The award's terms with the money that the form was made under."""
    kept = form.facts["terms"]
    return replace(
        terms_of(form.report.award),
        federal=Decimal(kept["federal"]),
        share=Fraction(kept["share"]),
        noncash_percent=int(kept["noncash_percent"]),
    )


def boxes_of(form: Form) -> list[tuple[str, str]]:
    """Boxes 1 to 9 of the form; the portal keeps no number of a taxpayer (4b)."""
    known = form.facts
    return [
        ("1. Federal agency", known["agency"]),
        ("2. Federal award number", known["award_number"]),
        ("3. Recipient", known["recipient"]),
        ("5. Recipient account number", known["account"]),
        ("6. Report type", known["report_type"]),
        ("7. Basis of accounting", known["basis"]),
        ("8. Project period", f"{_day(known['period_from'])} to {_day(known['period_to'])}"),
        ("9. Reporting period end date", _day(form.cut.as_of.isoformat())),
    ]


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day:%B} {day.day}, {day.year}"
