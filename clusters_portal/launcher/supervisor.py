"""One process that starts the portal's parts, restarts what died, and ends them all."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusters_portal.launcher import valkey
from clusters_portal.launcher.failures import LaunchError
from clusters_portal.launcher.postgres import cluster_of, ensure_database, server_pid
from clusters_portal.launcher.processes import die_with_parent, end_process, start_stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from clusters_portal.launcher.places import Places
    from clusters_portal.launcher.record import Services

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
SETTLED_SECONDS = 60.0
PATIENCE = 10.0
LOG_LIMIT = 10_000_000


@dataclass
class Part:
    """One supervised program: how to start it, and how its restarts are paced.

    With ``on_done`` it is an errand: it runs once and is not started again.
    """

    name: str
    command: Callable[[], list[str]]
    process: subprocess.Popen[bytes] | None = None
    on_done: Callable[[], None] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    due: float = 0.0


class Supervisor:
    """Runs the parts of one checkout until it is told to stop."""

    def __init__(self, places: Places, services: Services, environment: dict[str, str]) -> None:
        self.places = places
        self.services = services
        self.environment = environment
        self.logs = places.state / "logs"
        self.parts: list[Part] = []
        self.is_stopping = False

    def listen(self) -> None:
        """Ctrl-C, `make stop` and a closed terminal all end the run in good order."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._told_to_stop)

    def start(self, part: Part) -> None:
        """Start a part and put it under watch."""
        self.logs.mkdir(exist_ok=True)
        if part not in self.parts:
            self.parts.append(part)
        path = self.logs / f"{part.name}.log"
        if path.exists() and path.stat().st_size > LOG_LIMIT:
            path.replace(path.with_suffix(".log.1"))
        with path.open("ab") as log:
            part.process = subprocess.Popen(
                part.command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.places.checkout,
                env={**self.environment, "PORTAL_PROCESS": part.name},
                start_new_session=True,
                preexec_fn=die_with_parent,  # noqa: PLW1509 - the supervisor has one thread
            )
        part.started = time.monotonic()
        self.services.note(part.name, part.process.pid)

    def watch(self) -> None:
        """Look after everything once a second until told to stop."""
        while not self.is_stopping:
            try:
                self.look()
            except OSError as error:
                # A full disk, say: what runs goes on, and the next look tries again.
                say(f"A part could not be started again: {error.strerror}.")
            time.sleep(0.5)

    def look(self) -> None:
        """Start again whatever has died and has waited long enough."""
        self.services.catch_up()
        if server_pid(cluster_of(self.places.checkout)) is None and not self.is_stopping:
            self._restart_database()
        for part in tuple(self.parts):
            if part.process is None or part.process.poll() is None or self.is_stopping:
                continue
            if part.on_done is not None:
                self._done(part)
            else:
                self._restart_when_due(part)

    def end(self) -> None:
        """End the parts, last started first."""
        self.is_stopping = True
        running = [part.process for part in reversed(self.parts) if part.process is not None]
        # All but the broker are told at once; the broker waits until nobody needs it.
        for process in running[:-1]:
            process.terminate()
        for process in running:
            end_process(process.pid, start_stamp(process.pid), patience=PATIENCE)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _done(self, part: Part) -> None:
        """An errand runs once; a failed one is tried again at the next start."""
        self.parts.remove(part)
        if part.process is not None and part.process.returncode == 0 and part.on_done is not None:
            part.on_done()
        else:
            say(f"The {part.name} was not finished. Log: {self._log(part)}")

    def _restart_database(self) -> None:
        say("The database had stopped; it is started again.")
        try:
            ensure_database(self.places.checkout)
        except LaunchError as refusal:
            # Everything else stays up: pages say what is wrong, and the next look tries again.
            say(str(refusal))
            time.sleep(FIRST_PAUSE)

    def _restart_when_due(self, part: Part) -> None:
        now = time.monotonic()
        if part.due == 0.0:
            if now - part.started > SETTLED_SECONDS:
                part.pause = FIRST_PAUSE
            part.due = now + part.pause
            say(f"The {part.name} had stopped; it is started again. Log: {self._log(part)}")
        elif now >= part.due:
            part.due = 0.0
            part.pause = min(part.pause * 2, LONGEST_PAUSE)
            self.start(part)

    def _log(self, part: Part) -> Path:
        return self.logs / f"{part.name}.log"

    def _told_to_stop(self, _number: int, _frame: object) -> None:
        self.is_stopping = True


def broker_part(places: Places) -> Part:
    """The broker as a supervised part."""
    return Part("broker", lambda: valkey.server_command(places))


def web_part(port: int) -> Part:
    """The web server: two processes are enough for one machine's demo."""
    return Part("web", lambda: _module("gunicorn", "clusters_portal.wsgi", *web_options(port)))


def worker_part() -> Part:
    """The worker that sends what the outbox holds and runs long work."""
    return Part("worker", lambda: _celery("worker", "--concurrency=2", "--loglevel=INFO"))


def beat_part(places: Places) -> Part:
    """The clock that wakes the sweepers."""
    schedule = str(places.state / "beat-schedule")
    return Part("beat", lambda: _celery("beat", "--pidfile=", f"--schedule={schedule}"))


def errand(name: str, arguments: Sequence[str], on_done: Callable[[], None]) -> Part:
    """A management command that runs once beside the portal, and lets it go first."""
    return Part(name, lambda: ["nice", sys.executable, "manage.py", *arguments], on_done=on_done)


def say(sentence: str) -> None:
    """Tell the person at the terminal, at once."""
    print(sentence, flush=True)


def web_options(port: int) -> tuple[str, ...]:
    """How the web server is started; the benchmark starts it in the same way."""
    bind = f"--bind=127.0.0.1:{port}"
    # Loaded once, then forked: half the time on the way to the first page.
    return (bind, "--preload", "--workers=2", "--threads=4", "--graceful-timeout=5")


def _module(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", name, *arguments]


def _celery(*arguments: str) -> list[str]:
    return _module("celery", "-A", "clusters_portal.celery", *arguments)
