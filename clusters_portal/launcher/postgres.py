"""A PostgreSQL server of the checkout's own: initdb once, unix socket only, no TCP.

``purpose`` keeps the demo world's server and the tests' server apart. Whoever uses a
server holds a shared lease (a file lock, which the kernel drops when its holder dies,
however it dies); the last one to leave stops the server.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from clusters_portal.launcher.binaries import as_service_user, find_programs, major_version
from clusters_portal.launcher.failures import LaunchError
from clusters_portal.launcher.places import Places, places_of, prepare
from clusters_portal.launcher.processes import command_line, end_process, is_alive, start_stamp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Purpose = Literal["demo", "test"]
OWNER = "portal_owner"
WEB_ROLE = "portal_web"
DATABASE = "portal"
START_SECONDS = 60.0
READY_LINE = 7
FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL cluster of a checkout."""

    places: Places
    purpose: Purpose

    @property
    def data(self) -> Path:
        """The data folder, owned by the servers' user."""
        return self.places.state / f"postgres-{self.purpose}" / "data"

    @property
    def socket_folder(self) -> Path:
        """The folder with the server's socket."""
        return self.places.sockets / self.purpose

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.data.parent / "server.log"

    def url(self, database: str = DATABASE, role: str = OWNER) -> str:
        """The connection address of one database, for settings and libpq alike."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket_folder), safe='')}"


def cluster_of(checkout: Path, purpose: Purpose = "demo") -> Cluster:
    """The checkout's cluster for this purpose; makes nothing."""
    return Cluster(places_of(checkout), purpose)


def database_url(checkout: Path, *, purpose: Purpose = "demo") -> str:
    """The address the checkout's database has or will have; starts nothing."""
    return cluster_of(checkout, purpose).url()


def ensure_database(checkout: Path, *, purpose: Purpose = "demo", durable: bool = True) -> str:
    """Make the cluster when it is missing, start it when it rests; return its address."""
    cluster = cluster_of(checkout, purpose)
    prepare(cluster.places)
    with _starting(cluster):
        if server_pid(cluster) is None:
            _start(cluster, durable=durable)
        _wait_ready(cluster)
        _ensure_portal_database(cluster)
    return cluster.url()


def stop_database(checkout: Path, *, purpose: Purpose = "demo") -> bool:
    """Stop the cluster's server; False when none was running."""
    cluster = cluster_of(checkout, purpose)
    pid = server_pid(cluster)
    if pid is None:
        return False
    # SIGINT is PostgreSQL's fast shutdown: sessions are ended, everything is written.
    end_process(pid, start_stamp(pid), first=signal.SIGINT, patience=30)
    return True


@contextlib.contextmanager
def leased_database(
    checkout: Path, *, purpose: Purpose = "demo", durable: bool = True
) -> Iterator[str]:
    """Use the database; it is started when needed and stopped when nobody is left."""
    places = places_of(checkout)
    prepare(places)
    # For reading only: opening a file that another user made for writing may be refused.
    path = places.sockets / f"{purpose}.lease"
    path.touch(mode=0o600)
    with path.open("rb") as lease:
        fcntl.flock(lease, fcntl.LOCK_SH)
        try:
            yield ensure_database(checkout, purpose=purpose, durable=durable)
        finally:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
                stop_database(checkout, purpose=purpose)


def server_pid(cluster: Cluster) -> int | None:
    """The running server's process id, if it is this cluster's and alive."""
    lines = _pid_file(cluster)
    if not lines or not lines[0].isdigit():
        return None
    pid = int(lines[0])
    said = command_line(pid)
    ours = not said or str(cluster.data) in said
    return pid if is_alive(pid) and ours else None


def run_sql(cluster: Cluster, sql: str, database: str = "postgres") -> str:
    """Run one statement as the owner and return its bare answer."""
    programs = find_programs(cluster.places)
    address = cluster.url(database)
    done = subprocess.run(
        [str(programs / "psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", address, "-c", sql],
        capture_output=True,
        text=True,
        check=False,
        env=_environment(),
    )
    if done.returncode:
        raise LaunchError(f"The database refused a set-up step: {done.stderr.strip()}")
    return done.stdout.strip()


@contextlib.contextmanager
def _starting(cluster: Cluster) -> Iterator[None]:
    """Only one process at a time makes or starts the cluster."""
    path = cluster.places.sockets / f"{cluster.purpose}.start"
    path.touch(mode=0o600)
    with path.open("rb") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _start(cluster: Cluster, *, durable: bool) -> None:
    programs = find_programs(cluster.places)
    cluster.places.owned_folder(cluster.data.parent)
    cluster.places.owned_folder(cluster.socket_folder)
    if not _fits(cluster, programs):
        _initialise(cluster, programs)
    # A pid file left by a killed server whose number somebody else has now would stop it.
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)
    if cluster.log.exists():
        cluster.log.replace(cluster.log.with_suffix(".log.1"))
    settings = [
        "listen_addresses=",
        f"unix_socket_directories={cluster.socket_folder}",
        "unix_socket_permissions=0700",
        "max_connections=80",
        "timezone=UTC",
        *([] if durable else FORGETFUL),
    ]
    options = [part for setting in settings for part in ("-c", setting)]
    # The shell lets go of the server at once, so that it outlives whoever started it.
    command = ["/bin/sh", "-c", '"$@" &', "sh", str(programs / "postgres")]
    with cluster.log.open("ab") as log:
        subprocess.run(
            [*command, "-D", str(cluster.data), *options],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=True,
            cwd="/",
            env=_environment(),
            start_new_session=True,
            **as_service_user(cluster.places),
        )


def _initialise(cluster: Cluster, programs: Path) -> None:
    """Make the cluster beside its final place, so that a broken attempt is never used."""
    half = cluster.data.with_name("data.half")
    command = [str(programs / "initdb"), "-D", str(half), "-U", OWNER, "-A", "trust"]
    command += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    (cluster.data.parent / "ready").unlink(missing_ok=True)
    for old in (half, cluster.data):
        shutil.rmtree(old, ignore_errors=True)
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env=_environment(),
        **as_service_user(cluster.places),
    )
    if done.returncode:
        raise LaunchError(f"The database could not be made: {done.stderr.strip()}")
    half.rename(cluster.data)


def _fits(cluster: Cluster, programs: Path) -> bool:
    """Whether the data were made by this PostgreSQL; only tests' data may be thrown away."""
    mark = cluster.data / "PG_VERSION"
    if not mark.exists():
        return False
    made_by, running = mark.read_text().strip(), str(major_version(programs, cluster.places))
    if made_by != running and cluster.purpose == "demo":
        raise LaunchError(
            f"The database in {cluster.data} was made by PostgreSQL {made_by}, but only"
            f" {running} is here; move that folder away to start afresh."
        )
    return made_by == running


def _wait_ready(cluster: Cluster) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        lines = _pid_file(cluster)
        if len(lines) > READY_LINE and lines[READY_LINE].strip() == "ready":
            return
        if time.monotonic() > end or (not lines and _said_fatal(cluster)):
            raise LaunchError(f"The database did not start; its log is {cluster.log}.")
        time.sleep(0.02)


def _said_fatal(cluster: Cluster) -> bool:
    return "FATAL" in cluster.log.read_text(errors="replace")[-2000:]


def _ensure_portal_database(cluster: Cluster) -> None:
    """The database and the web role, once; a mark in the folder spares the questions."""
    mark = cluster.data.parent / "ready"
    if mark.exists():
        return
    if not run_sql(cluster, f"SELECT 1 FROM pg_roles WHERE rolname = '{WEB_ROLE}'"):  # noqa: S608
        run_sql(cluster, f"CREATE ROLE {WEB_ROLE} LOGIN")
    if not run_sql(cluster, f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"):  # noqa: S608
        run_sql(cluster, f"CREATE DATABASE {DATABASE}")
    mark.touch()


def _pid_file(cluster: Cluster) -> list[str]:
    with contextlib.suppress(OSError):
        return (cluster.data / "postmaster.pid").read_text().splitlines()
    return []


def _environment() -> dict[str, str]:
    """Settings of the person's own PostgreSQL tools must not reach ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
