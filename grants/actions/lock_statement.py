"""Lock the SF-425 of a round: the ledgers' lines up to now, under one digest, for good."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from grants.actions.post_entry import hold_award
from grants.models import AwardReport, FinancialStatement
from grants.queries.financial_statements import form_now
from grants.rules.match.financial_report import broken_ties, figures_digest, written
from grants.rules.report_states import ReportKind
from kit.refusals import Refusal, Refused, refuse
from trail.actions.record_entry import record_entry
from trail.actors import Actor

FIGURES_CHANGED = Refusal(
    "figures_changed",
    "An entry was posted after you opened this page, and the figures changed. Read them again, "
    "then sign.",
)


@transaction.atomic
def lock_statement(
    *, actor: Actor, at: datetime, report: AwardReport, seen: str = ""
) -> FinancialStatement:
    """Write the form of the round that was just submitted. Runs inside that act.

    Args:
        actor: Who submits.
        at: When.
        report: The financial report; its round is the new one.
        seen: The figures that the signer read, by `figures_digest`; not asked where empty.

    The award is locked first, so that no entry comes between the sums and the numbers of the
    last entries.

    Side effects: the statement, and an entry on the trail with its digest.

    Raises:
        Refused: ``not_financial``, ``locked_already``, ``figures_changed``,
            ``form_does_not_add_up``.
    """
    hold_award(report.award_id)
    if report.kind != ReportKind.FINANCIAL:
        raise refuse("not_financial", "Only a financial report has an SF-425.")
    if FinancialStatement.objects.filter(report=report, round=report.round).exists():
        raise refuse("locked_already", "The figures of this round are locked already.")
    form = form_now(report)
    if seen and seen != figures_digest(form.lines):
        raise Refused(FIGURES_CHANGED)
    if broken_ties(form.lines):
        raise refuse("form_does_not_add_up", " ".join(broken_ties(form.lines)))
    statement = FinancialStatement.objects.create(
        report=report,
        round=report.round,
        match_through=form.cut.match_through,
        fund_through=form.cut.fund_through,
        as_of=form.cut.as_of,
        pending=form.cut.pending,
        facts=dict(form.facts),
        lines=written(form.lines),
        digest=form.digest,
        locked_by=str(actor),
        locked_at=at,
    )
    facts = {"report": report.reference, "round": report.round, "digest": form.digest}
    record_entry(case=report.award.case, actor=actor, at=at, verb="lock_statement", facts=facts)
    return statement
