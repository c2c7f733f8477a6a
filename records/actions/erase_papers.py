"""Erase letters and documents of a case whose time is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from records.models import Document, DocumentVersion, Letter
from records.rules.states import DocumentState
from records.vault import destroy
from trail.models import Case

NOBODY = "erased@invalid.example"
WORDS = "This letter was erased when the time of its record was over."


@transaction.atomic
def erase_papers(case: Case, by: str, at: datetime) -> Mapping[str, int]:
    """Take out words and addresses of letters, and destroy the files; the facts of each stay.

    A file that another case holds too (the same content has the same name) is left to it. Files
    go after the commit: a disposal that fails has destroyed nothing.
    """
    letters = Letter.objects.filter(case=case).update(
        to_address=NOBODY, to_name="", subject="Erased", text=WORDS, html=""
    )
    kept = Document.objects.filter(case=case, state=DocumentState.KEPT)
    kept.update(state=DocumentState.REMOVED, removed_by=by, removed_at=at)
    mine = DocumentVersion.objects.filter(document__case=case)
    others = DocumentVersion.objects.exclude(document__case=case)
    digests = set(mine.values_list("sha256", flat=True))
    digests -= set(others.filter(sha256__in=digests).values_list("sha256", flat=True))
    for digest in sorted(digests):
        transaction.on_commit(lambda digest=digest: destroy(digest))  # type: ignore[misc]
    return {"letters": letters, "files": len(digests)}
