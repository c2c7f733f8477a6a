"""Make a paper once: set, signed, kept; whoever asks again gets the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction

from records.models import KeptPaper
from records.rules.papers import Paper
from records.signing.keys import signing_pair
from records.signing.sheets import sign_sheet
from records.typesetting import typeset
from records.vault import keep_clean_bytes, open_clean
from trail.models import Case

PAPERS_LOCK = 7_301_019  # first half of an advisory lock; the second names the paper


@transaction.atomic
def keep_paper(
    *, at: datetime, case: Case, kind: str, about: str, write: Callable[[], Paper]
) -> bytes:
    """Return the paper's bytes; the first time it is set and signed.

    Args:
        at: Now.
        case: Whose paper it is.
        kind: Certificate, letter, receipt.
        about: Which one of its kind.
        write: Says what it says; asked only once.

    Raises:
        Refused: ``no_signing_key``, ``paper_not_made``.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [PAPERS_LOCK, f"{kind} {about}"]
        )
    kept = KeptPaper.objects.filter(kind=kind, about=about).first()
    if kept is not None:
        with open_clean(kept.sha256) as file:
            return file.read()
    pair = signing_pair()
    data = sign_sheet(typeset(write()), pair, f"{kind} {case.reference}")
    KeptPaper.objects.create(
        case=case,
        kind=kind,
        about=about,
        key=pair.row,
        sha256=keep_clean_bytes(data),
        made_at=at,
    )
    return data
