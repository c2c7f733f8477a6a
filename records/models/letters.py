"""Letters: what the portal wrote to whom, as it was sent; and how people like to be told."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from accounts.models import User
from kit.references import new_reference
from records.rules.letters import RHYTHM_WORDS, Rhythm
from trail.models import Case


def letter_reference() -> str:
    """Return a fresh reference of a letter."""
    return new_reference("LT")


class Letter(models.Model):
    """One rendered message to one address; the copy is kept.

    Attributes:
        key: What makes it one letter, however often it is asked for.
        case: Whose letter it is; a digest of several cases has none.
        is_held: A notice that waits for its reader's daily digest.
        digest: The digest that told of it.
    """

    reference = models.CharField(max_length=20, unique=True, default=letter_reference)
    key = models.CharField(max_length=200, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    template = models.CharField(max_length=120)
    to_address = models.EmailField()
    to_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    written_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    is_held = models.BooleanField(default=False)
    digest = models.ForeignKey("self", models.PROTECT, null=True, related_name="notices")
    bounced_at = models.DateTimeField(null=True)
    bounce_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=~Q(key=""),
                name="letter_key_once",
                violation_error_message="This letter is already written.",
            ),
            models.CheckConstraint(
                condition=Q(digest=None) | Q(is_held=True),
                name="letter_digest_only_if_held",
                violation_error_message="Only a notice that waited is told in a digest.",
            ),
            models.CheckConstraint(
                condition=Q(bounced_at=None, bounce_reason="")
                | (Q(bounced_at__isnull=False) & ~Q(bounce_reason="")),
                name="letter_bounce_paired",
                violation_error_message="A letter that came back has a time and a reason.",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-written_at"], name="letter_of_case"),
            models.Index(
                fields=["to_address"],
                condition=Q(is_held=True, digest=None),
                name="letter_waits_for_digest",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="letter_words_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "case", "template", "to_address", "subject", "text", "html", "written_at"
                ),
            )
        ]

    def __str__(self) -> str:
        return self.subject


class NoticePreference(models.Model):
    """How a person wants to hear of what needs no answer."""

    user = models.OneToOneField(User, models.PROTECT, related_name="+")
    rhythm = models.CharField(
        max_length=10, choices=[(one.value, words) for one, words in RHYTHM_WORDS.items()]
    )
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rhythm__in=[one.value for one in Rhythm]),
                name="notice_rhythm_known",
                violation_error_message="Choose at once or once a day.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.rhythm}"
