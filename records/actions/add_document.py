"""Add a paper to a case, or a new version of one: kept in quarantine, checked by a worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.db import transaction

from kit.references import new_reference
from kit.refusals import Refusal, Refused
from records.models import Document, DocumentVersion
from records.queries.documents import held_by, newest, redacted_copy_of
from records.rules.files import declared_refusal, kind_of_name, name_refusal, size_refusal
from records.rules.uploads import COPY_EXISTS, COPY_OF_OPEN, quota_refusal
from records.vault import keep_in_quarantine
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.queue_effect import queue_effect
from trail.actions.record_entry import record_entry
from trail.actors import Actor
from trail.models import Case

BEGIN_CHECK = "begin_document_check"


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as somebody sent it: nothing of it is believed."""

    stream: IO[bytes]
    name: str
    size: int
    declared_type: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """What the paper is.

    Attributes:
        kind: A word that the case's app has registered.
        title: As people call it; the file's name where it is empty.
        about: What it is evidence for, in words of the case's app.
        is_confidential: Whether only the group and those who decide may read it.
        redacts: The confidential document of which this is the copy for others.
    """

    kind: str
    title: str = ""
    about: str = ""
    is_confidential: bool = False
    redacts: Document | None = None


@dataclass(frozen=True, slots=True)
class _Kept:
    """A file in quarantine."""

    sent: SentFile
    sha256: str
    size: int


@transaction.atomic
def add_document(
    *, actor: Actor, at: datetime, case: Case, paper: Paper, sent: SentFile, key: str = ""
) -> Document:
    """Add a paper with its first version; the same key again returns the same paper.

    Side effects: the file in quarantine, a check in the outbox, trail.

    Raises:
        Refused: what `records.rules.files` says of name, size and type; ``case_full``,
            ``too_many_uploads``; ``not_confidential``, ``redacted_copy_exists``;
            ``file_not_kept``.
    """
    kept = _keep(sent)
    body = f"{case.reference}|{paper.kind}|{paper.about}|{paper.title}|{sent.name}|{kept.sha256}"
    claim = claim_key(actor=actor, at=at, key=key, verb="add_document", body=body) if key else None
    if claim is not None and claim.result_reference:
        return Document.objects.get(reference=claim.result_reference)
    locked = Case.objects.select_for_update().get(pk=case.pk)
    _require(quota_refusal(held_by(locked, actor, at), kept.size))
    if paper.redacts is not None:
        _require(_copy_refusal(paper.redacts))
    document = Document.objects.create(
        case=locked,
        reference=new_reference("DOC"),
        kind=paper.kind,
        about=paper.about,
        title=(paper.title.strip() or sent.name.rpartition(".")[0])[:200],
        is_confidential=paper.is_confidential,
        redacts=paper.redacts,
        created_by=str(actor),
        created_at=at,
    )
    _add_version(document, kept, actor, at, number=1)
    if claim is not None:
        settle_key(claim, document.reference)
    return document


@transaction.atomic
def replace_document(
    *, actor: Actor, at: datetime, document: Document, sent: SentFile, key: str = ""
) -> Document:
    """Add a version; readers keep the old one until the new one is checked.

    Side effects: the file in quarantine, a check in the outbox, trail.

    Raises:
        Refused: as for ``add_document``.
    """
    kept = _keep(sent)
    body = f"{document.reference}|{sent.name}|{kept.sha256}"
    verb = "replace_document"
    claim = claim_key(actor=actor, at=at, key=key, verb=verb, body=body) if key else None
    if claim is not None and claim.result_reference:
        return document
    case = Case.objects.select_for_update().get(pk=document.case_id)
    _require(quota_refusal(held_by(case, actor, at), kept.size))
    number = document.versions.order_by("-number").values_list("number", flat=True)[0] + 1
    _add_version(document, kept, actor, at, number=number)
    if claim is not None:
        settle_key(claim, document.reference)
    return document


def _keep(sent: SentFile) -> _Kept:
    """Ask what can be asked before reading, then keep the bytes."""
    _require(name_refusal(sent.name))
    kind = kind_of_name(sent.name)
    if kind is not None:
        _require(size_refusal(kind, sent.size) or declared_refusal(kind, sent.declared_type))
    sha256, size = keep_in_quarantine(sent.stream)
    return _Kept(sent, sha256, size)


def _copy_refusal(original: Document) -> Refusal | None:
    if not original.is_confidential:
        return COPY_OF_OPEN
    return COPY_EXISTS if redacted_copy_of(original) else None


def _add_version(
    document: Document, kept: _Kept, actor: Actor, at: datetime, *, number: int
) -> DocumentVersion:
    version = DocumentVersion.objects.create(
        document=document,
        number=number,
        sha256=kept.sha256,
        size=kept.size,
        original_name=kept.sent.name,
        declared_type=kept.sent.declared_type[:120],
        uploaded_by=str(actor),
        uploader_name=actor.name[:200],
        uploaded_at=at,
        redacts=newest(document.redacts) if document.redacts else None,
    )
    facts = {
        "document": document.reference,
        "kind": document.kind,
        "version": number,
        "sha256": kept.sha256,
        "size": kept.size,
    }
    personal = {"title": document.title, "file": kept.sent.name}
    verb = "add_document" if number == 1 else "replace_document"
    record_entry(case=document.case, actor=actor, at=at, verb=verb, facts=facts, personal=personal)
    queue_effect(
        key=f"check:{version.pk}",
        kind=BEGIN_CHECK,
        at=at,
        payload={"version": version.pk},
        case=document.case,
    )
    return version


def _require(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise Refused(refusal)
