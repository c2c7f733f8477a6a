"""Proposals: what a designated group asks for; no row here ever names a reviewer."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import User
from certification.models import ClusterGroup, Designation
from grants.models.competitions import Competition
from grants.rules.late import LATE_REASON_WORDS, LateReason
from grants.rules.states import PROPOSAL, ProposalState
from trail.models import Case

GONE = [ProposalState.WITHDRAWN]


class Proposal(models.Model):
    """A group's proposal to one competition.

    Its words live in ``sections`` while they are written and in ``submissions`` once submitted.
    ``counting`` is the last validated submission: reviewers read it, and nothing else.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    competition = models.ForeignKey(Competition, models.PROTECT, related_name="proposals")
    group = models.ForeignKey(ClusterGroup, models.PROTECT, related_name="+")
    designation = models.ForeignKey(Designation, models.PROTECT, related_name="+")
    state = models.CharField(max_length=24, choices=PROPOSAL.choices(), default=ProposalState.DRAFT)
    title = models.CharField(max_length=200)
    years = models.PositiveSmallIntegerField(default=1)
    federal_amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    match_amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    started_by = models.CharField(max_length=120)
    started_at = models.DateTimeField()
    certified_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    certified_at = models.DateTimeField(null=True)
    certified_title = models.CharField(max_length=200, blank=True)
    certified_hash = models.CharField(max_length=64, blank=True)
    counting = models.OneToOneField("Submission", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "group"],
                condition=~Q(state__in=GONE),
                name="proposal_one_per_group",
                violation_error_message="Your group already has a proposal to this competition.",
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="proposal_is_named",
                violation_error_message="A proposal has a title.",
            ),
            models.CheckConstraint(
                condition=Q(federal_amount__gte=0, match_amount__gte=0),
                name="proposal_amounts_not_negative",
                violation_error_message="Amounts are not negative.",
            ),
            models.CheckConstraint(
                condition=Q(
                    certified_by=None, certified_at=None, certified_title="", certified_hash=""
                )
                | (
                    Q(certified_by__isnull=False, certified_at__isnull=False)
                    & ~Q(certified_title="")
                    & Q(certified_hash__regex=r"^[0-9a-f]{64}$")
                ),
                name="proposal_certified_paired",
                violation_error_message="A certification has a person, a title, a time, its words.",
            ),
        ]
        indexes = [models.Index(fields=["competition", "state"], name="proposal_of_competition")]
        triggers = [
            pgtrigger.FSM(name="proposal_moves", field="state", transitions=list(PROPOSAL.edges()))
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """The proposal's reference, as in addresses."""
        return self.case.reference

    @property
    def status(self) -> ProposalState:
        """The state, typed."""
        return ProposalState(self.state)


class ProposalSection(models.Model):
    """The answers of one section, with the version that guards against lost updates."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="sections")
    section_id = models.CharField(max_length=40)
    answers: models.JSONField[Any, Any] = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "section_id"],
                name="proposal_section_once",
                violation_error_message="A proposal has each section once.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.section_id} of {self.proposal_id}"


class Submission(models.Model):
    """One version as it was submitted, word for word, with everything that decided its time."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    receipt_number = models.CharField(max_length=20, unique=True)
    content: models.JSONField[Any, Any] = models.JSONField()
    content_hash = models.CharField(max_length=64)
    submitted_by = models.CharField(max_length=120)
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    closes_at = models.DateTimeField()
    time_zone = models.CharField(max_length=40)
    errors: models.JSONField[Any, Any] = models.JSONField(default=list)
    is_valid = models.BooleanField()
    late_reason = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "number"],
                name="submission_number_once",
                violation_error_message="A submission of this number exists.",
            ),
            models.CheckConstraint(
                condition=Q(content_hash__regex=r"^[0-9a-f]{64}$"),
                name="submission_hash_shaped",
                violation_error_message="A submission has the digest of its words.",
            ),
            models.CheckConstraint(
                condition=Q(is_valid=True, errors=[]) | (Q(is_valid=False) & ~Q(errors=[])),
                name="submission_errors_paired",
                violation_error_message="A rejected submission says why; a valid one has no error.",
            ),
            models.CheckConstraint(
                condition=~Q(late_reason="") | Q(received_at__lt=F("closes_at")),
                name="submission_in_time",
                violation_error_message="A submission is received before the close, or says why "
                "it was taken later.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="submission_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return self.receipt_number


class LateLeave(models.Model):
    """An officer lets one group submit after the close, for a reason of the programme."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="leaves")
    reason = models.CharField(
        max_length=40, choices=[(one.value, words) for one, words in LATE_REASON_WORDS.items()]
    )
    note = models.TextField()
    until = models.DateTimeField()
    granted_by = models.CharField(max_length=120)
    granted_at = models.DateTimeField()

    class Meta:
        ordering = ["-granted_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=[one.value for one in LateReason]) & ~Q(note=""),
                name="late_leave_has_reason",
                violation_error_message="Choose a reason of the list and say what happened.",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("granted_at")),
                name="late_leave_lies_ahead",
                violation_error_message="The new time lies after the moment it is granted.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="late_leave_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}, until {self.until:%Y-%m-%d %H:%M}"
