"""Two organizations that may be one: what makes us think so, and what a person found."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models.organizations import Organization
from accounts.rules.duplicates import GROUND_WORDS, Ground
from accounts.rules.states import DUPLICATE, DuplicateState

GROUNDS = [(one.value, words) for one, words in GROUND_WORDS.items()]


class DuplicateReview(models.Model):
    """A pair of organizations, the one registered first as ``first``."""

    first = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    second = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    grounds: ArrayField[Any, Any] = ArrayField(models.CharField(max_length=20, choices=GROUNDS))
    state = models.CharField(
        max_length=12, choices=DUPLICATE.choices(), default=DuplicateState.OPEN
    )
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="duplicate_review_once",
                violation_error_message="This pair is being reviewed already.",
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="duplicate_review_of_two",
                violation_error_message="A review is about two organizations, the older one first.",
            ),
            models.CheckConstraint(
                condition=~Q(grounds=[]) & Q(grounds__contained_by=[one.value for one in Ground]),
                name="duplicate_review_has_ground",
                violation_error_message="A review says why the two may be one.",
            ),
            models.CheckConstraint(
                condition=Q(state=DuplicateState.OPEN, decided_at=None, decided_by="", reason="")
                | (
                    ~Q(state=DuplicateState.OPEN)
                    & Q(decided_at__isnull=False)
                    & ~Q(decided_by="")
                    & ~Q(reason="")
                ),
                name="duplicate_review_decided_with_reason",
                violation_error_message="A decision says who took it, when and why.",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="duplicate_review_moves",
                field="state",
                transitions=list(DUPLICATE.edges()),
            )
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}"
