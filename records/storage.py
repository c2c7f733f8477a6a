"""Folders of documents on the portal's own disk: whole files or none, private to the portal."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import NoReturn

from django.core.files import File
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

FILE_MODE, FOLDER_MODE = 0o600, 0o700
PARTIAL = ".partial-"


@deconstructible
class PrivateFolder(FileSystemStorage):
    """A file appears under its name when it is complete and on the disk, or not at all."""

    def __init__(self, location: str | Path) -> None:
        super().__init__(location=location, allow_overwrite=True)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:  # noqa: ARG002
        """Keep the name: it is the digest of the content."""
        return name

    def url(self, name: str | None) -> NoReturn:
        """Refuse: documents are read through a permission check only."""
        message = f"{name} has no address of its own"
        raise ValueError(message)

    def _save(self, name: str, content: File[bytes]) -> str:
        final = Path(self.path(name))
        final.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        descriptor, partial = tempfile.mkstemp(prefix=PARTIAL, dir=final.parent)
        try:
            with os.fdopen(descriptor, "wb") as handle:
                for chunk in content.chunks():
                    handle.write(chunk)
                handle.flush()
                os.fsync(handle.fileno())
            Path(partial).chmod(FILE_MODE)
            Path(partial).replace(final)
        except BaseException:
            Path(partial).unlink(missing_ok=True)
            raise
        _sync_folder(final.parent)
        return name


def _sync_folder(folder: Path) -> None:
    """Put the new name itself on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
