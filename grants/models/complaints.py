"""What givers say is wrong, with the group's answer and the officer's decision."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from grants.models.awards import Award
from grants.models.match import Pledge
from grants.rules.match.complaints import COMPLAINT, OUTCOME_WORDS, ComplaintState
from kit.references import new_reference


def complaint_reference() -> str:
    """Return a fresh reference of a complaint."""
    return new_reference("GC")


class GiverComplaint(models.Model):
    """A giver says that something about its promise or gift is wrong."""

    reference = models.CharField(max_length=20, unique=True, default=complaint_reference)
    award = models.ForeignKey(Award, models.PROTECT, related_name="complaints")
    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="complaints")
    state = models.CharField(
        max_length=10, choices=COMPLAINT.choices(), default=ComplaintState.OPEN
    )
    words = models.TextField()
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(
        max_length=14,
        blank=True,
        choices=[(one.value, words) for one, words in OUTCOME_WORDS.items()],
    )
    decision = models.TextField(blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pledge"],
                condition=~Q(state=ComplaintState.DECIDED),
                name="complaint_one_open",
                violation_error_message="What this giver said before still waits for a decision.",
            ),
            models.CheckConstraint(
                condition=~Q(words=""),
                name="complaint_has_words",
                violation_error_message="A complaint says what is wrong.",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by="", answered_at=None)
                & ~Q(state=ComplaintState.ANSWERED)
                | ~Q(answer="")
                & ~Q(answered_by="")
                & Q(answered_at__isnull=False)
                & ~Q(state=ComplaintState.OPEN),
                name="complaint_answered_paired",
                violation_error_message="An answer has words, a person and a time.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decision="", decided_by="", decided_at=None)
                & ~Q(state=ComplaintState.DECIDED)
                | ~Q(outcome="")
                & ~Q(decision="")
                & ~Q(decided_by="")
                & Q(decided_at__isnull=False, state=ComplaintState.DECIDED),
                name="complaint_decided_paired",
                violation_error_message="A decision has an outcome, words, a person and a time.",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="complaint_moves", field="state", transitions=list(COMPLAINT.edges())
            ),
            pgtrigger.Protect(name="complaint_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="complaint_words_stand",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("award", "pledge", "words", "made_by", "made_at"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pledge.giver_name}, {self.reference}"

    @property
    def status(self) -> ComplaintState:
        """The state, typed."""
        return ComplaintState(self.state)
