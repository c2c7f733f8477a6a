"""Holds that keep a case, and the certificates of those that were disposed of."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from trail.models.cases import Case


class LegalHold(models.Model):
    """Somebody has asked that nothing of a case be destroyed: a court, an audit, a claim."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="holds")
    reason = models.TextField()
    placed_by = models.CharField(max_length=120)
    placed_at = models.DateTimeField()
    released_by = models.CharField(max_length=120, blank=True)
    released_at = models.DateTimeField(null=True)
    release_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(released_at=None),
                name="legal_hold_one_at_a_time",
                violation_error_message="This case is on hold already.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="legal_hold_has_reason",
                violation_error_message="A hold says why.",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None, released_by="", release_reason="")
                | (Q(released_at__isnull=False) & ~Q(released_by="") & ~Q(release_reason="")),
                name="legal_hold_release_paired",
                violation_error_message="A release has a person, a time and a reason.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="legal_hold_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="legal_hold_released_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__released_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"hold on {self.case_id}"


class Disposition(models.Model):
    """The certificate that a case's personal data and papers were destroyed, and by which rule."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="disposition")
    disposed_at = models.DateTimeField()
    disposed_by = models.CharField(max_length=120)
    retention_class = models.CharField(max_length=40)
    ended_on = models.DateField()
    kept_until = models.DateField()
    citation = models.TextField()
    erased = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kept_until__gte=models.F("ended_on")),
                name="disposition_after_the_end",
                violation_error_message="A case is kept at least until it has ended.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="disposition_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"disposition of {self.case_id}"
