"""What can happen to a portal, planted while people send; each returns when its cause is gone."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from clusters_portal.launcher.valkey import socket_path
from drills.mail_double import MailDouble
from drills.stand import Stand

HOLD = 8.0


@dataclass(frozen=True)
class Scene:
    """What a fault may touch."""

    stand: Stand
    mail: MailDouble
    group_case: int


@dataclass(frozen=True)
class Fault:
    """One kind of mishap.

    Attributes:
        name: As the table calls it.
        plant: Does it, and comes back when the cause is over.
        needs_disk: Only where the drill has a small disk of its own.
    """

    name: str
    plant: Callable[[Scene], None]
    needs_disk: bool = False


def kill(part: str) -> Callable[[Scene], None]:
    """Kill one part outright; nobody but the supervisor helps it."""

    def plant(scene: Scene) -> None:
        os.kill(scene.stand.pid(part), signal.SIGKILL)

    return plant


def kill_gunicorn_worker(scene: Scene) -> None:
    """One of the web server's own processes."""
    os.kill(_one_child(scene, "web"), signal.SIGKILL)


def kill_worker_child(scene: Scene) -> None:
    """A process of the worker, in the middle of a task or not."""
    os.kill(_one_child(scene, "worker"), signal.SIGKILL)


def kill_backend(scene: Scene) -> None:
    """One database session; the server takes all others down with it and recovers."""
    asked = (
        "SELECT pid FROM pg_stat_activity"
        f" WHERE usename = '{scene.stand.web_role}' ORDER BY query_start DESC LIMIT 1"
    )
    os.kill(int(scene.stand.sql(asked)), signal.SIGKILL)


def stop_database(scene: Scene) -> None:
    """All of the server stands still for five seconds: no answer, no error."""
    server = scene.stand.pid("database")
    everything = [server, *children(server)]
    for pid in everything:
        _send(pid, signal.SIGSTOP)
    time.sleep(5)
    for pid in reversed(everything):
        _send(pid, signal.SIGCONT)


def flush_broker(scene: Scene) -> None:
    """The broker forgets every message."""
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(socket_path(scene.stand.places)))
        line.sendall(b"FLUSHALL\r\n")
        line.recv(64)


def mail(mode: str) -> Callable[[Scene], None]:
    """The mail server does not take letters for a while."""

    def plant(scene: Scene) -> None:
        scene.mail.mode = mode
        time.sleep(HOLD)
        scene.mail.mode = "ok"

    return plant


def fill_disk(scene: Scene) -> None:
    """Not a byte is left for database, broker, papers, journal and logs."""
    ballast = scene.stand.places.state / "ballast"
    try:
        _fill(ballast)
        time.sleep(HOLD)
    finally:
        ballast.unlink(missing_ok=True)


def _fill(path: Path) -> None:
    block = b"x" * (1 << 20)
    with contextlib.suppress(OSError), path.open("wb", buffering=0) as file:
        while file.write(block):
            pass


def hold_lock(scene: Scene) -> None:
    """Somebody's transaction rests on the row that everybody wants to lock."""
    scene.stand.sql(
        f"BEGIN; SELECT 1 FROM trail_case WHERE id = {scene.group_case} FOR UPDATE;"
        f" SELECT pg_sleep({HOLD}); ROLLBACK"
    )


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in path.read_text().split()]


def _one_child(scene: Scene, part: str) -> int:
    """A process of a part; one that was killed a moment ago may have none yet."""
    for _ in range(600):
        with contextlib.suppress(OSError):
            found = children(scene.stand.pid(part))
            if found:
                return found[0]
        time.sleep(0.1)
    raise SystemExit(f"The {part} of the drill has no process.")


def _send(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


FAULTS = (
    Fault("kill -9 web", kill("web")),
    Fault("kill -9 a web process", kill_gunicorn_worker),
    Fault("kill -9 worker", kill("worker")),
    Fault("kill -9 a worker process", kill_worker_child),
    Fault("kill -9 beat", kill("beat")),
    Fault("kill -9 a database session", kill_backend),
    Fault("kill -9 database server", kill("database")),
    Fault("kill -9 broker", kill("broker")),
    Fault("database stands still 5 s", stop_database),
    Fault("broker flushed", flush_broker),
    Fault("mail refused (451)", mail("refuse")),
    Fault("mail server hangs up", mail("hang-up")),
    Fault("lock held 8 s, idle", hold_lock),
    Fault("disk full 8 s", fill_disk, needs_disk=True),
)
SHORT = ("kill -9 web", "kill -9 database server", "broker flushed")
