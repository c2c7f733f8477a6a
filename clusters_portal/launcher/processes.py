"""Know a process again by its id and start time, and end it in good order."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import time
from pathlib import Path

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36


def die_with_parent() -> None:
    """In a fresh child: have the kernel end it when its parent is killed outright (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def adopt_orphans() -> None:
    """Become the parent of what descendants leave behind, so that it can be reaped (Linux).

    In a container without an init process the database would linger as a zombie otherwise.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def start_stamp(pid: int) -> str:
    """When the process started, in the kernel's ticks; empty where that cannot be known."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    # The name in parentheses may hold anything: count from behind the last one.
    return text.rpartition(")")[2].split()[19]


def command_line(pid: int) -> str:
    """The process's arguments joined by spaces; empty where that cannot be known."""
    try:
        raw = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return ""
    return raw.replace(b"\0", b" ").decode(errors="replace").strip()


def is_alive(pid: int, stamp: str = "") -> bool:
    """Whether this very process runs: a reused id with another start time does not count."""
    if not process_exists(pid) or is_zombie(pid):
        return False
    return not stamp or start_stamp(pid) in {"", stamp}


def process_exists(pid: int) -> bool:
    """Whether the id is taken at all, be it by a zombie or a stranger."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def is_zombie(pid: int) -> bool:
    """Whether the process has ended and only waits for its parent to look."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return text.rpartition(")")[2].split()[0] == "Z"


def wait_gone(pid: int, stamp: str, seconds: float) -> bool:
    """Wait until the process is gone; False when it is still there."""
    end = time.monotonic() + seconds
    while is_alive(pid, stamp):
        reap(pid)
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    reap(pid)
    return True


def reap(pid: int) -> None:
    """Take note of the end of a process that is our child; others are not ours to reap."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


def end_process(pid: int, stamp: str, *, first: int = signal.SIGTERM, patience: float = 10) -> None:
    """Ask a process to end, and kill it when it does not."""
    for number, seconds in ((first, patience), (signal.SIGKILL, 5.0)):
        if not is_alive(pid, stamp):
            return
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        if wait_gone(pid, stamp, seconds):
            return
