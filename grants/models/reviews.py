"""Reviews: who was assigned what, and what they scored, first and after discussion."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q

from grants.models.competitions import Competition
from grants.models.notices import Criterion
from grants.models.panels import PanelSeat
from grants.models.proposals import Proposal
from grants.rules.panel_states import ASSIGNMENT, LIVE_ASSIGNMENT, AssignmentState
from kit.references import new_reference

LIVE_STATES = sorted(LIVE_ASSIGNMENT)
# Whoever is tied to a proposal is never put on it, whichever door is tried. Later steps are not
# stopped here: a tie that is found meanwhile suspends the assignment, and a claim that nobody has
# proved must not undo work under way.
NEVER_BARRED = """
    IF NEW.state IN ('proposed', 'released') AND EXISTS (
        SELECT 1 FROM grants_conflictedge AS edge
        JOIN grants_panelseat AS seat ON seat.user_id = edge.user_id
        WHERE seat.id = NEW.seat_id AND edge.proposal_id = NEW.proposal_id
            AND edge.ended_at IS NULL AND edge.waiver_id IS NULL
    ) THEN
        RAISE EXCEPTION 'pgtrigger: a reviewer with a conflict is never assigned';
    END IF;
    RETURN NEW;
"""
# The first score stays as it was finalised, and no score changes after the lock.
SCORE_STAYS = """
    IF EXISTS (
        SELECT 1 FROM grants_review AS review
        JOIN grants_assignment AS assignment ON assignment.id = review.assignment_id
        WHERE review.id = OLD.review_id
            AND (assignment.state = 'locked'
                OR (OLD.round = 1 AND review.finalised_at IS NOT NULL))
    ) THEN
        RAISE EXCEPTION 'pgtrigger: a final score stays as it is';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""
FINAL_REVIEW_CHANGES = """OLD.finalised_at IS NOT NULL AND (
    OLD.strengths IS DISTINCT FROM NEW.strengths
    OR OLD.weaknesses IS DISTINCT FROM NEW.weaknesses
    OR OLD.has_capacity IS DISTINCT FROM NEW.has_capacity
    OR OLD.capacity_reason IS DISTINCT FROM NEW.capacity_reason
    OR OLD.finalised_at IS DISTINCT FROM NEW.finalised_at)"""
NO_SCORE_AFTER_LOCK = """
    IF NEW.round = 2 AND EXISTS (
        SELECT 1 FROM grants_review AS review
        JOIN grants_assignment AS assignment ON assignment.id = review.assignment_id
        WHERE review.id = NEW.review_id AND assignment.state = 'locked'
    ) THEN
        RAISE EXCEPTION 'pgtrigger: the scores of this proposal are locked';
    END IF;
    RETURN NEW;
"""


def assignment_reference() -> str:
    """Return a fresh reference of a review assignment."""
    return new_reference("RA")


def run_reference() -> str:
    """Return a fresh reference of a run of the solver."""
    return new_reference("AR")


class AssignmentRun(models.Model):
    """One solution of the assignment problem, with everything that proves it (review.md 1)."""

    reference = models.CharField(max_length=20, unique=True, default=run_reference)
    competition = models.ForeignKey(Competition, models.PROTECT, related_name="assignment_runs")
    asked_by = models.CharField(max_length=120)
    at = models.DateTimeField()
    inputs_digest = models.CharField(max_length=64)
    seed = models.PositiveBigIntegerField()
    result: models.JSONField[Any, Any] = models.JSONField()
    chosen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(inputs_digest__regex=r"^[0-9a-f]{64}$"),
                name="assignment_run_digest_shaped",
                violation_error_message="A run keeps the digest of what it was given.",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="assignment_run_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["chosen_at"]),
            )
        ]

    def __str__(self) -> str:
        return self.reference


class Assignment(models.Model):
    """One reviewer reads one proposal; hidden from the reviewer until released.

    A new hard conflict sets ``suspended_at``: reads stop at once and the review counts nowhere
    until a conflict officer has looked.
    """

    reference = models.CharField(max_length=20, unique=True, default=assignment_reference)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="+")
    seat = models.ForeignKey(PanelSeat, models.PROTECT, related_name="assignments")
    run = models.ForeignKey(AssignmentRun, models.PROTECT, null=True, related_name="assignments")
    state = models.CharField(
        max_length=20, choices=ASSIGNMENT.choices(), default=AssignmentState.PROPOSED
    )
    assigned_by = models.CharField(max_length=120)
    assigned_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    suspended_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "seat"],
                condition=Q(state__in=LIVE_STATES),
                name="assignment_once",
                violation_error_message="This reviewer already reads this proposal.",
            )
        ]
        indexes = [models.Index(fields=["seat", "state"], name="assignment_of_seat")]
        triggers = [
            pgtrigger.FSM(
                name="assignment_moves", field="state", transitions=list(ASSIGNMENT.edges())
            ),
            pgtrigger.Trigger(
                name="assignment_never_barred",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),  # type: ignore[no-untyped-call]
                func=NEVER_BARRED,
            ),
            # A pair that was never released is a plan and may be rubbed out; nothing else may.
            pgtrigger.Protect(
                name="assignment_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__df=AssignmentState.PROPOSED),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Review(models.Model):
    """What a reviewer writes about one proposal; ``version`` guards against lost updates.

    ``draft`` holds scores and justifications while they are written, by criterion; submitting
    turns them into `Score` rows. ``others_read_at`` is when the reviewer first saw what the
    others wrote: from then on the own first scores cannot be taken back.
    """

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="review")
    version = models.PositiveIntegerField(default=0)
    draft: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    strengths = models.TextField(blank=True)
    weaknesses = models.TextField(blank=True)
    has_capacity = models.BooleanField(null=True)
    capacity_reason = models.TextField(blank=True)
    note_to_chair = models.TextField(blank=True)
    saved_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    finalised_at = models.DateTimeField(null=True)
    others_read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(finalised_at=None) | Q(submitted_at__isnull=False),
                name="review_submitted_before_final",
                violation_error_message="A review is submitted before it is final.",
            ),
            models.CheckConstraint(
                condition=Q(others_read_at=None) | Q(submitted_at__isnull=False),
                name="review_own_first",
                violation_error_message="Whoever reads the others' reviews has submitted first.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="review_final_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(FINAL_REVIEW_CHANGES),
            )
        ]

    def __str__(self) -> str:
        return f"review of {self.assignment}"


class Score(models.Model):
    """One score on one criterion: round 1 is the reviewer's own, round 2 after discussion."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    value = models.PositiveSmallIntegerField()
    justification = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "criterion", "round"],
                name="score_once_per_round",
                violation_error_message="This criterion already has a score in this round.",
            ),
            models.CheckConstraint(
                condition=Q(round__in=[1, 2]),
                name="score_round_known",
                violation_error_message="There is a first score and one after the discussion.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="score_final_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=SCORE_STAYS,
            ),
            pgtrigger.Trigger(
                name="score_not_after_lock",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=NO_SCORE_AFTER_LOCK,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value}"
