"""How much a form may send as files: little, unless its view asks for more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from records.rules.files import LARGEST, MEGABYTE

ORDINARY = 3 * MEGABYTE
TOO_MUCH = "_files_were_too_large"
ViewT = TypeVar("ViewT", bound=Callable[..., Any])


def takes_documents(view: ViewT) -> ViewT:
    """Let a view receive documents of the largest size that is possible."""
    view.largest_upload = LARGEST + MEGABYTE  # type: ignore[attr-defined]
    return view


def takes_files(largest: int) -> Callable[[ViewT], ViewT]:
    """Let a view receive files of up to this many bytes each."""

    def decorate(view: ViewT) -> ViewT:
        view.largest_upload = largest  # type: ignore[attr-defined]
        return view

    return decorate


def was_cut_off(request: HttpRequest) -> bool:
    """Whether the upload was stopped because a file was too large."""
    return getattr(request, TOO_MUCH, False)


class UploadLimitHandler(FileUploadHandler):
    """Stop an upload as soon as one file passes the view's limit; nothing of it is kept."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        """Count from nothing for each file."""
        self._received = 0
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        """Pass the chunk on while the file is within the limit."""
        self._received += len(raw_data)
        if self._received > self._limit():
            setattr(self.request, TOO_MUCH, True)
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the keeping to the next handler."""

    def _limit(self) -> int:
        match = getattr(self.request, "resolver_match", None)
        return int(getattr(match.func, "largest_upload", ORDINARY) if match else ORDINARY)
