"""Cases: what every group, application, designation, ... has exactly one of."""

from __future__ import annotations

from django.db import models


class Case(models.Model):
    """The spine that papers, letters, deadlines and the chain of entries hang on."""

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    # The chain's head, locked while an entry is written: one writer per case.
    entry_count = models.PositiveIntegerField(default=0)
    head_hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        indexes = [models.Index(fields=["kind", "-opened_at"], name="case_kind")]

    def __str__(self) -> str:
        return self.reference
