"""The repository's own nginx configuration before a portal: it stamps arrivals and keeps a log."""

from __future__ import annotations

import re
import shutil
import socket
import ssl
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin") or ""
OPENSSL = shutil.which("openssl") or ""
CONFIGURATION = ROOT / "deploy" / "nginx.conf"
FRAME = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections {lines}; }}
http {{
  default_type text/html; {log}
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  include {folder}/portal.conf;
}}
"""
QUIET = "access_log off;"
LOG = (
    "log_format arrivals '$arrived $status $request_time $http_x_drill_act';"
    " access_log {folder}/arrivals.log arrivals;"
)
LINES = 2048
START_SECONDS = 10.0


@dataclass(frozen=True)
class Arrival:
    """One request as the front saw it; ``act`` is the mark that the drill's client gave it."""

    stamp: float
    status: int
    seconds: float
    act: str


class Front:
    """nginx as a process of our own, before the portal that listens at ``upstream``."""

    def __init__(self, folder: Path, upstream: str) -> None:
        folder.mkdir()
        self.folder, self.port = folder, free_port()
        make_certificate(folder)
        text = CONFIGURATION.read_text(encoding="utf-8")
        shaped = adapted(text, free_port(), self.port, upstream, folder)
        (folder / "portal.conf").write_text(shaped)
        frame = FRAME.format(folder=folder, lines=LINES, log=LOG.format(folder=folder))
        (folder / "nginx.conf").write_text(frame)
        command = [NGINX, "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"]
        self.process = subprocess.Popen(command)
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        said = (self.folder / "error.log").read_text(errors="replace")
        raise SystemExit(f"The front did not start:\n{said[-2000:]}")

    def trust(self) -> ssl.SSLContext:
        """What a client needs to believe its certificate."""
        return ssl.create_default_context(cafile=self.folder / "portal.crt")

    def arrivals(self) -> list[Arrival]:
        """Every request that a client of the drill has marked, in the order of the log."""
        rows = [row.split() for row in (self.folder / "arrivals.log").read_text().splitlines()]
        return [
            Arrival(float(stamp), int(status), float(seconds), act)
            for stamp, status, seconds, act in (row for row in rows if len(row) == 4)
            if act != "-"
        ]

    def close(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(10)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_certificate(folder: Path) -> None:
    """A key and a certificate for localhost, good for two days."""
    words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    words += " -addext subjectAltName=DNS:localhost -keyout portal.key -out portal.crt"
    subprocess.run([OPENSSL, *words.split()], cwd=folder, check=True, capture_output=True)


def adapted(text: str, plain: int, secure: int, upstream: str, certificate: Path) -> str:
    """Only addresses, ports and folders differ from what the composition mounts."""
    text = text.replace("server web:8000", f"server {upstream}")
    text = text.replace("listen 80", f"listen 127.0.0.1:{plain}")
    text = text.replace("listen 443", f"listen 127.0.0.1:{secure}")
    text = text.replace("/etc/nginx/certificates", str(certificate))
    text = text.replace("/etc/nginx/pages", str(ROOT / "deploy" / "pages"))
    return text if _version() >= (1, 25, 1) else text.replace("http2 on;", "")


def _version() -> tuple[int, ...]:
    said = subprocess.run([NGINX, "-v"], capture_output=True, text=True, check=True).stderr
    found = re.search(r"/([\d.]+)", said)
    return tuple(int(part) for part in found[1].split(".")) if found else (0,)
