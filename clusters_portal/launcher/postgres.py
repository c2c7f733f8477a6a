"""A PostgreSQL server of the checkout's own: initdb once, unix socket only, no TCP.

``purpose`` keeps the demo world's server and the tests' server apart. Whoever uses a
server holds a shared lease (a file lock, which the kernel drops when its holder dies,
however it dies); the last one to leave stops the server.
"""

from __future__ import annotations

import contextlib
import fcntl
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from clusters_portal.launcher.cluster import (
    DATABASE,
    WEB_ROLE,
    Cluster,
    Purpose,
    cluster_of,
    run_sql,
    server_pid,
)
from clusters_portal.launcher.failures import LaunchError
from clusters_portal.launcher.places import places_of, prepare
from clusters_portal.launcher.processes import end_process, start_stamp
from clusters_portal.launcher.starting import START_SECONDS, start_server, wait_ready

__all__ = [
    "Cluster",
    "cluster_of",
    "database_url",
    "ensure_database",
    "leased_database",
    "run_sql",
    "server_pid",
    "stop_database",
]


def database_url(checkout: Path, *, purpose: Purpose = "demo") -> str:
    """The address the checkout's database has or will have; starts nothing."""
    return cluster_of(checkout, purpose).url()


def ensure_database(checkout: Path, *, purpose: Purpose = "demo", durable: bool = True) -> str:
    """Make the cluster when it is missing, start it when it rests; return its address."""
    cluster = cluster_of(checkout, purpose)
    prepare(cluster.places)
    with _starting(cluster):
        if server_pid(cluster) is None:
            start_server(cluster, durable=durable)
        elif not wait_ready(cluster, time.monotonic() + START_SECONDS):
            raise LaunchError(f"The database does not get ready; its log is {cluster.log}.")
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


@contextlib.contextmanager
def _starting(cluster: Cluster) -> Iterator[None]:
    """Only one process at a time makes or starts the cluster."""
    path = cluster.places.sockets / f"{cluster.purpose}.start"
    path.touch(mode=0o600)
    with path.open("rb") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


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
