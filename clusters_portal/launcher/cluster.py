"""One PostgreSQL cluster of a checkout: its places, its server's id, statements as its owner."""

from __future__ import annotations

import contextlib
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from clusters_portal.launcher.binaries import find_programs
from clusters_portal.launcher.failures import LaunchError
from clusters_portal.launcher.places import Places, places_of
from clusters_portal.launcher.processes import command_line, is_alive

Purpose = Literal["demo", "test"]
OWNER = "portal_owner"
WEB_ROLE = "portal_web"
DATABASE = "portal"


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


def server_pid(cluster: Cluster) -> int | None:
    """The running server's process id, if it is this cluster's and alive."""
    lines = pid_file(cluster)
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
        env=clean_environment(),
    )
    if done.returncode:
        raise LaunchError(f"The database refused a set-up step: {done.stderr.strip()}")
    return done.stdout.strip()


def pid_file(cluster: Cluster) -> list[str]:
    """The lines the server wrote about itself; none when it left in good order."""
    with contextlib.suppress(OSError):
        return (cluster.data / "postmaster.pid").read_text().splitlines()
    return []


def clean_environment() -> dict[str, str]:
    """Settings of the person's own PostgreSQL tools must not reach ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
