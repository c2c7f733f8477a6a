"""SF-425 as it was submitted: lines from both ledgers up to named entries, locked by a digest."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from grants.models.reports import AwardReport
from grants.models.selection import DIGEST_SHAPE, never_changed


class FinancialStatement(models.Model):
    """One round's form; a revised round makes another, and this one stays.

    ``match_through`` and ``fund_through`` are the last entries in it, ``as_of`` the last day of
    its period, ``pending`` the costs that no officer had certified then. ``facts`` are the boxes
    beside the lines and the terms that the lines rest on.
    """

    report = models.ForeignKey(AwardReport, models.PROTECT, related_name="statements")
    round = models.PositiveSmallIntegerField()
    match_through = models.PositiveIntegerField()
    fund_through = models.PositiveIntegerField()
    as_of = models.DateField()
    pending = models.DecimalField(max_digits=14, decimal_places=2)
    facts = models.JSONField()
    lines = models.JSONField()
    digest = models.CharField(max_length=64)
    locked_by = models.CharField(max_length=120)
    locked_at = models.DateTimeField()

    class Meta:
        ordering = ["report", "round"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "round"],
                name="financial_statement_once",
                violation_error_message="The figures of this round are locked already.",
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=DIGEST_SHAPE, round__gte=1, pending__gte=0),
                name="financial_statement_complete",
                violation_error_message="A locked form has a round and a digest.",
            ),
        ]
        triggers = [
            never_changed("financial_statement_append_only"),
            pgtrigger.Trigger(
                name="financial_statement_of_now",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("owner", "grants_awardreport%ROWTYPE")],
                func="""
                    SELECT * INTO owner FROM grants_awardreport WHERE id = NEW.report_id;
                    PERFORM 1 FROM grants_award WHERE id = owner.award_id FOR UPDATE;
                    IF owner.kind <> 'financial' OR owner.covers_through <> NEW.as_of
                        OR owner.round <> NEW.round THEN
                        RAISE EXCEPTION 'pgtrigger: a form is of a financial report as it stands';
                    END IF;
                    IF NEW.match_through <> (SELECT coalesce(max(number), 0)
                            FROM grants_matchentry WHERE award_id = owner.award_id)
                        OR NEW.fund_through <> (SELECT coalesce(max(number), 0)
                            FROM grants_fundentry WHERE award_id = owner.award_id) THEN
                        RAISE EXCEPTION 'pgtrigger: a form holds every entry that is posted';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}, round {self.round}"
