"""Deadlines are rows, swept by beat; never a sleeping task."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from trail.models import Case


class Deadline(models.Model):
    """Something is due; when it passes unmet the registered verb of its kind is called."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    due_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True)
    swept_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=Q(met_at=None, swept_at=None),
                name="deadline_one_open_per_kind",
                violation_error_message="This case already has an open deadline of the kind.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(met_at=None, swept_at=None), name="deadline_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}, due {self.due_at:%Y-%m-%d}"
