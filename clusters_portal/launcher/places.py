"""Where one checkout keeps its servers' data, sockets and logs.

An ordinary user keeps everything in the checkout's own ``var/``. PostgreSQL refuses
to run as root, and a checkout below root's home cannot be read by anybody else; so
for root everything lies under ``/var/tmp`` and the servers run as ``nobody``.
Sockets need short paths (about 100 bytes) whatever the checkout's own depth is.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from clusters_portal.launcher.failures import LaunchError

SERVICE_USER = "nobody"
MAX_SOCKET_FOLDER = 80


@dataclass(frozen=True)
class Places:
    """The folders of one checkout, and the user its servers run as."""

    checkout: Path
    state: Path
    sockets: Path
    service_user: str | None

    def owned_folder(self, path: Path) -> Path:
        """Make a folder that only the servers' user (and root) can enter."""
        private_folder(path, self.service_ids())
        return path

    def service_ids(self) -> tuple[int, int]:
        """User and group that own the servers' files."""
        if self.service_user is None:
            return os.getuid(), os.getgid()
        entry = pwd.getpwnam(self.service_user)
        return entry.pw_uid, entry.pw_gid


def places_of(checkout: Path) -> Places:
    """Work out (without making anything) where this checkout's state lies."""
    checkout = checkout.resolve()
    digest = hashlib.sha256(os.fsencode(checkout)).hexdigest()[:12]
    if os.getuid() == 0:
        state = Path("/var/tmp") / f"clusters-portal-{digest}"  # noqa: S108 - made private below
        return Places(checkout, state, state / "s", SERVICE_USER)
    state = checkout / "var"
    name = f"clusters-portal-{os.getuid()}-{digest}"
    sockets = Path(tempfile.gettempdir()) / name
    if len(os.fsencode(sockets)) > MAX_SOCKET_FOLDER:
        sockets = Path("/tmp") / name  # noqa: S108 - made private below
    return Places(checkout, state, sockets, None)


def prepare(places: Places) -> None:
    """Make the state and socket folders, or say which one cannot be used."""
    mode = 0o711 if places.service_user else 0o700
    for folder in (places.state, places.sockets):
        private_folder(folder, (os.getuid(), os.getgid()), mode=mode)


def private_folder(path: Path, ids: tuple[int, int], *, mode: int = 0o700) -> None:
    """Make a folder with this owner and mode; refuse one that somebody else planted."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {ids[0], os.getuid()}:
            raise LaunchError(f"The folder {path} belongs to somebody else; remove it first.")
        os.chown(path, *ids)
        path.chmod(mode)
    except OSError as error:
        raise LaunchError(f"The folder {path} cannot be used: {error.strerror}.") from error
