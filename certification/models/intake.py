"""Intake: questions to the applicant, and findings that an application cannot be judged."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from certification.models.applications import Application
from certification.rules.reasons import (
    INELIGIBLE_REASON_WORDS,
    INFORMATION_REASON_WORDS,
    IneligibleReason,
    InformationReason,
)

INFORMATION_REASONS = [(one.value, words) for one, words in INFORMATION_REASON_WORDS.items()]
INELIGIBLE_REASONS = [(one.value, words) for one, words in INELIGIBLE_REASON_WORDS.items()]


class InformationRequest(models.Model):
    """Questions that the applicant must answer before staff go on; one open at a time.

    ``due_at`` is the end of the time to answer, ``closes_at`` the end of grace: then an
    unanswered application lapses.
    """

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="information_requests"
    )
    reason_code = models.CharField(max_length=20, choices=INFORMATION_REASONS)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(answered_at=None, lapsed_at=None),
                name="information_request_one_open",
                violation_error_message="The applicant is already answering questions.",
            ),
            models.CheckConstraint(
                condition=Q(reason_code__in=[one.value for one in InformationReason]),
                name="information_request_reason_known",
                violation_error_message="Choose a reason from the list.",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False, lapsed_at=None),
                name="information_request_answer_paired",
                violation_error_message="An answer has a person and a time, and never lapses.",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("asked_at"), closes_at__gte=F("due_at")),
                name="information_request_times_in_order",
                violation_error_message="Questions are due after they are asked.",
            ),
        ]

    def __str__(self) -> str:
        return f"questions on {self.application}"

    @property
    def reason_words(self) -> str:
        """Why it was asked, in words."""
        return INFORMATION_REASON_WORDS[InformationReason(self.reason_code)]

    @property
    def is_open(self) -> bool:
        """Whether the applicant may still answer."""
        return self.answered_at is None and self.lapsed_at is None


class InformationItem(models.Model):
    """One question with its answer."""

    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    question = models.TextField()
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "position"],
                name="information_item_position_once",
                violation_error_message="Two questions cannot hold the same place.",
            ),
            models.CheckConstraint(
                condition=~Q(question=""),
                name="information_item_asks",
                violation_error_message="Write the question.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="information_item_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="information_item_answered_once",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__answer=""),
            ),
        ]

    def __str__(self) -> str:
        return self.question


class IneligibilityFinding(models.Model):
    """An officer finds that an application cannot be judged; a second officer checks it."""

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="ineligibility_findings"
    )
    reason_code = models.CharField(max_length=20, choices=INELIGIBLE_REASONS)
    explanation = models.TextField()
    written_by = models.CharField(max_length=120)
    written_at = models.DateTimeField()
    is_agreed = models.BooleanField(null=True)
    checked_by = models.CharField(max_length=120, blank=True)
    checked_at = models.DateTimeField(null=True)
    check_note = models.TextField(blank=True)

    class Meta:
        ordering = ["written_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(is_agreed=None) | Q(is_agreed=True),
                name="ineligibility_one_waiting",
                violation_error_message="A finding already waits for a second officer.",
            ),
            models.CheckConstraint(
                condition=Q(reason_code__in=[one.value for one in IneligibleReason])
                & ~Q(explanation=""),
                name="ineligibility_is_reasoned",
                violation_error_message="Choose a reason and explain it.",
            ),
            models.CheckConstraint(
                condition=Q(is_agreed=None, checked_by="", checked_at=None)
                | (Q(is_agreed__isnull=False, checked_at__isnull=False) & ~Q(checked_by="")),
                name="ineligibility_check_paired",
                violation_error_message="A checked finding has a person and a time.",
            ),
            models.CheckConstraint(
                condition=~Q(written_by=F("checked_by")),
                name="ineligibility_two_persons",
                violation_error_message="A second person must check a finding.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="ineligibility_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="ineligibility_checked_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__is_agreed__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} cannot be judged"

    @property
    def reason_words(self) -> str:
        """Why, in words."""
        return INELIGIBLE_REASON_WORDS[IneligibleReason(self.reason_code)]
