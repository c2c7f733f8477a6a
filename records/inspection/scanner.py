"""The port to a virus scanner: ClamAV's daemon over a socket, or the sample scanner.

Without an answer a file waits: what was not scanned is never read by anybody.
"""

from __future__ import annotations

import io
import socket
import struct
import zipfile
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

_PIECE = 64 * 1024
CONNECT_SECONDS, ANSWER_SECONDS = 3, 90
# Put together here, so that scanners of source code do not take fright.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a scanner says of a file."""

    engine: str
    virus: str = ""


class ScannerAway(Exception):
    """No scanner answers, or it could not finish."""


class Scanner(Protocol):
    """Reads a file and says whether it knows it as harmful."""

    def scan(self, data: bytes) -> Verdict:
        """Scan a file.

        Raises:
            ScannerAway: there is no verdict.
        """


class ClamScanner:
    """ClamAV's daemon, asked with INSTREAM; the file never gets a path of its own."""

    def __init__(self, address: str) -> None:
        self._address = address

    def scan(self, data: bytes) -> Verdict:
        """Scan a file."""
        engine = self._ask(b"zVERSION\0", b"")
        stream = io.BytesIO()
        for start in range(0, len(data), _PIECE):
            piece = data[start : start + _PIECE]
            stream.write(struct.pack(">I", len(piece)) + piece)
        answer = self._ask(b"zINSTREAM\0", stream.getvalue() + struct.pack(">I", 0))
        if answer.endswith("FOUND"):
            return Verdict(engine, answer.removeprefix("stream:").removesuffix("FOUND").strip())
        if answer != "stream: OK":
            raise ScannerAway(answer or "no answer")
        return Verdict(engine)

    def _ask(self, command: bytes, body: bytes) -> str:
        try:
            with self._connected() as line:
                line.settimeout(ANSWER_SECONDS)
                line.sendall(command + body)
                answer = b""
                while (piece := line.recv(4096)) and len(answer) < 10_000:
                    answer += piece
        except OSError as error:
            raise ScannerAway(str(error)) from error
        return answer.rstrip(b"\0\n").decode("utf-8", "replace")

    def _connected(self) -> socket.socket:
        kind, _, place = self._address.partition(":")
        if kind == "unix":
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(CONNECT_SECONDS)
            try:
                line.connect(place)
            except OSError:
                line.close()
                raise
            return line
        host, _, port = place.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=CONNECT_SECONDS)


class SampleScanner:
    """Knows one harmless test virus, also inside containers; for the sample world and tests."""

    def scan(self, data: bytes) -> Verdict:
        """Scan a file."""
        found = EICAR in data or any(EICAR in part for part in _parts(data))
        return Verdict("Sample scanner", "Eicar-Test-Signature" if found else "")


def _parts(data: bytes) -> list[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            return [container.read(name) for name in container.namelist()]
    except (zipfile.BadZipFile, RuntimeError, OSError):
        return []


class NoScanner:
    """Nobody has named a scanner: every file waits."""

    def scan(self, data: bytes) -> Verdict:
        """Say that there is no verdict."""
        message = f"PORTAL_SCANNER is not set; {len(data)} bytes wait"
        raise ScannerAway(message)


def scanner() -> Scanner:
    """Return the scanner that ``settings.SCANNER`` names: sample, unix:PATH or tcp:HOST:PORT."""
    if settings.SCANNER == "sample":
        return SampleScanner()
    return ClamScanner(settings.SCANNER) if settings.SCANNER else NoScanner()
