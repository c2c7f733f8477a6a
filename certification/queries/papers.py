"""Papers of an application: what it submits, what was submitted, what findings may cite."""

from __future__ import annotations

from typing import Any

from certification.models import Application, Finding
from certification.rules.papers import APPLICATION_PAPERS, GROUP_PAPERS
from records.models import Document, DocumentVersion
from records.queries.documents import documents_of
from records.rules.states import READABLE, DocumentState, VersionState

_WORDS = dict((*GROUP_PAPERS, *APPLICATION_PAPERS))


def submitted_papers(application: Application) -> list[dict[str, Any]]:
    """Return the papers of application and group as they are pinned: by their fingerprints.

    A file whose check is not finished counts: submitting waits for no scanner. One that was
    refused does not; the version before it does.
    """
    papers = [
        *documents_of(application.case),
        *documents_of(application.group.case),
    ]
    found = ((paper, _pinned_version(paper)) for paper in papers)
    pinned = [_pin(paper, version) for paper, version in found if version is not None]
    return sorted(pinned, key=lambda one: one["reference"])


def is_submitted(document: Document) -> bool:
    """Whether a submitted application pins the paper, or an officer's finding rests on it."""
    reference = [{"reference": document.reference}]
    pinned = Application.objects.filter(content__documents__contains=reference)
    cited = Finding.objects.filter(document_version__document=document)
    return pinned.exists() or cited.exists()


def citable_versions(application: Application) -> list[DocumentVersion]:
    """Return the checked papers of a case that a finding may cite, by title."""
    rows = DocumentVersion.objects.filter(
        document__case__in=(application.case_id, application.group.case_id),
        document__state=DocumentState.KEPT,
        state__in=READABLE,
    )
    return list(rows.select_related("document").order_by("document__title", "-number"))


def answering_papers(application: Application) -> list[Document]:
    """Return what the group attached to its answers."""
    return list(documents_of(application.case).filter(kind="answer"))


def _pinned_version(paper: Document) -> DocumentVersion | None:
    versions = paper.versions.all()
    return next((one for one in versions if one.state != VersionState.REFUSED), None)


def _pin(paper: Document, version: DocumentVersion) -> dict[str, Any]:
    return {
        "reference": paper.reference,
        "title": paper.title,
        "kind": _WORDS.get(paper.kind, paper.kind),
        "about": paper.about,
        "is_confidential": paper.is_confidential,
        "version": version.number,
        "file": version.original_name,
        "size": version.size,
        "sha256": version.sha256,
    }
