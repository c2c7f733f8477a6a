"""The repository's own nginx configuration before the portal: what it overwrites and refuses."""

import http.client
import json
import re
import socket
import ssl
import subprocess
import threading
import time

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test.testcases import QuietWSGIRequestHandler

from drills.front import (
    CONFIGURATION,
    FRAME,
    NGINX,
    OPENSSL,
    QUIET,
    adapted,
    free_port,
    make_certificate,
)
from records.rules.files import LARGEST

needs_nginx = pytest.mark.skipif(
    not NGINX or not OPENSSL, reason="no nginx or no openssl on this machine"
)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("certificates")
    make_certificate(folder)
    return folder


class Front:
    """nginx as a process of our own; ``ask`` speaks TLS with it and checks the certificate."""

    def __init__(self, plain: int, secure: int, certificate) -> None:
        self.plain, self.secure = plain, secure
        self.context = ssl.create_default_context(cafile=certificate / "portal.crt")

    def ask(self, path="/health/skew", *, method="GET", body=None, headers=None, is_plain=False):
        if is_plain:
            line = http.client.HTTPConnection("localhost", self.plain, timeout=20)
        else:
            line = http.client.HTTPSConnection(
                "localhost", self.secure, timeout=20, context=self.context
            )
        try:
            line.request(method, path, body=body, headers=headers or {})
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read().decode(errors="replace")
        finally:
            line.close()


@pytest.fixture
def run_front(tmp_path, certificate):
    started = []

    def run(upstream: str, *, without: str = "") -> Front:
        plain, secure = free_port(), free_port()
        text = CONFIGURATION.read_text(encoding="utf-8")
        assert without in text
        text = text.replace(without, "") if without else text
        shaped = adapted(text, plain, secure, upstream, certificate)
        (tmp_path / "portal.conf").write_text(shaped)
        (tmp_path / "nginx.conf").write_text(FRAME.format(folder=tmp_path, lines=64, log=QUIET))
        command = [NGINX, "-p", tmp_path, "-c", tmp_path / "nginx.conf"]
        process = subprocess.Popen([*command, "-e", tmp_path / "error.log"])
        started.append(process)
        end = time.monotonic() + 10
        while process.poll() is None and time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", secure)) == 0:
                    break
            time.sleep(0.05)
        assert process.poll() is None, (tmp_path / "error.log").read_text()
        return Front(plain, secure, certificate)

    yield run
    for process in started:
        process.terminate()
        process.wait(10)


@pytest.fixture
def portal(settings):
    """The application with production's rules about hosts and TLS, on a port of its own."""
    settings.TRUSTED_FRONTS = frozenset({"127.0.0.1"})
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
    server.set_app(WSGIHandler())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def front(run_front, portal):
    return run_front(portal)


pytestmark = [pytest.mark.enable_socket, pytest.mark.django_db(transaction=True)]


@needs_nginx
def test_a_forged_arrival_is_overwritten(front):
    forged = time.time() - 60  # plausible: only the front can tell that it is not true
    _, _, text = front.ask(headers={"X-Request-Arrived": str(forged)})
    told = json.loads(text)
    assert told["stamp_sent"] is True
    assert abs(told["seconds"]) < 10


@needs_nginx
def test_without_the_front_s_line_the_forgery_would_count(run_front, portal):
    """The planted fault: the test above would see it."""
    front = run_front(portal, without="proxy_set_header X-Request-Arrived $arrived;")
    _, _, text = front.ask(headers={"X-Request-Arrived": str(time.time() - 60)})
    assert json.loads(text)["seconds"] > 50


@needs_nginx
def test_a_forged_scheme_and_reader_are_overwritten(front):
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    status, answer, _ = front.ask("/", headers=headers, is_plain=True)
    assert (status, answer["Location"][:8]) == (301, "https://")


@needs_nginx
def test_a_poisoned_host_is_refused_on_both_doors(front):
    for is_plain in (False, True):
        status, answer, text = front.ask("/", headers={"Host": "evil.example"}, is_plain=is_plain)
        assert status == 400
        assert "evil" not in text + str(answer)


@needs_nginx
def test_a_head_of_100_kb_is_refused_in_words(front):
    status, _, text = front.ask(headers={"X-Long": "x" * 100_000})
    assert status in {400, 431, 494}
    assert "could not be read" in text
    assert front.ask()[0] == 200, "nobody else notices"


@needs_nginx
def test_a_body_that_is_too_large_gets_a_page_with_the_security_headers(front):
    line = {"Content-Length": str(70 * 1024 * 1024), "Content-Type": "application/octet-stream"}
    status, answer, text = front.ask("/", method="POST", body=b"x", headers=line)
    assert status == 413
    assert "too large to send" in text
    assert "max-age=31536000" in answer["Strict-Transport-Security"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "nginx/" not in (answer["Server"] or "")


@needs_nginx
def test_pages_through_the_front_carry_hsts_and_no_version(front):
    status, answer, _ = front.ask("/health/live")
    assert status == 200
    assert "max-age=31536000" in answer["Strict-Transport-Security"]
    assert answer["Server"] == "nginx"


@needs_nginx
def test_when_the_portal_is_away_a_calm_page_says_so(run_front):
    front = run_front(f"127.0.0.1:{free_port()}")
    status, answer, text = front.ask("/register/")
    assert (status, answer["Retry-After"]) == (502, "30")
    assert "Nothing that was confirmed to you is lost" in text


@needs_nginx
def test_only_today_s_tls_is_spoken(front):
    modern = ssl.create_default_context(cafile=None)
    modern.check_hostname, modern.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection(("127.0.0.1", front.secure)) as line,
        modern.wrap_socket(line) as spoken,
    ):
        assert spoken.version() in {"TLSv1.2", "TLSv1.3"}
    assert "ssl_protocols       TLSv1.2 TLSv1.3;" in CONFIGURATION.read_text(encoding="utf-8")


def test_the_front_lets_the_largest_document_through():
    limit = re.search(r"client_max_body_size (\d+)m;", CONFIGURATION.read_text(encoding="utf-8"))
    assert int(limit[1]) * 1024 * 1024 > LARGEST + 1024 * 1024
