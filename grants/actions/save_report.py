"""Save what the group writes in a report; two people never overwrite one another unseen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from grants.actions.move_payment import Move
from grants.actions.move_report import begin_report, finish_report, lock_report
from grants.models import AwardReport
from grants.rules.report_form import clean_answers
from grants.rules.report_states import REPORT, ReportState
from kit.refusals import Refusal, Refused
from trail.actors import Actor


@dataclass(frozen=True, slots=True)
class DraftedReport:
    """What stands in the form, finished or not, and the version from which it was written."""

    version: int
    answers: Mapping[str, Any]
    remarks: str = ""


class StaleReport(Refused):
    """The report was saved elsewhere since; carries what is saved."""

    def __init__(self, saved: AwardReport) -> None:
        super().__init__(
            Refusal(
                "stale_text",
                "Somebody of your group saved this report while you were writing. Nothing is "
                "lost: compare the two and choose.",
            )
        )
        self.saved = saved


@transaction.atomic
def save_report(
    *, actor: Actor, at: datetime, report: AwardReport, drafted: DraftedReport
) -> AwardReport:
    """Store the report as it stands and raise its version; the first save starts it.

    The same words sent again are no new version. Starting leaves an entry on the trail, saving
    none.

    Raises:
        StaleReport: it was saved since ``drafted.version``.
        Refused: ``illegal_transition`` once it is submitted, or before it is open.
    """
    if AwardReport.objects.filter(pk=report.pk, state=ReportState.OPEN).exists():
        move = Move("start_report", "start_report")
        finish_report(begin_report(actor=actor, at=at, report=report, move=move))
    row = lock_report(report)
    row.award = report.award
    REPORT.move(row.status, "submit_report")
    answers, remarks = clean_answers(drafted.answers), drafted.remarks.replace("\r\n", "\n")
    if clean_answers(row.answers) == answers and row.remarks == remarks:
        return row
    if row.version != drafted.version:
        raise StaleReport(row)
    row.answers, row.remarks, row.version = answers, remarks, row.version + 1
    row.save(update_fields=["answers", "remarks", "version"])
    return row
