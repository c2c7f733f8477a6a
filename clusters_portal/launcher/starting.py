"""Make a cluster once, and bring its server up again after any kind of end."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

from clusters_portal.launcher.binaries import as_service_user, find_programs, major_version
from clusters_portal.launcher.cluster import OWNER, Cluster, clean_environment, pid_file
from clusters_portal.launcher.failures import LaunchError
from clusters_portal.launcher.processes import is_alive, process_exists, reap

START_SECONDS = 60.0
ORPHANS_SECONDS = 3.0
READY_LINE = 7
FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
# The killed server's last children still hold its memory; PostgreSQL waits for them to go.
PASSING = ("still in use", "already exists")


def start_server(cluster: Cluster, *, durable: bool) -> None:
    """Start the cluster's server (made first when missing) and wait until it is ready."""
    end = time.monotonic() + START_SECONDS
    while True:
        pid = _start(cluster, durable=durable)
        if wait_ready(cluster, end, pid):
            return
        if time.monotonic() > end or not _may_pass(cluster):
            raise LaunchError(f"The database did not start; its log is {cluster.log}.")
        time.sleep(0.5)


def _start(cluster: Cluster, *, durable: bool) -> int:
    programs = find_programs(cluster.places)
    cluster.places.owned_folder(cluster.data.parent)
    cluster.places.owned_folder(cluster.socket_folder)
    if not _fits(cluster, programs):
        _initialise(cluster, programs)
    _clear_traces(cluster)
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
    with cluster.log.open("ab") as log:
        # The shell lets go of the server at once, so that it outlives whoever started it.
        script = '"$@" >&2 </dev/null & echo $!'
        program = [str(programs / "postgres"), "-D", str(cluster.data), *options]
        done = subprocess.run(
            ["/bin/sh", "-c", script, "sh", *program],
            stdout=subprocess.PIPE,
            stderr=log,
            check=True,
            text=True,
            cwd="/",
            env=clean_environment(),
            start_new_session=True,
            **as_service_user(cluster.places),
        )
    return int(done.stdout)


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
        env=clean_environment(),
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


def wait_ready(cluster: Cluster, end: float, pid: int | None = None) -> bool:
    """Wait for the server's own word that it is ready; False when it ended or took too long."""
    while time.monotonic() < end:
        lines = pid_file(cluster)
        if len(lines) > READY_LINE and lines[READY_LINE].strip() == "ready":
            return True
        if pid is not None and not is_alive(pid):
            return False
        time.sleep(0.02)
    return False


def _may_pass(cluster: Cluster) -> bool:
    said = cluster.log.read_text(errors="replace")[-4000:]
    return any(words in said for words in PASSING)


def _clear_traces(cluster: Cluster) -> None:
    """Remove a killed server's pid file when its number would mislead PostgreSQL.

    A number that is free is PostgreSQL's own business: it also checks for the dead
    server's children. One that a zombie or a stranger holds now would stop it for ever.
    """
    lines = pid_file(cluster)
    if not lines or not lines[0].isdigit():
        return
    reap(int(lines[0]))
    if process_exists(int(lines[0])):
        time.sleep(ORPHANS_SECONDS)
        (cluster.data / "postmaster.pid").unlink(missing_ok=True)
        for lock in cluster.socket_folder.glob(".s.PGSQL.*.lock"):
            lock.unlink(missing_ok=True)
