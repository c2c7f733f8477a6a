"""Documents of a case and their versions; the bytes are in `records.vault`."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from records.rules.states import DOCUMENT, READABLE, UNDER_WAY, VERSION, DocumentState, VersionState
from trail.models import Case

VERDICT_FIELDS = (
    "state",
    "media_type",
    "page_count",
    "has_formulas",
    "refusal_code",
    "refusal_sentence",
    "scan_verdict",
    "scan_engine",
    "scanned_at",
    "checked_at",
)


def _row(side: str) -> str:
    return ", ".join(f"{side}.{name}" for name in VERDICT_FIELDS if name != "state")


class DocumentQuerySet(models.QuerySet["Document"]):
    """The words in which documents are asked for."""

    def kept(self) -> DocumentQuerySet:
        """Return those that were not removed."""
        return self.filter(state=DocumentState.KEPT)


class Document(models.Model):
    """A paper of a case: what it is, what it is about, and who may see it.

    ``kind`` and ``about`` are words of the app that the case belongs to. ``redacts`` names the
    confidential document of which this one is the copy that others may read.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=200)
    is_confidential = models.BooleanField(default=False)
    redacts = models.OneToOneField("self", models.PROTECT, null=True, related_name="redacted_copy")
    state = models.CharField(max_length=20, choices=DOCUMENT.choices(), default=DocumentState.KEPT)
    created_by = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    removed_by = models.CharField(max_length=120, blank=True)
    removed_at = models.DateTimeField(null=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(kind=""),
                name="document_has_title",
                violation_error_message="A document has a title and a kind.",
            ),
            models.CheckConstraint(
                condition=Q(state=DocumentState.KEPT, removed_by="", removed_at=None)
                | (Q(state=DocumentState.REMOVED, removed_at__isnull=False) & ~Q(removed_by="")),
                name="document_removed_paired",
                violation_error_message="A removed document has a person and a time.",
            ),
            models.CheckConstraint(
                condition=Q(redacts=None) | Q(is_confidential=False),
                name="document_redacted_copy_is_open",
                violation_error_message="A redacted copy is not confidential itself.",
            ),
        ]
        indexes = [models.Index(fields=["case", "-created_at"], name="document_of_case")]
        triggers = [
            pgtrigger.FSM(name="document_moves", field="state", transitions=list(DOCUMENT.edges())),
            pgtrigger.Protect(name="document_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="document_facts_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "case", "reference", "kind", "redacts", "created_by", "created_at"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DocumentVersion(models.Model):
    """One file that was sent for a document: its fingerprint, its name as typed, its check.

    What was received never changes. The verdict is filled in by the check and is then final;
    a clean version becomes ``superseded`` when a newer one is clean.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    original_name = models.CharField(max_length=255)
    declared_type = models.CharField(max_length=120, blank=True)
    uploaded_by = models.CharField(max_length=120)
    uploader_name = models.CharField(max_length=200, blank=True)
    uploaded_at = models.DateTimeField()
    redacts = models.ForeignKey("self", models.PROTECT, null=True, related_name="redactions")
    state = models.CharField(
        max_length=20, choices=VERSION.choices(), default=VersionState.RECEIVED
    )
    media_type = models.CharField(max_length=120, blank=True)
    page_count = models.PositiveIntegerField(null=True)
    has_formulas = models.BooleanField(default=False)
    refusal_code = models.CharField(max_length=60, blank=True)
    refusal_sentence = models.TextField(blank=True)
    scan_verdict = models.CharField(max_length=200, blank=True)
    scan_engine = models.CharField(max_length=200, blank=True)
    scanned_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"],
                name="document_version_number_once",
                violation_error_message="This document already has a version of this number.",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="document_version_has_digest",
                violation_error_message="A version carries the SHA-256 of its content.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(READABLE))
                | (
                    Q(scanned_at__isnull=False, checked_at__isnull=False, refusal_code="")
                    & ~Q(media_type="")
                    & ~Q(scan_engine="")
                ),
                name="document_version_clean_was_scanned",
                violation_error_message="A released version has its type and its scan on record.",
            ),
            models.CheckConstraint(
                condition=~Q(state=VersionState.REFUSED)
                | (Q(checked_at__isnull=False) & ~Q(refusal_code="") & ~Q(refusal_sentence="")),
                name="document_version_refused_says_why",
                violation_error_message="A refused version says why.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["uploaded_at"],
                condition=Q(state__in=sorted(UNDER_WAY)),
                name="document_version_under_way",
            ),
            models.Index(fields=["sha256"], name="document_version_digest"),
        ]
        triggers = [
            pgtrigger.FSM(
                name="document_version_moves", field="state", transitions=list(VERSION.edges())
            ),
            pgtrigger.Protect(name="document_version_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="document_version_facts_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=list(VERDICT_FIELDS)),
            ),
            pgtrigger.Protect(
                name="document_version_verdict_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"OLD.checked_at IS NOT NULL AND ({_row('OLD')}) IS DISTINCT FROM"
                    f" ({_row('NEW')})"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}, version {self.number}"

    @property
    def status(self) -> VersionState:
        """The state, typed."""
        return VersionState(self.state)

    @property
    def status_words(self) -> str:
        """The state in words."""
        return VERSION.labels[self.status]

    @property
    def is_readable(self) -> bool:
        """Whether the check has released it."""
        return self.status in READABLE

    @property
    def is_under_way(self) -> bool:
        """Whether its check is not finished."""
        return self.status in UNDER_WAY
