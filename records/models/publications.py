"""Publications: the only way anything becomes public."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from trail.models import Case


class Publication(models.Model):
    """A snapshot prepared by one person and released by another, immutable once released."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    prepared_by = models.CharField(max_length=120)
    prepared_at = models.DateTimeField()
    released_by = models.CharField(max_length=120, blank=True)
    released_at = models.DateTimeField(null=True)
    snapshot = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number"],
                name="publication_number_once",
                violation_error_message="This publication number is taken.",
            ),
            models.CheckConstraint(
                condition=~Q(prepared_by=F("released_by")),
                name="publication_two_persons",
                violation_error_message="A second person must release a publication.",
            ),
            models.CheckConstraint(
                condition=Q(released_by="", released_at=None)
                | (~Q(released_by="") & Q(released_at__isnull=False)),
                name="publication_released_paired",
                violation_error_message="A release has a person and a time.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="publication_released_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__released_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
