"""The scanner's port against a stand-in for ClamAV's daemon on a socket."""

import socket
import struct
import threading

import pytest

from records.checks import check_scanner
from records.inspection import scanner as port
from records.inspection.scanner import EICAR, ClamScanner, SampleScanner, ScannerAway

VERSION = b"ClamAV 1.4.1/27500/Sat Nov 21 09:00:00 2026\0"


class Daemon:
    """Speaks INSTREAM; says what it is told to say, or what it finds."""

    def __init__(self, path, *, answer=None, silent=False):
        self.answer, self.silent, self.received = answer, silent, b""
        self.line = socket.socket(socket.AF_UNIX)
        self.line.bind(str(path))
        self.line.listen()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                peer, _ = self.line.accept()
            except OSError:
                return
            with peer:
                self.talk(peer)

    def talk(self, peer):
        command = peer.recv(10, socket.MSG_PEEK)
        if command.startswith(b"zVERSION"):
            peer.recv(100)
            peer.sendall(VERSION)
            return
        stream = peer.makefile("rb")
        stream.read(len(b"zINSTREAM\0"))
        while size := struct.unpack(">I", stream.read(4))[0]:
            self.received += stream.read(size)
        if not self.silent:
            found = b"stream: Eicar-Test-Signature FOUND\0"
            peer.sendall(self.answer or (found if EICAR in self.received else b"stream: OK\0"))


@pytest.fixture
def daemon(tmp_path):
    made = []

    def start(**told):
        made.append(Daemon(tmp_path / "clamd", **told))
        return made[-1], ClamScanner(f"unix:{tmp_path / 'clamd'}")

    yield start
    for one in made:
        one.line.close()


def test_a_clean_file_is_sent_in_pieces_and_found_clean(daemon):
    there, asked = daemon()
    data = b"x" * 200_000
    verdict = asked.scan(data)
    assert there.received == data
    assert (verdict.virus, verdict.engine) == ("", VERSION.decode().rstrip("\0"))


def test_a_virus_is_named(daemon):
    _, asked = daemon()
    assert asked.scan(b"a" + EICAR).virus == "Eicar-Test-Signature"


@pytest.mark.parametrize(
    "answer",
    [b"INSTREAM size limit exceeded. ERROR\0", b"stream: Can't allocate ERROR\0", b"nonsense"],
)
def test_an_error_is_no_verdict(daemon, answer):
    _, asked = daemon(answer=answer)
    with pytest.raises(ScannerAway):
        asked.scan(b"a")


def test_silence_is_no_verdict(daemon):
    _, asked = daemon(silent=True)
    with pytest.raises(ScannerAway):
        asked.scan(b"a")


def test_a_scanner_that_hangs_is_left_after_its_time(tmp_path, monkeypatch):
    monkeypatch.setattr(port, "ANSWER_SECONDS", 0.2)
    line = socket.socket(socket.AF_UNIX)
    line.bind(str(tmp_path / "clamd"))
    line.listen()
    with line, pytest.raises(ScannerAway, match="timed out"):
        ClamScanner(f"unix:{tmp_path / 'clamd'}").scan(b"a")


def test_no_socket_is_no_verdict(tmp_path):
    with pytest.raises(ScannerAway):
        ClamScanner(f"unix:{tmp_path / 'nowhere'}").scan(b"a")


def test_the_setting_chooses(settings):
    settings.SCANNER = "tcp:scanner:3310"
    assert isinstance(port.scanner(), ClamScanner)
    settings.SCANNER = "sample"
    assert isinstance(port.scanner(), SampleScanner)
    settings.SCANNER = ""
    with pytest.raises(ScannerAway):
        port.scanner().scan(b"")


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("sample", ["records.E001"]),
        ("", []),
        ("clamd:3310", ["records.E002"]),
        ("tcp:clamd:3310", []),
        ("unix:/run/clamav/clamd.ctl", []),
    ],
)
def test_an_operator_is_told_before_the_portal_opens(settings, named, found):
    settings.SCANNER = named
    assert [one.id for one in check_scanner()] == found
