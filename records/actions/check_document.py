"""Check a version in the worker: content, scanner, release. Safe to run twice, at any time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import structlog
from django.core.files.storage import storages
from django.db import transaction

from kit.refusals import Refusal, Refused
from records import vault
from records.actions.add_document import BEGIN_CHECK
from records.actions.send_letter import Recipient, send_letter
from records.inspection.contents import inspect
from records.inspection.results import Inspected
from records.inspection.scanner import ScannerAway, Verdict, scanner
from records.models import DocumentVersion
from records.queries.documents import is_needed_in_quarantine, uploader_of
from records.rules.states import VERSION, DocumentState, VersionState
from trail.actions.queue_effect import queue_effect
from trail.actions.record_entry import record_entry
from trail.actors import SYSTEM
from trail.models import Effect
from trail.queries.clock import database_now

CHECK = "check_document"
SCAN_AGAIN = timedelta(minutes=1)
KEEP_REFUSED = timedelta(days=30)
YOUNG = timedelta(days=1)
log = structlog.get_logger(__name__)


@transaction.atomic
def begin_check(payload: dict[str, Any]) -> None:
    """Say that the check begins, so that people see it, and queue the check itself."""
    version = _locked(payload["version"])
    if version is None or not version.is_under_way:
        return
    key = f"inspect:{version.pk}:{payload.get('round', '')}"
    if Effect.objects.filter(key=key).exists():
        return  # the same request came once more
    _move(version, "begin_check")
    now = database_now()
    queue_effect(
        key=key,
        kind=CHECK,
        at=now,
        payload={"version": version.pk},
        case=version.document.case,
    )


@transaction.atomic
def check_document(payload: dict[str, Any]) -> None:
    """Inspect and scan; release or refuse. Without a scanner the version waits.

    A worker that dies in the middle leaves nothing: the effect is still due.
    """
    version = _locked(payload["version"])
    if version is None or version.status is not VersionState.CHECKING:
        return
    try:
        with vault.open_quarantined(version.sha256) as kept:
            data = kept.read()
        inspected = inspect(data, name=version.original_name, declared=version.declared_type)
    except FileNotFoundError:
        _refuse(version, _LOST, None)
        return
    except Refused as refused:
        _refuse(version, refused.refusal, None)
        return
    try:
        verdict = scanner().scan(data)
    except ScannerAway as away:
        log.warning("scanner_away", version=version.pk, reason=str(away))
        _move(version, "wait")
        return
    if verdict.virus:
        _refuse(version, _virus(verdict), verdict)
    else:
        _release(version, inspected, verdict)


def recheck_waiting(*, at: datetime) -> int:
    """Ask the scanner again for everything that waits; return how many were asked for."""
    waiting = DocumentVersion.objects.filter(
        state=VersionState.WAITING, document__state=DocumentState.KEPT
    ).select_related("document__case")
    for version in waiting:
        queue_effect(
            key=f"check:{version.pk}:{at:%Y%m%d%H%M}",
            kind=BEGIN_CHECK,
            at=at,
            payload={"version": version.pk, "round": f"{at:%Y%m%d%H%M}"},
            case=version.document.case,
        )
    return len(waiting)


def sweep_quarantine(*, at: datetime) -> int:
    """Delete from quarantine what was released, removed, refused long ago, or never arrived."""
    store = storages[vault.QUARANTINE]
    swept = 0
    for sha256 in list(vault.quarantined()):
        is_young = store.get_modified_time(sha256) > at - YOUNG
        if is_young or is_needed_in_quarantine(sha256, at - KEEP_REFUSED):
            continue
        vault.drop_from_quarantine(sha256)
        swept += 1
    return swept


_LOST = Refusal("file_missing", "This file is no longer in our store. Please upload it again.")


def _virus(verdict: Verdict) -> Refusal:
    return Refusal(
        "virus_found",
        f"The virus scanner found “{verdict.virus[:80]}” in this file. Nobody can open it here. "
        "Scan the computer it comes from, and upload a clean copy.",
    )


def _locked(pk: int) -> DocumentVersion | None:
    rows = DocumentVersion.objects.select_for_update(of=("self",)).select_related("document__case")
    version = rows.get(pk=pk)
    return version if version.document.state == DocumentState.KEPT else None


def _move(version: DocumentVersion, verb: str, **verdict: object) -> None:
    version.state = VERSION.move(version.status, verb)
    for name, value in verdict.items():
        setattr(version, name, value)
    version.save(update_fields=["state", *verdict])


def _scan(verdict: Verdict | None, at: datetime) -> dict[str, object]:
    if verdict is None:
        return {}
    said = verdict.virus or "nothing found"
    return {"scan_engine": verdict.engine[:200], "scan_verdict": said[:200], "scanned_at": at}


def _refuse(version: DocumentVersion, refusal: Refusal, verdict: Verdict | None) -> None:
    now = database_now()
    _move(
        version,
        "refuse",
        refusal_code=refusal.code,
        refusal_sentence=refusal.sentence,
        checked_at=now,
        **_scan(verdict, now),
    )
    _tell(version, now, {"refused": refusal.code})
    _write_to_uploader(version, now)


def _write_to_uploader(version: DocumentVersion, at: datetime) -> None:
    """The sender may be long gone from the page: the refusal goes after them."""
    sender = uploader_of(version)
    if sender is None:
        return
    send_letter(
        case=version.document.case,
        at=at,
        template="records/mail/file_refused",
        to=Recipient(sender.email, sender.name),
        context={"document": version.document, "version": version},
        key=f"file-refused:{version.pk}",
        is_notice=True,
    )


def _release(version: DocumentVersion, inspected: Inspected, verdict: Verdict) -> None:
    now = database_now()
    vault.release_to_clean(version.sha256)
    _move(
        version,
        "release",
        media_type=inspected.media_type,
        page_count=inspected.page_count,
        has_formulas=inspected.has_formulas,
        checked_at=now,
        **_scan(verdict, now),
    )
    _supersede(version)
    _tell(version, now, {"media_type": inspected.media_type, "scanner": verdict.engine[:200]})


def _supersede(version: DocumentVersion) -> None:
    """Only the highest number that is clean stays current, in whatever order checks end."""
    clean = DocumentVersion.objects.select_for_update().filter(
        document=version.document_id, state=VersionState.CLEAN
    )
    for older in clean.order_by("-number")[1:]:
        _move(older, "supersede")


def _tell(version: DocumentVersion, at: datetime, outcome: dict[str, str]) -> None:
    facts = {
        "document": version.document.reference,
        "version": version.number,
        "sha256": version.sha256,
        **outcome,
    }
    record_entry(
        case=version.document.case, actor=SYSTEM, at=at, verb="check_document", facts=facts
    )
