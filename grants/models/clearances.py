"""Who signed that a notice may go out."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from accounts.models import User
from grants.models.competitions import Competition
from grants.rules.terms import CLEARANCE_KIND_WORDS, ClearanceKind


class Clearance(models.Model):
    """One of three signatures under a competition's words; ``words_hash`` says under which.

    A competition that returns to its draft voids them: what was signed is no longer what stands.
    """

    competition = models.ForeignKey(Competition, models.PROTECT, related_name="clearances")
    kind = models.CharField(
        max_length=20,
        choices=[(one.value, words) for one, words in CLEARANCE_KIND_WORDS.items()],
    )
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    words_hash = models.CharField(max_length=64)
    control_number = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["signed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "kind"],
                condition=Q(voided_at=None),
                name="clearance_once",
                violation_error_message="This clearance is signed already.",
            ),
            models.UniqueConstraint(
                fields=["competition", "signed_by"],
                condition=Q(voided_at=None),
                name="clearance_three_persons",
                violation_error_message="Three different persons sign.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in ClearanceKind]),
                name="clearance_kind_known",
                violation_error_message="Choose legal, budget or paperwork.",
            ),
            models.CheckConstraint(
                condition=Q(words_hash__regex=r"^[0-9a-f]{64}$"),
                name="clearance_hash_shaped",
                violation_error_message="A signature names the words under which it stands.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ClearanceKind.PAPERWORK) | ~Q(control_number=""),
                name="clearance_paperwork_numbered",
                violation_error_message="A paperwork clearance names its control number.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="clearance_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["voided_at"]),
            ),
            pgtrigger.Protect(name="clearance_not_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} clearance"
