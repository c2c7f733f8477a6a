"""Mark a paper as confidential, remove one that was not submitted, log who read one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kit.refusals import Refused
from records.models import Document, DocumentVersion
from records.papers import is_pinned
from records.rules.states import DOCUMENT, DocumentState
from records.rules.uploads import SUBMITTED, opening_refusal
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@transaction.atomic
def mark_document(
    *, actor: Actor, at: datetime, document: Document, is_confidential: bool
) -> Document:
    """Mark a paper as confidential, or as open again.

    Side effects: trail; a second time changes nothing.

    Raises:
        Refused: ``mark_stays`` for a mark that was submitted; ``redacted_copy`` for a copy.
    """
    row = _locked(document)
    if row.is_confidential == is_confidential:
        return row
    refusal = opening_refusal(
        was_confidential=row.is_confidential,
        is_confidential=is_confidential,
        pinned=is_pinned(row),
    )
    if refusal is not None:
        raise Refused(refusal)
    row.is_confidential = is_confidential
    row.save(update_fields=["is_confidential"])
    facts = {"document": row.reference, "is_confidential": is_confidential}
    record_entry(case=row.case, actor=actor, at=at, verb="mark_document", facts=facts)
    return row


@transaction.atomic
def remove_document(*, actor: Actor, at: datetime, document: Document) -> Document:
    """Take a paper out of its case before it was submitted; its redacted copy goes with it.

    Side effects: trail; the sweep deletes what lies in quarantine. A second time changes nothing.

    Raises:
        Refused: ``document_submitted``.
    """
    row = _locked(document)
    if row.state == DocumentState.REMOVED:
        return row
    if is_pinned(row):
        raise Refused(SUBMITTED)
    for copy in Document.objects.kept().filter(redacts=row):
        remove_document(actor=actor, at=at, document=copy)
    row.state = DOCUMENT.move(DocumentState(row.state), "remove")
    row.removed_by, row.removed_at = str(actor), at
    row.save(update_fields=["state", "removed_by", "removed_at"])
    facts = {"document": row.reference}
    record_entry(case=row.case, actor=actor, at=at, verb="remove_document", facts=facts)
    return row


@transaction.atomic
def log_read(*, actor: Actor, at: datetime, version: DocumentVersion, how: str) -> None:
    """Write on the case's trail that somebody opened a confidential paper.

    Side effects: trail. An open paper is not logged.
    """
    document = version.document
    if not document.is_confidential:
        return
    facts = {
        "document": document.reference,
        "version": version.number,
        "sha256": version.sha256,
        "how": how,
    }
    record_entry(case=document.case, actor=actor, at=at, verb="read_document", facts=facts)


def _locked(document: Document) -> Document:
    rows = Document.objects.select_for_update(of=("self",)).select_related("case")
    return rows.get(pk=document.pk)
