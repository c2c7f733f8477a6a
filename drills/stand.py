"""Where a drill takes place: servers, folders and port of its own, gone afterwards."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from clusters_portal.launcher.cluster import WEB_ROLE, cluster_of, run_sql, server_pid
from clusters_portal.launcher.places import places_of
from clusters_portal.launcher.record import read_services
from clusters_portal.launcher.running import stop_portal
from clusters_portal.launcher.valkey import broker_url
from drills.portal import SETTINGS

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = {"var", ".git", "node_modules"}
DISK = "1500m"
OPEN_SECONDS, WORLD_SECONDS = 900.0, 900.0
RESTART_SECONDS = 60.0


class Stand:
    """The portal under its own supervisor, over a folder that only links to this checkout."""

    def __init__(self, port: int, mail_port: int) -> None:
        self.port = port
        self.folder = Path(tempfile.mkdtemp(prefix="portal-drill-"))
        self.checkout = self.folder / "checkout"
        self.checkout.mkdir()
        for path in ROOT.iterdir():
            if path.name not in LEFT_OUT:
                (self.checkout / path.name).symlink_to(path)
        (self.checkout / "var").mkdir()
        collected = ROOT / "var" / ".collectstatic"
        if collected.exists():
            shutil.copyfile(collected, self.checkout / "var" / ".collectstatic")
        self.places = places_of(self.checkout)
        self.cluster = cluster_of(self.checkout)
        self.kept = self.places.state / "kept"
        self.has_small_disk = self._mount()
        self.environment = {
            **os.environ,
            "PORTAL_STATE": str(self.kept),
            "DRILL_MAIL_PORT": str(mail_port),
        }
        self.log = self.folder / "supervisor.log"
        self.process: subprocess.Popen[bytes] | None = None

    def _mount(self) -> bool:
        """A disk of its own, small enough to be filled; only root may have one."""
        if os.getuid() != 0 or not shutil.which("mount"):
            return False
        self.places.state.mkdir(mode=0o711)
        command = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(self.places.state)]
        return subprocess.run(command, check=False, capture_output=True).returncode == 0

    def open(self) -> None:
        """Start everything and wait for the first page and the whole demo world."""
        with self.log.open("wb") as log:
            command = [sys.executable, "-m", "drills.portal", str(self.checkout), str(self.port)]
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        self.wait_for("Ctrl-C", OPEN_SECONDS)
        self.wait_for("The demo world is complete", WORLD_SECONDS)

    def wait_for(self, words: str, seconds: float) -> None:
        """Wait until the supervisor has said something."""
        end = time.monotonic() + seconds
        while words not in self.log.read_text(errors="replace"):
            ended = self.process is not None and self.process.poll() is not None
            if ended or time.monotonic() > end:
                said = self.log.read_text(errors="replace")[-2000:]
                raise SystemExit(f"The portal of the drill did not start:\n{said}")
            time.sleep(0.2)

    def close(self) -> None:
        """End every process, unmount, remove every folder."""
        if self.process is not None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(60)
        stop_portal(self.checkout)
        if self.has_small_disk:
            subprocess.run(["umount", "-l", str(self.places.state)], check=False)  # noqa: S607
        for folder in (self.places.state, self.places.sockets, self.folder):
            shutil.rmtree(folder, ignore_errors=True)

    def pid(self, part: str) -> int:
        """The process that the supervisor calls so; the database's server is one of them."""
        if part == "database":
            return server_pid(self.cluster) or 0
        return read_services(self.places).processes.get(part, (0, ""))[0]

    def running_pid(self, part: str) -> int:
        """The part's process, as soon as the supervisor has it running (again)."""
        end = time.monotonic() + RESTART_SECONDS
        while not read_services(self.places).is_running(part):
            if time.monotonic() > end:
                said = self.log.read_text(errors="replace")[-2000:]
                raise SystemExit(f"The {part} did not come back:\n{said}")
            time.sleep(0.2)
        return self.pid(part)

    def sql(self, statement: str) -> str:
        """Ask as the owner."""
        return run_sql(self.cluster, statement, "portal")

    def manage(self, *words: str, database: str = "", module: str = "") -> str:
        """Run a management command (or a module of the drill) as the owner; return what it says."""
        start = ["-m", module] if module else ["manage.py"]
        done = subprocess.run(
            [sys.executable, *start, *words],
            cwd=ROOT,
            env={
                **self.environment,
                "DJANGO_SETTINGS_MODULE": SETTINGS,
                "PORTAL_DATABASE_URL": database or self.cluster.url(),
                "PORTAL_BROKER_URL": broker_url(self.places),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(words)} failed: {done.stderr[-2000:]}{done.stdout[-500:]}")
        return done.stdout

    def seed(self, applications: int) -> dict[str, object]:
        """People, a roster, and applications that only wait to be submitted."""
        told = self.manage(str(applications), module="drills.seed").splitlines()[-1]
        return dict(json.loads(told))

    @property
    def web_role(self) -> str:
        """The login of web and worker."""
        return WEB_ROLE
