"""What a report is written against: the milestones of the proposal that was awarded."""

from __future__ import annotations

import re
from typing import Any

from grants.models import Award, AwardReport
from grants.rules.proposal_form import MILESTONES as SECTION
from grants.rules.report_form import Milestone, clean_answers, milestone_day, performance_refusals
from grants.rules.report_states import ReportKind
from kit.refusals import Refusal

MONTH = re.compile(r"^\d{1,3}$", re.ASCII)


def milestones_of(award: Award) -> tuple[Milestone, ...]:
    """Return the milestones that the submitted proposal promised, with the day of each."""
    counting = award.selected.proposal.counting
    sections = counting.content.get("sections", ()) if counting else ()
    rows: dict[int, dict[str, str]] = {}
    for section in sections:
        if section.get("id") == SECTION:
            rows = _rows(section["answers"])
    return tuple(
        Milestone(number, row["what"], row.get("proof", ""), _day(award, row.get("month", "")))
        for number, row in sorted(rows.items())
        if row.get("what")
    )


def submit_refusals(report: AwardReport) -> dict[str, Refusal]:
    """Everything that is missing before a report can be submitted, by the field to mend."""
    if report.subject is ReportKind.FINANCIAL:
        return {}
    return performance_refusals(clean_answers(report.answers), milestones_of(report.award))


def _rows(answers: Any) -> dict[int, dict[str, str]]:  # noqa: ANN401 - submitted JSON
    rows: dict[int, dict[str, str]] = {}
    for one in answers:
        part, _, number = str(one["id"]).partition("_")
        if number.isdecimal():
            rows.setdefault(int(number), {})[part] = str(one["answer"]).strip()
    return rows


def _day(award: Award, month: str) -> Any:  # noqa: ANN401 - a day or None
    return milestone_day(award.starts_on, int(month)) if MONTH.match(month) else None
