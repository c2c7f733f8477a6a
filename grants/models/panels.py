"""Panels: who may read and score, and what ties them to whom."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from accounts.models import User
from grants.models.competitions import Competition
from grants.models.proposals import Proposal
from grants.rules.panel_states import SEAT, SeatState
from grants.rules.terms import EDGE_KIND_WORDS, EDGE_SOURCE_WORDS, PANEL_ROLE_WORDS, EdgeSource
from kit.references import new_reference

ON_PANEL = [SeatState.INVITED, SeatState.ACCEPTED]


def panel_seat_reference() -> str:
    """Return a fresh reference of a panel seat."""
    return new_reference("PS")


def waiver_reference() -> str:
    """Return a fresh reference of a waiver."""
    return new_reference("WV")


class PanelSeat(models.Model):
    """Somebody reviews or chairs in one competition, under an alias of that competition.

    Nobody reads a proposal before ``certified_at`` (conflicts) and ``trained_at``.
    """

    reference = models.CharField(max_length=20, unique=True, default=panel_seat_reference)
    competition = models.ForeignKey(Competition, models.PROTECT, related_name="seats")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(
        max_length=20, choices=[(one.value, words) for one, words in PANEL_ROLE_WORDS.items()]
    )
    state = models.CharField(max_length=20, choices=SEAT.choices(), default=SeatState.INVITED)
    alias = models.CharField(max_length=40)
    least_load = models.PositiveSmallIntegerField(default=0)
    greatest_load = models.PositiveSmallIntegerField(default=8)
    invited_by = models.CharField(max_length=120)
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    certified_at = models.DateTimeField(null=True)
    trained_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "user"],
                condition=Q(state__in=ON_PANEL),
                name="panel_seat_one_per_person",
                violation_error_message="This person already has a seat in this competition.",
            ),
            models.UniqueConstraint(
                fields=["competition", "alias"],
                name="panel_seat_alias_once",
                violation_error_message="This alias is already used in this competition.",
            ),
            models.CheckConstraint(
                condition=Q(greatest_load__gte=F("least_load")),
                name="panel_seat_loads_in_order",
                violation_error_message="The greatest load is not below the least.",
            ),
            models.CheckConstraint(
                condition=Q(state=SeatState.INVITED, answered_at=None)
                | Q(state__in=[SeatState.ACCEPTED, SeatState.DECLINED], answered_at__isnull=False)
                | Q(state=SeatState.ENDED),
                name="panel_seat_answer_paired",
                violation_error_message="Who has answered has a time of answer.",
            ),
            models.CheckConstraint(
                condition=Q(state=SeatState.ENDED, ended_at__isnull=False)
                | (~Q(state=SeatState.ENDED) & Q(ended_at=None)),
                name="panel_seat_end_paired",
                violation_error_message="An ended seat has a time of its end.",
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="panel_seat_moves", field="state", transitions=list(SEAT.edges()))
        ]

    def __str__(self) -> str:
        return self.alias


def panel_invitation_reference() -> str:
    """Return a fresh reference of an invitation to a panel."""
    return new_reference("PI")


class PanelInvitation(models.Model):
    """Somebody was asked to review or chair; the link is personal, the answer counts once.

    ``readable`` and ``proposals`` are what the inviting officer saw: how many the person could
    read, of how many.
    """

    reference = models.CharField(max_length=20, unique=True, default=panel_invitation_reference)
    competition = models.ForeignKey(Competition, models.PROTECT, related_name="panel_invitations")
    role = models.CharField(
        max_length=20, choices=[(one.value, words) for one, words in PANEL_ROLE_WORDS.items()]
    )
    name = models.CharField(max_length=200)
    email = models.EmailField()
    employer = models.CharField(max_length=200, blank=True)
    least_load = models.PositiveSmallIntegerField()
    greatest_load = models.PositiveSmallIntegerField()
    readable = models.PositiveIntegerField()
    proposals = models.PositiveIntegerField()
    nonce = models.CharField(max_length=64, unique=True)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.CharField(max_length=120)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    seat = models.OneToOneField(PanelSeat, models.PROTECT, null=True, related_name="invitation")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(
                "competition",
                Lower("email"),
                condition=Q(closed_at=None),
                name="panel_invitation_one_open",
                violation_error_message="This person already has an open invitation.",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("sent_at")),
                name="panel_invitation_expires_after_sent",
                violation_error_message="An invitation ends after it was sent.",
            ),
            models.CheckConstraint(
                condition=Q(greatest_load__gte=F("least_load")) & Q(greatest_load__gt=0),
                name="panel_invitation_loads_in_order",
                violation_error_message="The greatest load is not below the least.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.competition}"


class ConflictCertification(models.Model):
    """What a reviewer signed before reading anything, word for word."""

    seat = models.ForeignKey(PanelSeat, models.PROTECT, related_name="certifications")
    words = models.TextField()
    signed_name = models.CharField(max_length=200)
    signed_at = models.DateTimeField()
    declared: models.JSONField[Any, Any] = models.JSONField(default=list)

    class Meta:
        ordering = ["signed_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(signed_name=""),
                name="conflict_certification_signed",
                violation_error_message="Type your name to sign.",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="conflict_certification_append_only",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return f"certification of {self.seat}"


class Waiver(models.Model):
    """A conflict officer lets soft ties stand, on record; never a hard one."""

    reference = models.CharField(max_length=20, unique=True, default=waiver_reference)
    competition = models.ForeignKey(Competition, models.PROTECT, related_name="waivers")
    reason = models.TextField()
    granted_by = models.CharField(max_length=120)
    granted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="waiver_has_reason",
                violation_error_message="A waiver has a reason.",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="waiver_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return self.reference


class ConflictEdge(models.Model):
    """A tie between a person and a proposal (programme.md 3.3).

    A hard edge that has not ended makes the proposal not exist for the person. A soft one does
    so too until it is waived. ``is_unverified`` marks a match on an address that nobody proved:
    it blocks new assignments and reads until a conflict officer has looked (``looked_at``).
    ``grounds`` explains the edge to conflict officers, and to nobody else.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="+")
    kind = models.CharField(
        max_length=20, choices=[(one.value, words) for one, words in EDGE_KIND_WORDS.items()]
    )
    is_hard = models.BooleanField()
    is_unverified = models.BooleanField(default=False)
    source = models.CharField(
        max_length=10,
        choices=[(one.value, words) for one, words in EDGE_SOURCE_WORDS.items()],
        default=EdgeSource.FOUND,
    )
    grounds: models.JSONField[Any, Any] = models.JSONField(default=dict)
    found_at = models.DateTimeField()
    found_by = models.CharField(max_length=120)
    looked_by = models.CharField(max_length=120, blank=True)
    looked_at = models.DateTimeField(null=True)
    waiver = models.ForeignKey(Waiver, models.PROTECT, null=True, related_name="edges")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "proposal", "kind", "source"],
                condition=Q(ended_at=None),
                name="conflict_edge_once",
                violation_error_message="This tie is already known.",
            ),
            models.CheckConstraint(
                condition=Q(is_hard=False) | Q(waiver=None),
                name="conflict_edge_hard_not_waived",
                violation_error_message="A hard conflict cannot be waived.",
            ),
            models.CheckConstraint(
                condition=Q(looked_at=None, looked_by="")
                | (Q(looked_at__isnull=False) & ~Q(looked_by="")),
                name="conflict_edge_look_paired",
                violation_error_message="A look has a person and a time.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="")
                | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="conflict_edge_end_paired",
                violation_error_message="An ended tie has a person and a time.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["user", "proposal"], condition=Q(ended_at=None), name="conflict_edge_live"
            )
        ]
        triggers = [pgtrigger.Protect(name="conflict_edge_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.get_kind_display()
