"""The outbox, idempotency keys and long jobs."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from trail.models.cases import Case
from trail.rules.states import JOB, JobState

TONES = {
    JobState.QUEUED: "quiet",
    JobState.RUNNING: "info",
    JobState.DONE: "good",
    JobState.FAILED: "bad",
    JobState.CANCELLED: "warn",
}


class Effect(models.Model):
    """Something that must still happen because of an act; written in the act's transaction."""

    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="effects")
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(done_at=None), name="effect_still_due")
        ]

    def __str__(self) -> str:
        return self.key


class IdempotencyKey(models.Model):
    """A key made by the client: the same act sent twice is one act."""

    key = models.CharField(max_length=64)
    actor = models.CharField(max_length=120)
    verb = models.CharField(max_length=60)
    body_digest = models.CharField(max_length=64)
    result_reference = models.CharField(max_length=200, blank=True)
    claimed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "key"],
                name="idempotency_key_once",
                violation_error_message="This form was already sent.",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Job(models.Model):
    """The truth about long work: progress, result, wish to cancel."""

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=60)
    state = models.CharField(max_length=20, choices=JOB.choices(), default=JobState.QUEUED)
    asked_by = models.CharField(max_length=120)
    arguments = models.JSONField(default=dict)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    message = models.TextField(blank=True)
    result = models.JSONField(default=dict)
    is_cancel_requested = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(total=0) | Q(done__lte=F("total")),
                name="job_progress_within_total",
                violation_error_message="Progress cannot pass the total.",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="job_moves",
                field="state",
                transitions=list(JOB.edges()),
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def title(self) -> str:
        """What is done, in words."""
        return str(self.arguments.get("title") or self.kind)

    @property
    def is_open(self) -> bool:
        """Whether something is still to happen."""
        return self.state in {JobState.QUEUED, JobState.RUNNING}

    @property
    def state_words(self) -> str:
        """Where it stands, for people."""
        return JOB.labels[JobState(self.state)]

    @property
    def tone(self) -> str:
        """The colour of its tag."""
        return TONES[JobState(self.state)]
