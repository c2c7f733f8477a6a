"""Ask the child process; what it does to itself does nothing to the portal."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import structlog

_SCRIPT = Path(__file__).with_name("sandbox.py")
PATIENCE = 30
log = structlog.get_logger(__name__)


def child_facts(verb: str, data: bytes) -> dict[str, Any]:
    """Return what the child process says of a file; nothing when it fails on it."""
    answer = _ask([verb], data)
    return dict(json.loads(answer)) if answer else {}


def pdf_page_png(data: bytes, number: int) -> bytes:
    """Return a page of a PDF as a picture; empty when it cannot be drawn."""
    return _ask(["pdf-page", str(number)], data)


def picture_png(data: bytes) -> bytes:
    """Return a picture encoded anew; empty when it cannot be read."""
    return _ask(["picture-preview"], data)


def _ask(arguments: list[str], data: bytes) -> bytes:
    # Isolated from our environment: no settings, no secrets, no working folder.
    command = [sys.executable, "-I", str(_SCRIPT), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - our own script, no shell
            command, input=data, capture_output=True, timeout=PATIENCE, check=True, env={}, cwd="/"
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        log.warning("file_child_failed", verb=arguments[0], error=type(error).__name__)
        return b""
    return done.stdout
