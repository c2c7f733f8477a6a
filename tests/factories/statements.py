"""Financial reports that were submitted, with the form that was locked."""

from __future__ import annotations

from typing import Any

from accounts.actors import actor_from_user
from grants.actions.lock_statement import lock_statement
from grants.models import Award, AwardReport, FinancialStatement
from grants.rules.report_states import ReportKind, ReportState
from tests.factories.accounts import make_user
from tests.factories.reports import make_report
from trail.queries.clock import database_now


def make_financial(
    award: Award, state: ReportState = ReportState.SUBMITTED, **changes: Any
) -> AwardReport:
    """The first financial report; locked where it was submitted."""
    report = make_report(
        award,
        state,
        **{"kind": ReportKind.FINANCIAL, "answers": {}, "remarks": "Nothing to add.", **changes},
    )
    if report.round:
        lock(report)
    return report


def lock(report: AwardReport) -> FinancialStatement:
    """Lock the form of the report's round."""
    return lock_statement(actor=actor_from_user(make_user()), at=database_now(), report=report)
