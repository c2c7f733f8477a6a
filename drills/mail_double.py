"""A mail server that keeps what it is given, and can refuse or hang up."""

from __future__ import annotations

import contextlib
import re
import socketserver
import threading
import time
from collections import Counter

RECIPIENT = re.compile(rb"RCPT TO:<([^>]+)>", re.IGNORECASE)


class MailDouble:
    """Listens on the loopback address; ``mode`` is ok, refuse (451) or hang-up."""

    def __init__(self) -> None:
        self.mode = "ok"
        self.received: list[tuple[float, str]] = []
        double = self

        class Line(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                with contextlib.suppress(OSError):  # a worker that was killed hangs up
                    double.talk(self)

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Line)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server.server_address[1])

    def talk(self, line: socketserver.StreamRequestHandler) -> None:
        """Speak as much SMTP as Django's backend does."""
        if self.mode == "hang-up":
            return
        self._say(line, b"220 double")
        recipients: list[str] = []
        while said := line.rfile.readline():
            word = said[:4].upper()
            if word == b"QUIT":
                self._say(line, b"221 bye")
                return
            if self.mode == "refuse" and word in {b"MAIL", b"RCPT"}:
                self._say(line, b"451 try again later")
                continue
            if word == b"DATA":
                self._take(line, recipients)
                recipients = []
                continue
            found = RECIPIENT.match(said)
            recipients += [found.group(1).decode()] if found else []
            self._say(line, b"250 ok")

    def _take(self, line: socketserver.StreamRequestHandler, recipients: list[str]) -> None:
        self._say(line, b"354 go on")
        while (row := line.rfile.readline()) and row.rstrip(b"\r\n") != b".":
            pass
        self.received += [(time.monotonic(), address) for address in recipients]
        self._say(line, b"250 kept")

    def _say(self, line: socketserver.StreamRequestHandler, words: bytes) -> None:
        line.wfile.write(words + b"\r\n")

    def counts(self) -> Counter[str]:
        """How many letters each address got."""
        return Counter(address for _, address in self.received)

    def first_at(self, address: str) -> float | None:
        """When the first letter to an address came."""
        return next((at for at, to in self.received if to == address), None)
