"""Recommendations, proposed denials, decisions: what they rest on, who made them."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from certification.models.applications import Application
from certification.models.determinations import Determination
from certification.rules.canonical import decode
from certification.rules.debrief import TestFinding
from certification.rules.reasons import RETURN_REASON_WORDS, ReturnReason

RETURN_REASONS = [(one.value, words) for one, words in RETURN_REASON_WORDS.items()]


class Recommendation(models.Model):
    """A programme officer recommends; a deciding official decides or returns the case."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="recommendations")
    determination = models.ForeignKey(Determination, models.PROTECT, related_name="+")
    summary = models.TextField()
    recommended_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recommended_at = models.DateTimeField()
    return_reason = models.CharField(max_length=20, choices=RETURN_REASONS, blank=True)
    return_note = models.TextField(blank=True)
    returned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["recommended_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(summary=""),
                name="recommendation_is_reasoned",
                violation_error_message="Say why you recommend it.",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None, returned_by=None, return_reason="", return_note="")
                | (
                    Q(returned_at__isnull=False, returned_by__isnull=False)
                    & Q(return_reason__in=[one.value for one in ReturnReason])
                    & ~Q(return_note="")
                ),
                name="recommendation_return_paired",
                violation_error_message="A returned case has a person, a time and a reason.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="recommendation_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"recommendation on {self.application}"


class DenialProposal(models.Model):
    """A denial is proposed: tests named, time to answer given."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="denial_proposals")
    determination = models.ForeignKey(Determination, models.PROTECT, related_name="+")
    tests: ArrayField[Any, Any] = ArrayField(models.CharField(max_length=40))
    explanation = models.TextField()
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    answer_until = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["proposed_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(tests=[]) & ~Q(explanation=""),
                name="denial_proposal_has_ground",
                violation_error_message="A proposed denial names its tests and explains them.",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="denial_proposal_answer_paired",
                violation_error_message="An answer has a text, a person and a time.",
            ),
            models.CheckConstraint(
                condition=Q(answer_until__gt=F("proposed_at")),
                name="denial_proposal_gives_time",
                violation_error_message="The applicant has time to answer.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="denial_proposal_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"proposed denial of {self.application}"


class Decision(models.Model):
    """The end of a case: findings per test, reasons, term; never changed."""

    class Outcome(models.TextChoices):
        """How a case was decided."""

        DESIGNATED = "designated", "Designated"
        DENIED = "denied", "Denied"
        INELIGIBLE = "ineligible", "Not eligible"

    application = models.OneToOneField(Application, models.PROTECT, related_name="decision")
    determination = models.ForeignKey(Determination, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    reason_code = models.CharField(max_length=20)
    rationale = models.TextField()
    findings: models.JSONField[Any, Any] = models.JSONField(default=list)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    decided_on = models.DateField()
    appeal_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(rationale="") & ~Q(reason_code=""),
                name="decision_is_reasoned",
                violation_error_message="A decision has a reason code and a rationale.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="ineligible", determination=None)
                | (~Q(outcome="ineligible") & Q(determination__isnull=False)),
                name="decision_rests_on_determination",
                violation_error_message="A decision on the criteria rests on a determination.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="designated", appeal_until=None)
                | (~Q(outcome="designated") & Q(appeal_until__isnull=False)),
                name="decision_refusal_can_be_appealed",
                violation_error_message="A refusal names the end of the time to appeal.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="decision_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.application}"

    def tests(self) -> tuple[TestFinding, ...]:
        """What was found for each test."""
        found: tuple[TestFinding, ...] = decode(tuple[TestFinding, ...], self.findings)
        return found
