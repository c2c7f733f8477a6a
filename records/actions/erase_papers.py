"""Erase letters and documents of a case whose time is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from records.models import Document, DocumentVersion, Letter
from records.queries.documents import held_elsewhere
from records.rules.states import DocumentState
from records.vault import destroy
from trail.models import Case


@transaction.atomic
def erase_papers(case: Case, by: str, at: datetime) -> Mapping[str, int]:
    """Delete the letters and destroy the files; the facts of each document stay.

    A letter that a signature names as its copy stays with the signature.

    A file that another record still holds (the same content has the same name) is left to it,
    and goes with the last of them. Files go after the commit: a disposal that fails has destroyed
    nothing.
    """
    letters = sum(_erase(letter) for letter in Letter.objects.filter(case=case))
    kept = Document.objects.filter(case=case, state=DocumentState.KEPT)
    kept.update(state=DocumentState.REMOVED, removed_by=by, removed_at=at)
    mine = DocumentVersion.objects.filter(document__case=case)
    digests = set(mine.values_list("sha256", flat=True))
    digests -= held_elsewhere(digests, case)
    for digest in sorted(digests):
        transaction.on_commit(lambda digest=digest: destroy(digest))  # type: ignore[misc]
    return {"letters": letters, "files": len(digests)}


def _erase(letter: Letter) -> bool:
    try:
        letter.delete()
    except ProtectedError:
        return False
    return True
