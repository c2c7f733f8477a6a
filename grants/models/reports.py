"""Reports on an award: what is owed by when, what was submitted round by round, what we said."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from grants.models.awards import Award, changed
from grants.models.selection import never_changed
from grants.rules.report_states import (
    REMINDER_WORDS,
    REPORT,
    REPORT_KIND_WORDS,
    REPORT_OUTCOME_WORDS,
    ReminderStep,
    ReportKind,
    ReportOutcome,
    ReportState,
)
from kit.references import new_reference

KINDS = [(one.value, words) for one, words in REPORT_KIND_WORDS.items()]
UNSIGNED = [ReportState.SCHEDULED, ReportState.OPEN, ReportState.DRAFT]
SUBMITTED_ONCE = [ReportState.SUBMITTED, ReportState.ACCEPTED, ReportState.REVISION_REQUESTED]
# What a schedule says; it never changes.
PLANNED = ("award_id", "reference", "kind", "number", "covers_from", "covers_through", "is_final")
# What the group writes and signs; it changes only while the group has the report.
WRITTEN = (
    "answers",
    "remarks",
    "round",
    "submitted_by_id",
    "submitted_at",
    "signed_title",
    "statement",
)


def report_reference() -> str:
    """Return a fresh reference of a report."""
    return new_reference("RP")


def no_answers() -> dict[str, Any]:
    """What a report says before anybody wrote in it."""
    return {}


class AwardReport(models.Model):
    """One report that an award owes.

    ``round`` counts how often it was submitted; each round stays in `ReportRound`.
    ``revise_by`` is the last day for a revision that was asked for.
    """

    reference = models.CharField(max_length=20, unique=True, default=report_reference)
    award = models.ForeignKey(Award, models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=12, choices=KINDS)
    number = models.PositiveSmallIntegerField()
    covers_from = models.DateField()
    covers_through = models.DateField()
    due_on = models.DateField()
    is_final = models.BooleanField(default=False)
    state = models.CharField(max_length=20, choices=REPORT.choices(), default=ReportState.SCHEDULED)
    round = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    answers = models.JSONField(default=no_answers, blank=True)
    remarks = models.TextField(blank=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    signed_title = models.CharField(max_length=200, blank=True)
    statement = models.TextField(blank=True)
    revise_by = models.DateField(null=True)

    class Meta:
        ordering = ["number", "-kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["award", "kind", "number"],
                name="award_report_once",
                violation_error_message="The award owes this report already.",
            ),
            models.CheckConstraint(
                condition=Q(
                    number__gte=1,
                    kind__in=[one.value for one in ReportKind],
                    covers_through__gte=F("covers_from"),
                    due_on__gt=F("covers_through"),
                ),
                name="award_report_days_in_order",
                violation_error_message="A report covers days in order and is due after them.",
            ),
            models.CheckConstraint(
                condition=Q(
                    submitted_by=None,
                    submitted_at=None,
                    signed_title="",
                    statement="",
                    round=0,
                    state__in=UNSIGNED,
                )
                | (
                    Q(
                        submitted_by__isnull=False,
                        submitted_at__isnull=False,
                        round__gt=0,
                        state__in=SUBMITTED_ONCE,
                    )
                    & ~Q(signed_title="")
                    & ~Q(statement="")
                ),
                name="award_report_signed_paired",
                violation_error_message="A submitted report has a person, a title, a statement "
                "and a time.",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.REVISION_REQUESTED, revise_by__isnull=False)
                | (~Q(state=ReportState.REVISION_REQUESTED) & Q(revise_by=None)),
                name="award_report_revision_has_day",
                violation_error_message="A revision that is asked for has a last day.",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="award_report_desk")]
        triggers = [
            pgtrigger.FSM(
                name="award_report_moves", field="state", transitions=list(REPORT.edges())
            ),
            pgtrigger.Protect(name="award_report_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="award_report_words_stand",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"{changed(*PLANNED)} OR OLD.state NOT IN "
                    f"('open', 'draft', 'revision_requested') AND ({changed(*WRITTEN)})"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    @property
    def status(self) -> ReportState:
        """The state, typed."""
        return ReportState(self.state)

    @property
    def subject(self) -> ReportKind:
        """What it is about, typed."""
        return ReportKind(self.kind)

    @property
    def title(self) -> str:
        """Its name without its number, like “Final financial report”."""
        words = REPORT_KIND_WORDS[self.subject]
        return f"Final {words.lower()}" if self.is_final else words

    @property
    def awaited_on(self) -> Any:  # noqa: ANN401 - a DateField reads as a date
        """The last day that counts now: of the revision where one was asked for."""
        return self.revise_by or self.due_on


class ReportRound(models.Model):
    """A report as it was submitted once: signed, and never changed after."""

    report = models.ForeignKey(AwardReport, models.PROTECT, related_name="rounds")
    round = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=no_answers, blank=True)
    remarks = models.TextField(blank=True)
    due_on = models.DateField()
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    signed_title = models.CharField(max_length=200)
    statement = models.TextField()

    class Meta:
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "round"],
                name="report_round_once",
                violation_error_message="This round of the report is submitted.",
            ),
            models.CheckConstraint(
                condition=Q(round__gte=1) & ~Q(signed_title="") & ~Q(statement=""),
                name="report_round_signed",
                violation_error_message="A round has a title and the words that were signed.",
            ),
        ]
        triggers = [never_changed("report_round_append_only")]

    def __str__(self) -> str:
        return f"{self.report}, round {self.round}"


class ReportReview(models.Model):
    """What an officer said of one round of a report."""

    report = models.ForeignKey(AwardReport, models.PROTECT, related_name="reviews")
    round = models.PositiveSmallIntegerField()
    outcome = models.CharField(
        max_length=10, choices=[(one.value, words) for one, words in REPORT_OUTCOME_WORDS.items()]
    )
    words = models.TextField(blank=True)
    revise_by = models.DateField(null=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()

    class Meta:
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "round"],
                name="report_review_once",
                violation_error_message="This round of the report is reviewed.",
            ),
            models.CheckConstraint(
                condition=Q(outcome=ReportOutcome.ACCEPT, revise_by=None)
                | (Q(outcome=ReportOutcome.REVISE, revise_by__isnull=False) & ~Q(words="")),
                name="report_review_says_what",
                violation_error_message="Whoever asks for a revision says what is missing, and "
                "by when.",
            ),
        ]
        triggers = [
            never_changed("report_review_append_only"),
            pgtrigger.Trigger(
                name="report_review_another_person",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (SELECT 1 FROM grants_reportround r
                            WHERE r.report_id = NEW.report_id AND r.round = NEW.round) THEN
                        RAISE EXCEPTION 'pgtrigger: only a submitted round is reviewed';
                    END IF;
                    IF EXISTS (SELECT 1 FROM grants_reportround r
                            WHERE r.report_id = NEW.report_id
                            AND r.submitted_by_id = NEW.reviewed_by_id) THEN
                        RAISE EXCEPTION 'pgtrigger: whoever submitted does not review';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}, round {self.round}: {self.get_outcome_display()}"


class ReportReminder(models.Model):
    """A step that was taken about a report that was not there: each one once per round."""

    report = models.ForeignKey(AwardReport, models.PROTECT, related_name="reminders")
    round = models.PositiveSmallIntegerField()
    step = models.CharField(
        max_length=12, choices=[(one.value, words) for one, words in REMINDER_WORDS.items()]
    )
    sent_on = models.DateField()
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "round", "step"],
                name="report_reminder_once",
                violation_error_message="This step was taken.",
            ),
            models.CheckConstraint(
                condition=Q(step__in=[one.value for one in ReminderStep]),
                name="report_reminder_is_step",
                violation_error_message="A reminder is one of the steps.",
            ),
        ]
        triggers = [never_changed("report_reminder_append_only")]

    def __str__(self) -> str:
        return f"{self.report}: {self.get_step_display()}"
