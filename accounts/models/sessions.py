"""Where people are signed in."""

from __future__ import annotations

from django.db import models

from accounts.models.users import User


class OpenSession(models.Model):
    """One sign-in in one browser.

    The sign-in itself is Django's session; this row says whose it is, so that a person can see
    and end it, and so that text sent after its end finds its writer again.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="open_sessions")
    session_key = models.CharField(max_length=40)
    device = models.CharField(max_length=100)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session_key"],
                name="open_session_key_once",
                violation_error_message="This sign-in is already known.",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(ended_at__gte=models.F("began_at")),
                name="open_session_ends_after_start",
                violation_error_message="A sign-in ends after it begins.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["user"], condition=models.Q(ended_at=None), name="open_session_of_user"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.device}"
