"""Papers in cases, sent and checked as people and workers do it."""

from __future__ import annotations

import io

from records.actions.add_document import Paper, SentFile, add_document, replace_document
from records.models import Document, DocumentVersion
from tests.hostile.honest import pdf
from trail.actions.send_effects import send_effects
from trail.actors import Actor
from trail.models import Case
from trail.queries.clock import database_now

UPLOADER = Actor("user", "7", "Una Uploader", 7)


def sent(data: bytes | None = None, name: str = "bylaws.pdf", declared: str = "") -> SentFile:
    """A file as a browser sends it."""
    content = pdf() if data is None else data
    return SentFile(io.BytesIO(content), name, len(content), declared)


def add(
    case: Case,
    file: SentFile | None = None,
    *,
    actor: Actor = UPLOADER,
    key: str = "",
    kind: str = "bylaws",
    **paper: object,
) -> Document:
    """Add a paper; nothing has checked it yet."""
    return add_document(
        actor=actor,
        at=database_now(),
        case=case,
        paper=Paper(kind, **paper),  # type: ignore[arg-type]
        sent=file or sent(),
        key=key,
    )


def replace(
    document: Document, file: SentFile, *, actor: Actor = UPLOADER, key: str = ""
) -> Document:
    """Send a new version; nothing has checked it yet."""
    return replace_document(actor=actor, at=database_now(), document=document, sent=file, key=key)


def work() -> int:
    """Let a worker do what the outbox holds."""
    return send_effects(at=database_now()) + send_effects(at=database_now())


def version_of(document: Document, number: int = 1) -> DocumentVersion:
    """A version as it stands now."""
    return DocumentVersion.objects.select_related("document__case").get(
        document=document, number=number
    )
