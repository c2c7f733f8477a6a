"""What the composition promises: read from its files, since no test may open a port.

Planted: ``ssl_protocols TLSv1.1`` and a literal password in the composition; seen red.
"""

import re

from tests.house.tree import ROOT

NGINX = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
IMAGE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
EXAMPLE = (ROOT / "deploy" / "example.env").read_text(encoding="utf-8")


def test_the_front_speaks_current_tls_only():
    (protocols,) = re.findall(r"ssl_protocols\s+([^;]+);", NGINX)
    assert set(protocols.split()) == {"TLSv1.2", "TLSv1.3"}
    assert "server_tokens off" in NGINX
    assert "autoindex on" not in NGINX


def test_plain_http_is_only_redirected():
    """The portal makes the redirect (settings), since only it knows its hosts; no body gets in."""
    (plain,) = [block for block in NGINX.split("server {")[1:] if "listen 80" in block]
    assert "X-Forwarded-Proto http;" in plain
    assert "proxy_pass_request_body off;" in plain
    assert "$host$request_uri" not in plain, "a redirect to whatever host was asked for"


def test_the_front_passes_on_to_the_portal_only():
    assert set(re.findall(r"proxy_pass\s+(\S+?);", NGINX)) == {"http://portal"}
    assert "$http_" not in NGINX, "no address is taken from a request"


def test_the_front_overwrites_what_a_reader_may_claim():
    overwritten = set(re.findall(r"proxy_set_header\s+(\S+)", NGINX))
    assert {"X-Request-Arrived", "X-Forwarded-Proto", "X-Forwarded-For", "Host"} <= overwritten
    assert "$proxy_add_x_forwarded_for" not in NGINX, "a claimed address would be passed on"


def test_the_composition_holds_no_password():
    named = re.findall(r"^\s*(\w*(?:PASSWORD|SECRET)\w*): (\S+)", COMPOSE, re.MULTILINE)
    assert named
    assert [value for _, value in named if not value.startswith("${")] == []


def test_no_secret_is_in_the_image():
    assert "ENV PORTAL_" not in IMAGE
    assert "ARG PORTAL_" not in IMAGE
    assert re.search(r"^USER (?!root)", IMAGE, re.MULTILINE)
    ignored = ROOT / ".dockerignore"
    assert not ignored.exists() or "portal.env" in ignored.read_text(encoding="utf-8")
    assert re.search(r"^PORTAL_SECRET_KEY=$", EXAMPLE, re.MULTILINE)
