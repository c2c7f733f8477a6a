"""Where the bytes of documents are: named by their SHA-256, in quarantine or in the clean store.

Two storages of ``settings.STORAGES`` hold them, ``quarantine`` and ``clean``; on disk or, by
setting, in object storage. Nothing here asks for permission: callers have done so.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterator
from typing import IO

import structlog
from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from kit.refusals import refuse

QUARANTINE, CLEAN = "quarantine", "clean"
CHUNK = 256 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}")
log = structlog.get_logger(__name__)


class DamagedFile(Exception):
    """What is kept under a digest does not have that digest."""


def keep_in_quarantine(stream: IO[bytes]) -> tuple[str, int]:
    """Keep what somebody sent, unread by anybody; return its digest and its size.

    Raises:
        Refused: ``file_not_kept`` when the store has no room or does not answer; nothing is left.
    """
    try:
        with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as copy:
            digest, size = _copied(stream, copy)
            _put(QUARANTINE, digest, copy)
    except OSError as error:
        log.exception("file_not_kept")
        raise refuse(
            "file_not_kept",
            "We could not keep this file just now, and nothing of it was saved. "
            "Try again in a few minutes.",
        ) from error
    return digest, size


def open_quarantined(sha256: str) -> IO[bytes]:
    """Open a file for its check; one that an earlier check has released is read where it is.

    Raises:
        FileNotFoundError: neither store holds it.
    """
    name = _name(sha256)
    store = storages[QUARANTINE]
    return (store if store.exists(name) else storages[CLEAN]).open(name)


def release_to_clean(sha256: str) -> None:
    """Copy a checked file to the clean store; a second time changes nothing.

    The copy in quarantine stays until the act is committed: the sweep takes it away.

    Raises:
        DamagedFile: the bytes are not those that were checked.
    """
    if is_clean(sha256):
        return
    with (
        storages[QUARANTINE].open(_name(sha256)) as kept,
        tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as copy,
    ):
        digest, _ = _copied(kept, copy)
        if digest != sha256:
            raise DamagedFile(sha256)
        _put(CLEAN, digest, copy)


def keep_clean_bytes(data: bytes) -> str:
    """Keep what the portal itself has made; return its digest."""
    digest = hashlib.sha256(data).hexdigest()
    store = storages[CLEAN]
    if not store.exists(digest):
        store.save(digest, ContentFile(data))
    return digest


def open_clean(sha256: str) -> IO[bytes]:
    """Open a file that may be read by people.

    Raises:
        FileNotFoundError: it was never released.
    """
    return storages[CLEAN].open(_name(sha256))


def is_clean(sha256: str) -> bool:
    """Whether the file was released."""
    return storages[CLEAN].exists(_name(sha256))


def drop_from_quarantine(sha256: str) -> None:
    """Delete a file that nobody waits for any more."""
    storages[QUARANTINE].delete(_name(sha256))


def destroy(sha256: str) -> None:
    """Delete a file from both stores for good: the time of its record is over."""
    for alias in (QUARANTINE, CLEAN):
        storages[alias].delete(_name(sha256))


def quarantined() -> Iterator[str]:
    """Return the digests of everything in quarantine."""
    store = storages[QUARANTINE]
    names = store.listdir("")[1] if _is_there(store) else []
    yield from (name for name in names if _DIGEST.fullmatch(name))


def _is_there(store: Storage) -> bool:
    try:
        store.listdir("")
    except FileNotFoundError:
        return False
    return True


def _copied(stream: IO[bytes], copy: IO[bytes]) -> tuple[str, int]:
    """Copy block by block, so that a large file never lies in memory."""
    digest, size = hashlib.sha256(), 0
    while block := stream.read(CHUNK):
        digest.update(block)
        copy.write(block)
        size += len(block)
    copy.seek(0)
    return digest.hexdigest(), size


def _put(alias: str, digest: str, content: IO[bytes]) -> None:
    store = storages[alias]
    if not store.exists(digest):
        store.save(digest, File(content, name=digest))


def _name(sha256: str) -> str:
    """Only a digest names a file, so that no path can be smuggled in.

    >>> _name("../x")
    Traceback (most recent call last):
    ...
    ValueError: not a digest: ../x
    """
    if not _DIGEST.fullmatch(sha256):
        message = f"not a digest: {sha256}"
        raise ValueError(message)
    return sha256
