"""What changed after opening, and what people asked meanwhile."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from grants.models.competitions import Competition
from grants.models.notice_locks import TransactionTime
from grants.rules.terms import AMENDMENT_KIND_WORDS, AmendmentKind
from kit.references import new_reference


def inquiry_reference() -> str:
    """Return a fresh reference of a question about a competition."""
    return new_reference("QA")


class Amendment(models.Model):
    """One change of an opened competition: what, why, and what it meant for the closing time.

    ``bundle_before`` is what stood until then, word for word; what stands afterwards is the next
    amendment's ``bundle_before`` or the competition's ``bundle``. The row's ``recorded_at`` opens
    the words of the notice for its own transaction and no other (`notice_locks`).
    """

    competition = models.ForeignKey(Competition, models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(
        max_length=10,
        choices=[(one.value, words) for one, words in AMENDMENT_KIND_WORDS.items()],
        default=AmendmentKind.CHANGE,
    )
    why = models.TextField()
    is_material = models.BooleanField()
    outage_from = models.DateTimeField(null=True)
    outage_to = models.DateTimeField(null=True)
    bundle_before: models.JSONField[Any, Any] = models.JSONField()
    hash_before = models.CharField(max_length=64)
    hash_after = models.CharField(max_length=64)
    changes: models.JSONField[Any, Any] = models.JSONField()
    closed_before = models.DateTimeField()
    closes_after = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=TransactionTime())

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "number"],
                name="amendment_number_once",
                violation_error_message="An amendment of this number exists.",
            ),
            models.CheckConstraint(
                condition=~Q(why=""),
                name="amendment_says_why",
                violation_error_message="An amendment says why.",
            ),
            models.CheckConstraint(
                condition=Q(closes_after__gte=F("closed_before")),
                name="amendment_never_shortens",
                violation_error_message="An amendment never brings the closing time forward.",
            ),
            models.CheckConstraint(
                condition=Q(kind=AmendmentKind.CHANGE, outage_from=None, outage_to=None)
                | Q(
                    kind=AmendmentKind.OUTAGE,
                    outage_from__isnull=False,
                    outage_to__isnull=False,
                    outage_to__gt=F("outage_from"),
                ),
                name="amendment_outage_paired",
                violation_error_message="A declared outage says from when to when.",
            ),
            models.CheckConstraint(
                condition=Q(
                    hash_before__regex=r"^[0-9a-f]{64}$", hash_after__regex=r"^[0-9a-f]{64}$"
                ),
                name="amendment_hashes_shaped",
                violation_error_message="An amendment names the words before and after it.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="amendment_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"Amendment {self.number}"


class Inquiry(models.Model):
    """A question about an open competition; who asked is never shown to anybody outside."""

    reference = models.CharField(max_length=20, unique=True, default=inquiry_reference)
    competition = models.ForeignKey(Competition, models.PROTECT, related_name="inquiries")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    text = models.TextField()
    public_question = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "inquiries"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="inquiry_has_words",
                violation_error_message="Write your question.",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by="", answer="", public_question="")
                | (
                    Q(answered_at__isnull=False)
                    & ~Q(answered_by="")
                    & ~Q(answer="")
                    & ~Q(public_question="")
                ),
                name="inquiry_answer_paired",
                violation_error_message="An answer has its question, its words, a person, a time.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="inquiry_answer_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__answered_at__isnull=False),
            ),
            pgtrigger.Protect(name="inquiry_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.reference
