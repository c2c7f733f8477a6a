"""Determinations: pinned facts, rules and results of a case; and the findings added to them."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q

from certification.models.groups import ClusterGroup
from certification.models.rulebooks import Rulebook
from certification.rules import determination as rules
from certification.rules.canonical import decode
from certification.rules.reasons import EVIDENCE_WORDS, EvidenceClass
from mapping.models import Basis
from records.models import DocumentVersion
from trail.models import Case

EVIDENCE_CLASSES = [(one.value, words) for one, words in EVIDENCE_WORDS.items()]


class Determination(models.Model):
    """What the rulebook made of the facts of one day; never changed.

    ``snapshot`` holds engine, rulebook, facts, results and notes word for word, ``digest`` is the
    SHA-256 over all of it. The keys beside it are for finding rows only.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    group = models.ForeignKey(ClusterGroup, models.PROTECT, related_name="determinations")
    number = models.PositiveSmallIntegerField()
    basis = models.ForeignKey(Basis, models.PROTECT, related_name="+")
    rulebook = models.ForeignKey(Rulebook, models.PROTECT, related_name="determinations")
    engine = models.CharField(max_length=10)
    snapshot: models.JSONField[Any, Any] = models.JSONField()
    digest = models.CharField(max_length=64)
    derived_at = models.DateTimeField()
    derived_by = models.CharField(max_length=120)

    class Meta:
        ordering = ["case", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "number"],
                name="determination_number_once",
                violation_error_message="This case already has a determination of this number.",
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"),
                name="determination_has_digest",
                violation_error_message="A determination carries its digest.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="determination_append_only",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference}, determination {self.number}"

    @property
    def reference(self) -> str:
        """The reference of the case that was judged."""
        return self.case.reference

    def content(self) -> rules.Determination:
        """The snapshot as the rules read it."""
        content: rules.Determination = decode(rules.Determination, self.snapshot)
        return content


class Finding(models.Model):
    """What further evidence says about a test that the published data could not answer.

    Written by one officer, agreed by another; only an agreed finding counts. ``evidence`` is what
    the cited source shows, ``low`` and ``high`` the figures that it allows; they decide
    ``is_met``. A confidential source is named to staff only. ``document_version`` is the checked
    file that was read, with its fingerprint.
    """

    determination = models.ForeignKey(Determination, models.PROTECT, related_name="findings")
    test_id = models.CharField(max_length=40)
    is_met = models.BooleanField()
    evidence_class = models.CharField(max_length=20, choices=EVIDENCE_CLASSES)
    source = models.CharField(max_length=300)
    evidence = models.TextField()
    low = models.DecimalField(max_digits=16, decimal_places=4)
    high = models.DecimalField(max_digits=16, decimal_places=4)
    is_confidential = models.BooleanField(default=False)
    document_version = models.ForeignKey(
        DocumentVersion, models.PROTECT, null=True, related_name="+"
    )
    reasoning = models.TextField()
    written_by = models.CharField(max_length=120)
    written_at = models.DateTimeField()
    is_agreed = models.BooleanField(null=True)
    checked_by = models.CharField(max_length=120, blank=True)
    checked_at = models.DateTimeField(null=True)
    check_note = models.TextField(blank=True)

    class Meta:
        ordering = ["written_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["determination", "test_id"],
                condition=Q(is_agreed=None) | Q(is_agreed=True),
                name="finding_one_per_test",
                violation_error_message="There is already a finding on this point.",
            ),
            models.CheckConstraint(
                condition=~Q(evidence="") & ~Q(reasoning="") & ~Q(source=""),
                name="finding_is_reasoned",
                violation_error_message="A finding names its evidence and its reasons.",
            ),
            models.CheckConstraint(
                condition=Q(low__lte=F("high")),
                name="finding_bounds_in_order",
                violation_error_message="The lowest figure cannot be above the highest.",
            ),
            models.CheckConstraint(
                condition=Q(is_agreed=None, checked_by="", checked_at=None)
                | (Q(is_agreed__isnull=False, checked_at__isnull=False) & ~Q(checked_by="")),
                name="finding_check_paired",
                violation_error_message="A checked finding has a person and a time.",
            ),
            models.CheckConstraint(
                condition=~Q(written_by=F("checked_by")),
                name="finding_two_persons",
                violation_error_message="A second person must check a finding.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="finding_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="finding_checked_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__is_agreed__isnull=False),
            ),
            pgtrigger.Protect(
                name="finding_words_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    exclude=["is_agreed", "checked_by", "checked_at", "check_note"]
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"on {self.test_id} of {self.determination}"

    @property
    def public_words(self) -> str:
        """What the applicant and the register read of it."""
        kind = EVIDENCE_WORDS[EvidenceClass(self.evidence_class)]
        if self.is_confidential:
            return f"{kind} that officers have checked; the records are confidential."
        return f"{kind}: {self.source}. {self.evidence}"
