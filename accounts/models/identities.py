"""Accounts elsewhere that sign a person in here."""

from __future__ import annotations

from django.db import models

from accounts.models.users import User


class LinkedIdentity(models.Model):
    """A person as another site knows them; the subject never changes, the address may."""

    user = models.ForeignKey(User, models.PROTECT, related_name="identities")
    issuer = models.URLField()
    subject = models.CharField(max_length=255)
    address = models.EmailField(blank=True)
    linked_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "linked identities"
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"],
                name="linked_identity_once",
                violation_error_message="This account elsewhere already signs somebody in.",
            ),
            models.UniqueConstraint(
                fields=["user", "issuer"],
                name="linked_identity_one_per_person",
                violation_error_message="You already sign in with an account of this site.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.issuer}"
