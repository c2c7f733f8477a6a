"""What a case holds on paper."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery, Sum

from accounts.models import User
from records.models import Document, DocumentVersion, KeptPaper
from records.rules.states import READABLE, UNDER_WAY, DocumentState, VersionState
from records.rules.uploads import RATE_SPAN, Held
from trail.actors import Actor
from trail.models import Case, Disposition


def documents_of(case: Case) -> QuerySet[Document]:
    """Return the papers of a case with their versions, the newest version first."""
    versions = DocumentVersion.objects.order_by("-number")
    return (
        Document.objects.kept()
        .filter(case=case)
        .select_related("redacts")
        .prefetch_related(Prefetch("versions", queryset=versions))
    )


def document_at(reference: str) -> Document | None:
    """Return a paper by its reference, with its case and versions."""
    rows = Document.objects.select_related("case", "redacts").prefetch_related(
        Prefetch("versions", queryset=DocumentVersion.objects.order_by("-number"))
    )
    return rows.filter(reference=reference).first()


def newest(document: Document) -> DocumentVersion:
    """Return the version that was sent last."""
    return document.versions.all()[0]


def readable(document: Document) -> DocumentVersion | None:
    """Return the newest version that people may read, or None."""
    return next((one for one in document.versions.all() if one.is_readable), None)


def redacted_copy_of(document: Document) -> Document | None:
    """Return the copy that others may read, unless it was removed."""
    return Document.objects.kept().filter(redacts=document).first()


def refused_of(case: Case) -> list[Document]:
    """Return the papers whose newest version was refused, so that somebody has to act."""
    newer = DocumentVersion.objects.filter(document=OuterRef("pk")).order_by("-number")
    rows = (
        Document.objects.kept().filter(case=case).annotate(last=Subquery(newer.values("state")[:1]))
    )
    return list(rows.filter(last=VersionState.REFUSED).order_by("title", "pk"))


def uploader_of(version: DocumentVersion) -> User | None:
    """Return the person who sent a version, while they have an account."""
    kind, _, key = version.uploaded_by.partition(":")
    if kind != "user" or not key.isdecimal():
        return None
    return User.objects.filter(pk=int(key), is_active=True).first()


def held_by(case: Case, actor: Actor, at: datetime) -> Held:
    """Return what counts for the quota."""
    kept = DocumentVersion.objects.filter(
        document__case=case, document__state=DocumentState.KEPT
    ).aggregate(files=Count("pk"), size=Sum("size"))
    recent = DocumentVersion.objects.filter(
        uploaded_by=str(actor), uploaded_at__gt=at - RATE_SPAN
    ).count()
    return Held(files=kept["files"], size=kept["size"] or 0, recent=recent)


def is_needed_in_quarantine(sha256: str, refused_after: datetime) -> bool:
    """Whether somebody still waits for a file, or may still ask why it was refused."""
    rows = DocumentVersion.objects.filter(sha256=sha256, document__state=DocumentState.KEPT)
    if rows.filter(state__in=UNDER_WAY).exists():
        return True
    return rows.exclude(state__in=READABLE).filter(checked_at__gt=refused_after).exists()


def held_elsewhere(digests: Collection[str], case: Case) -> set[str]:
    """Return which of these files a record outside the case holds that was not disposed of.

    Facts of documents stay after a disposal, so rows alone do not say that a file is still held.
    """
    gone = Disposition.objects.values("case")
    versions = DocumentVersion.objects.filter(sha256__in=digests).exclude(document__case=case)
    others = versions.exclude(document__case__in=gone)
    papers = KeptPaper.objects.filter(sha256__in=digests)
    return {*others.values_list("sha256", flat=True), *papers.values_list("sha256", flat=True)}
