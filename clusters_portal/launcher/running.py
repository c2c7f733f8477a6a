"""From installed packages to a running portal, and back to nothing."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from clusters_portal.launcher import valkey
from clusters_portal.launcher.cluster import WEB_ROLE, cluster_of
from clusters_portal.launcher.failures import LaunchError
from clusters_portal.launcher.places import Places, places_of, prepare
from clusters_portal.launcher.postgres import leased_database, stop_database
from clusters_portal.launcher.preparation import Preparation, Step, has_command
from clusters_portal.launcher.processes import adopt_orphans
from clusters_portal.launcher.record import Services, read_services
from clusters_portal.launcher.supervisor import (
    Supervisor,
    beat_part,
    broker_part,
    errand,
    say,
    web_part,
    worker_part,
)

DEFAULT_PORT = 8000
DEMO_SETTINGS = "clusters_portal.settings.demo"
FIRST_PAGE_SECONDS = 60.0
STOP_SECONDS = 60.0


def port_to_use(checkout: Path) -> int:
    """The wished port, if it is free; said before anything slow begins."""
    wished = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not wished.isdigit() or not 0 < int(wished) < 65535:
        raise LaunchError(f"PORT={wished} is no port number; try PORT=8001.")
    port, services = int(wished), read_services(places_of(checkout))
    if services.is_running("supervisor"):
        raise LaunchError(
            f"This portal runs already at http://localhost:{services.port} - `make stop` ends it."
        )
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise LaunchError(
                f"Port {port} is taken or not allowed; choose another: make run PORT={port + 1}"
            ) from error
    return port


def run_portal(checkout: Path, port: int, *, settings: str = DEMO_SETTINGS) -> int:
    """Start everything, say where it is, stay until told to stop, leave nothing behind."""
    places = places_of(checkout)
    prepare(places)
    adopt_orphans()
    with _only_supervisor(places), leased_database(checkout) as database:
        end_leftovers(places)
        services = Services(places.sockets / "services.json", port)
        services.note("supervisor", os.getpid())
        owner = environment(places, database, port, settings)
        # Only the owner changes the shape; what faces people has the web role's rights.
        web_address = cluster_of(checkout).url(role=WEB_ROLE)
        supervisor = Supervisor(places, services, environment(places, web_address, port, settings))
        supervisor.listen()
        try:
            _start_all(supervisor, owner, port)
            supervisor.watch()
        finally:
            say("Stopping ...")
            supervisor.end()
            services.forget()
    say("Stopped.")
    return 0


def stop_portal(checkout: Path) -> bool:
    """End the supervisor if it lives, and then whatever of this checkout is still there."""
    places = places_of(checkout)
    if not places.sockets.exists():
        return False
    services = read_services(places)
    was_running = services.end("supervisor", patience=STOP_SECONDS)
    was_running |= end_leftovers(places)
    for purpose in ("demo", "test"):
        was_running |= stop_database(checkout, purpose=purpose)
    if not _locked(places):
        shutil.rmtree(places.sockets, ignore_errors=True)
    return was_running


def end_leftovers(places: Places) -> bool:
    """Parts that outlived a killed supervisor, last started first."""
    services = read_services(places)
    names = [name for name in reversed(services.processes) if name != "supervisor"]
    ended = [services.end(name) for name in names]
    services.forget()
    return any(ended)


def environment(
    places: Places, database: str, port: int, settings: str = DEMO_SETTINGS
) -> dict[str, str]:
    """What every part of the running portal is told."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": settings,
        "PORTAL_DATABASE_URL": database,
        "PORTAL_BROKER_URL": valkey.broker_url(places),
        "PORTAL_ADDRESS": f"http://localhost:{port}",
        "PYTHONUNBUFFERED": "1",
    }


def _start_all(supervisor: Supervisor, owner: dict[str, str], port: int) -> None:
    places = supervisor.places
    supervisor.start(broker_part(places))
    preparation = Preparation(places, owner, lambda: supervisor.is_stopping)
    preparation.everything()
    if supervisor.is_stopping:
        return
    if not valkey.wait_until_answers(places):
        say("The broker does not answer yet; letters wait in the outbox until it does.")
    # The page first: what works behind it may take its time.
    supervisor.start(web_part(port))
    _wait_for_first_page(supervisor, port)
    if supervisor.is_stopping:
        return
    _greet(supervisor, port)
    for part in (worker_part(), beat_part(places)):
        supervisor.start(part)
    step = preparation.rest_of_demo_world()
    if step is not None:
        say("The rest of the demo world is being built meanwhile.")
        supervisor.start(errand("demo-world", step.command, partial(_demo_stands, step)))


def _demo_stands(step: Step) -> None:
    step.succeeded()
    say("The demo world is complete.")


def _wait_for_first_page(supervisor: Supervisor, port: int) -> None:
    end = time.monotonic() + FIRST_PAGE_SECONDS
    while not supervisor.is_stopping and not _answers(port):
        supervisor.look()
        if time.monotonic() > end:
            raise LaunchError(
                f"The web server does not answer; its log is {supervisor.logs / 'web.log'}."
            )
        time.sleep(0.1)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _greet(supervisor: Supervisor, port: int) -> None:
    say("")
    say(f"The portal is at http://localhost:{port}")
    say(f"Logs: {supervisor.logs}    Ctrl-C or `make stop` ends it.")
    for line in demo_accounts(supervisor):
        say(line)


def demo_accounts(supervisor: Supervisor) -> list[str]:
    """The demo personas, as the portal itself tells them; none without a demo world."""
    checkout = supervisor.places.checkout
    if not has_command(checkout, "stage_demo"):
        return []
    done = subprocess.run(
        [sys.executable, "manage.py", "demo_accounts"],
        cwd=checkout,
        env=supervisor.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return [] if done.returncode else ["", *done.stdout.splitlines()]


@contextlib.contextmanager
def _only_supervisor(places: Places) -> Iterator[None]:
    """One supervisor per checkout; the kernel drops the lock of a killed one."""
    path = places.sockets / "supervisor.lock"
    path.touch(mode=0o600)
    with path.open("rb") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LaunchError("This portal is starting or running already.") from error
        yield


def _locked(places: Places) -> bool:
    """Whether a command of this checkout still holds the database."""
    for path in places.sockets.glob("*.lease"):
        with path.open("rb") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
    return False
