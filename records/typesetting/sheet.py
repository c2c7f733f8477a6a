"""Set a paper: hand its data to a child process, take back the file."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import structlog

from kit.refusals import refuse
from records.rules.papers import Paper, written

FOLDER = Path(__file__).parent
CHILD = FOLDER / "child.py"
SECONDS = 30
# Two at a time in one process: a burst of readers waits instead of filling the machine.
PLACES = BoundedSemaphore(2)
log = structlog.get_logger(__name__)


def typeset(paper: Paper) -> bytes:
    """Return the paper as PDF.

    Raises:
        Refused: ``paper_not_made`` when the child failed or took too long.
    """
    order = {
        "template": paper.template,
        "timestamp": int(paper.made_at.timestamp()),
        "data": _clean({"title": paper.title, "author": paper.author, **paper.data}),
    }
    with PLACES:
        made = _run(json.dumps(order).encode())
    if not made.startswith(b"%PDF-"):
        raise refuse("paper_not_made", "We could not make this paper just now. Try again soon.")
    return made


def _run(order: bytes) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and file; the data go to its input
            [sys.executable, "-I", str(CHILD)],
            input=order,
            capture_output=True,
            timeout=SECONDS,
            env={},
            cwd=FOLDER / "papers",
            check=False,
        )
    except subprocess.TimeoutExpired:
        log.warning("paper_took_too_long")
        return b""
    if done.returncode != 0:
        log.warning("paper_failed", error=done.stderr.decode(errors="replace")[-2000:])
        return b""
    return done.stdout


@cache
def covered() -> frozenset[int]:
    """The characters that the fonts of the papers can show."""
    text = (FOLDER / "covered.txt").read_text(encoding="ascii")
    ends = (line.split("-") for line in text.split())
    return frozenset(sign for low, high in ends for sign in range(int(low, 16), int(high, 16) + 1))


def _clean(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        return written(value, covered())
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list | tuple) else value
