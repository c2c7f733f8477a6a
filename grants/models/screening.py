"""Eligibility of proposals: one officer finds, a second checks, a third reconsiders."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from grants.models.proposals import Proposal
from grants.rules.screening import RULE_WORDS, Eligibility, ScreeningRule

OUTCOMES = [(Eligibility.ELIGIBLE, "Eligible"), (Eligibility.INELIGIBLE, "Not eligible")]
RULES = [(one.value, words) for one, words in RULE_WORDS.items()]


class ScreeningFinding(models.Model):
    """What an officer found; nothing happens before a second officer agrees."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="screenings")
    outcome = models.CharField(max_length=12, choices=OUTCOMES)
    rule = models.CharField(max_length=30, choices=RULES, blank=True)
    explanation = models.TextField(blank=True)
    written_by = models.CharField(max_length=120)
    written_at = models.DateTimeField()
    is_agreed = models.BooleanField(null=True)
    check_note = models.TextField(blank=True)
    checked_by = models.CharField(max_length=120, blank=True)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["written_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(is_agreed=None),
                name="screening_one_waits",
                violation_error_message="A finding already waits for a second officer.",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Eligibility.ELIGIBLE, rule="")
                | (
                    Q(outcome=Eligibility.INELIGIBLE, rule__in=[one.value for one in ScreeningRule])
                    & ~Q(explanation="")
                ),
                name="screening_cites_rule",
                violation_error_message="Not eligible: cite the rule and explain it.",
            ),
            models.CheckConstraint(
                condition=Q(is_agreed=None, checked_by="", checked_at=None)
                | (Q(is_agreed__isnull=False, checked_at__isnull=False) & ~Q(checked_by="")),
                name="screening_check_paired",
                violation_error_message="A check has a person, a time and an answer.",
            ),
            models.CheckConstraint(
                condition=~Q(checked_by=models.F("written_by")),
                name="screening_checked_by_another",
                violation_error_message="Another officer checks.",
            ),
        ]
        triggers = [pgtrigger.Protect(name="screening_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.proposal}"

    @property
    def rule_words(self) -> str:
        """The rule, in words."""
        return RULE_WORDS[ScreeningRule(self.rule)] if self.rule else ""


class Reconsideration(models.Model):
    """A group asks to look again at "not eligible"; somebody else answers."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="reconsiderations")
    reason = models.TextField()
    asked_by = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    is_granted = models.BooleanField(null=True)
    rationale = models.TextField(blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"],
                name="reconsideration_once",
                violation_error_message="You have asked for reconsideration already.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="reconsideration_has_reason",
                violation_error_message="Say what you think is wrong.",
            ),
            models.CheckConstraint(
                condition=Q(is_granted=None, answered_by="", answered_at=None, rationale="")
                | (
                    Q(is_granted__isnull=False, answered_at__isnull=False)
                    & ~Q(answered_by="")
                    & ~Q(rationale="")
                ),
                name="reconsideration_answer_paired",
                violation_error_message="An answer has a person, a time and its reasons.",
            ),
        ]
        triggers = [pgtrigger.Protect(name="reconsideration_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"reconsideration of {self.proposal}"
