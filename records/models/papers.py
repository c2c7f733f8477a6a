"""Papers that the portal made and signed: which they are, and the fingerprint of their bytes."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from records.models.signing import SigningKey
from trail.models import Case


class KeptPaper(models.Model):
    """A signed PDF as it was first handed out; the bytes are in `records.vault`.

    Attributes:
        kind: Certificate, letter, receipt: a word of the app that makes it.
        about: Which one of its kind: made once, the same file ever after.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=120)
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="papers")
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about"],
                name="kept_paper_once",
                violation_error_message="This paper was made before.",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="kept_paper_has_fingerprint",
                violation_error_message="A paper is kept with its fingerprint.",
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="kept_paper_fingerprint")]
        triggers = [
            pgtrigger.Protect(
                name="kept_paper_stays", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"
