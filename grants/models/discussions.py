"""Discussions of the panel, what was read, and the chair's changes to the board."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q

from grants.models.competitions import Competition
from grants.models.panels import PanelSeat
from grants.models.proposals import Proposal
from grants.models.reviews import Assignment


class BoardChange(models.Model):
    """One change of the assignment board by hand, kept so that it can be undone.

    ``added`` and ``removed`` are pairs of keys, proposal and seat.
    """

    competition = models.ForeignKey(Competition, models.PROTECT, related_name="board_changes")
    changed_by = models.CharField(max_length=120)
    changed_at = models.DateTimeField()
    added: models.JSONField[Any, Any] = models.JSONField(default=list)
    removed: models.JSONField[Any, Any] = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(added=[], removed=[]),
                name="board_change_changes_something",
                violation_error_message="A change adds or removes a reviewer.",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="board_change_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["undone_at"]),
            ),
            pgtrigger.Protect(name="board_change_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"change of {self.changed_at}"


class ReviewReading(models.Model):
    """A reviewer opened something confidential: who, what, when. Append-only."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="readings")
    what = models.CharField(max_length=20)
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["read_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=["proposal", "others", "packet", "discussion"]),
                name="review_reading_known",
                violation_error_message="A reading says what was read.",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="review_reading_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} at {self.read_at}"


class Discussion(models.Model):
    """The panel talks about one proposal; the chair opens and closes it."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="+")
    opened_by = models.CharField(max_length=120)
    opened_at = models.DateTimeField()
    closed_by = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by="")
                | (Q(closed_at__isnull=False) & ~Q(closed_by="")),
                name="discussion_closed_paired",
                violation_error_message="A closed discussion has a person and a time.",
            )
        ]
        triggers = [pgtrigger.Protect(name="discussion_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"discussion of {self.proposal_id}"

    @property
    def is_open(self) -> bool:
        """Whether the panel may write and score again."""
        return self.closed_at is None


class DiscussionPost(models.Model):
    """What somebody of the panel said, shown under the alias of the seat. Append-only."""

    discussion = models.ForeignKey(Discussion, models.PROTECT, related_name="posts")
    seat = models.ForeignKey(PanelSeat, models.PROTECT, related_name="+")
    text = models.TextField()
    posted_at = models.DateTimeField()

    class Meta:
        ordering = ["posted_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="discussion_post_has_text",
                violation_error_message="Write something first.",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="discussion_post_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"post of {self.posted_at}"
