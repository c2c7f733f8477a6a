"""Letters: what the portal wrote to whom, as it was sent."""

from __future__ import annotations

from django.db import models

from trail.models import Case


class Letter(models.Model):
    """One rendered message to one address; the copy is kept."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    template = models.CharField(max_length=120)
    to_address = models.EmailField()
    to_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    written_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "-written_at"], name="letter_of_case")]

    def __str__(self) -> str:
        return self.subject
