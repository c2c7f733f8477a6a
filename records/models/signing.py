"""The portal's signing keys: public parts only, so that old papers can be checked for ever."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q


class SigningKey(models.Model):
    """A key that signs, or once signed, certificates; the private half is a file elsewhere.

    Attributes:
        kid: Name of the key in signatures and in the published key set: its thumbprint.
        public_jwk: The public half, as the key set publishes it.
        certificate: The X.509 certificate of PDF signatures, issued by the key itself.
    """

    ALGORITHM = "ES256"

    kid = models.CharField(max_length=64, unique=True)
    algorithm = models.CharField(max_length=10, default=ALGORITHM)
    public_jwk = models.JSONField()
    certificate = models.TextField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["algorithm"],
                condition=Q(retired_at=None),
                name="signing_key_one_signs",
                violation_error_message="One key signs at a time; retire it first.",
            ),
            models.CheckConstraint(
                condition=Q(retired_at=None) | Q(retired_at__gte=F("made_at")),
                name="signing_key_retired_after_made",
                violation_error_message="A key retires after it was made.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="signing_key_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="signing_key_only_retires",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["retired_at"]),
            ),
            pgtrigger.Protect(
                name="signing_key_retires_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__retired_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.kid
