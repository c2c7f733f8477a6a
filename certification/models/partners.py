"""Governments that were asked to sign that they will answer the group."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from certification.models.groups import ClusterGroup, county_digits, state_digits
from certification.rules.participants import GOVERNMENT_LEVEL_WORDS, GovernmentLevel
from certification.rules.states import COMMITMENT, CommitmentState
from kit.references import new_reference

LEVELS = [(level.value, words) for level, words in GOVERNMENT_LEVEL_WORDS.items()]
OPEN_STATES = [CommitmentState.ASKED, CommitmentState.SIGNED, CommitmentState.EXPIRED]
ANSWERED = [CommitmentState.SIGNED, CommitmentState.DECLINED]


def commitment_reference() -> str:
    """Return a fresh reference of a commitment."""
    return new_reference("GC")


class GovernmentCommitment(models.Model):
    """One public body and whether it has signed the responsiveness commitment."""

    reference = models.CharField(max_length=20, unique=True, default=commitment_reference)
    group = models.ForeignKey(ClusterGroup, models.PROTECT, related_name="commitments")
    level = models.CharField(max_length=10, choices=LEVELS)
    body_name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)
    state_fips = models.CharField(max_length=2, validators=[state_digits])
    county_fips = models.CharField(max_length=5, blank=True, validators=[county_digits])
    contact_name = models.CharField(max_length=200)
    contact_email = models.EmailField()
    state = models.CharField(
        max_length=20, choices=COMMITMENT.choices(), default=CommitmentState.ASKED
    )
    added_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["state_fips", "level", "body_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "state_fips", "level", "name_key"],
                condition=Q(state__in=OPEN_STATES),
                name="commitment_body_once",
                violation_error_message="This government was already asked.",
            ),
            models.CheckConstraint(
                condition=Q(level__in=[level.value for level in GovernmentLevel]),
                name="commitment_level_known",
                violation_error_message="Choose the level of government from the list.",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=ANSWERED) & Q(answered_at__isnull=False))
                | (~Q(state__in=ANSWERED) & Q(answered_at=None)),
                name="commitment_answer_paired",
                violation_error_message="Who has answered has a time of answer, and nobody else.",
            ),
            models.CheckConstraint(
                condition=Q(state_fips__regex=r"^\d{2}$"),
                name="commitment_state_two_digits",
                violation_error_message="A state code has two digits.",
            ),
            models.CheckConstraint(
                condition=~Q(level="county") | ~Q(county_fips=""),
                name="commitment_county_has_county",
                violation_error_message="Say which county it is.",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="commitment_moves",
                field="state",
                transitions=list(COMMITMENT.edges()),
            )
        ]

    def __str__(self) -> str:
        return self.body_name
