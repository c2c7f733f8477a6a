"""What goes wrong says so in plain words, and tells nobody how the portal is built.

Planted: ``DEBUG = True`` and a formatter without the mask; both were seen red.
"""

import io
import json
import logging

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from certification.queries.personal_links import token_of
from clusters_portal.logs import JsonFormatter
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.certification_groups import firm_entry, invite, link_of, make_group

TELLING = ("Traceback", "Exception", "psycopg", "django", "SELECT ", "site-packages", ".py")
SECRET = "Key (email)=(jo.hidden@example.org) already exists"


@pytest.fixture
def broken(monkeypatch):
    def fail(_day):
        raise IntegrityError(SECRET)

    monkeypatch.setattr("clusters_portal.web.home.front_page", fail)


@pytest.fixture
def log():
    """What the portal's own formatter writes, as an operator's file would hold it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream.getvalue
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.parametrize("path", ["/", "/nothing/", "/?q=%00", "/register/zz-guessed/"])
@pytest.mark.parametrize("accept", ["text/html", "application/json", "*/*"])
def test_error_pages_tell_nothing_of_the_inside(broken, path, accept):
    answer = Client(raise_request_exception=False).get(path, headers={"Accept": accept})
    assert answer.status_code in {400, 404, 500}
    words = answer.content.decode()
    assert [word for word in TELLING if word in words] == []
    assert "Server" not in answer.headers
    assert "X-Powered-By" not in answer.headers
    assert SECRET not in words


def test_an_error_of_the_api_is_a_problem_and_tells_nothing(monkeypatch):
    def fail(*_anything, **_more):
        raise IntegrityError(SECRET)

    monkeypatch.setattr("certification.api.register.register", fail)
    answer = Client(raise_request_exception=False).get("/api/v1/register/")
    assert answer.status_code == 500
    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["code"] == "server_error"
    assert SECRET not in answer.content.decode()


def test_an_unexpected_error_is_logged_with_its_request_and_without_the_address(broken, log):
    answer = Client(raise_request_exception=False).get("/")
    lines = [json.loads(line) for line in log().splitlines()]
    failed = [line for line in lines if line["level"] == "error"]
    assert failed
    assert "IntegrityError" in failed[0]["exception"]
    assert failed[0]["request_id"] == answer["X-Request-ID"]
    assert "jo.hidden" not in log()


def test_the_log_holds_no_secret_of_a_whole_journey(log):
    user, group = make_user(email="log.reader@example.org"), make_group()
    firm = invite(group, firm_entry("Kiln & Sons"))[0]
    token = link_of(firm)
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD + "wrong"})
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    client.get(reverse("certification:confirm", args=[token]))
    client.post(reverse("certification:request_code", args=[token]))
    client.get(f"/groups/seats/accept/{token_of('unknown')}/")
    client.get(f"/confirm/{token_of('never made')}/")
    client.get(f"/groups/{group.reference}/")
    client.post(reverse("account_reset_password"), {"email": user.email})
    written = log()
    assert written.count("\n") > 8
    secrets = [PASSWORD, user.email, token, token_of("unknown"), token_of("never made")]
    secrets += [client.cookies["sessionid"].value, client.cookies["csrftoken"].value]
    secrets += [firm.contact_email, group.reference]
    assert [secret for secret in secrets if secret in written] == []


def test_a_line_break_does_not_forge_a_line(log):
    forged = 'ok\n{"at": "now", "level": "info", "message": "forged"}'
    logging.getLogger("clusters_portal.requests").warning(forged)
    Client().get("/%0a%7bforged%7d/", headers={"Host": "a\nforged"})
    for line in log().splitlines():
        assert json.loads(line)["message"] != "forged"


def test_structured_lines_go_the_same_way(log, capsys):
    import structlog  # noqa: PLC0415 - only here

    structlog.get_logger("trail").warning("odd_thing", who="jo.hidden@example.org", text="a\nb")
    (line,) = [json.loads(line) for line in log().splitlines()]
    assert (line["message"], line["text"]) == ("odd_thing", "a\nb")
    assert line["who"] == "[mail address]"
    assert capsys.readouterr().out == ""


def test_a_formatter_without_the_mask_is_found(log, monkeypatch):
    """The twin: the journey's test above would see a mail address."""
    monkeypatch.setattr("clusters_portal.logs.MASK", r"\g<0>")
    logging.getLogger("x").warning("jo.hidden@example.org")
    assert "jo.hidden" in log()


NOT_SERVED = [
    "/.git/config",
    "/.env",
    "/manage.py",
    "/static/",
    "/static/../manage.py",
    "/static/%2e%2e/manage.py",
    "/var/seals.jsonl",
    "/admin/",
    "/debug/",
    "/server-status",
    "/accounts/signup/../../manage.py",
]


@pytest.mark.parametrize("path", NOT_SERVED)
def test_nothing_but_pages_is_served(client, path):
    assert client.get(path).status_code == 404


def lines_of(log):
    return [json.loads(line) for line in log().splitlines()]


def test_sign_ins_and_failures_are_logged(log):
    user, client = make_user(), Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD + "wrong"})
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    client.post("/accounts/logout/")
    said = [line for line in lines_of(log) if line["logger"] == "clusters_portal.sign_in"]
    assert [line["message"] for line in said] == ["sign-in refused", "signed in", "signed out"]
    assert said[1]["person"] == said[2]["person"] == user.pk
    assert "person" not in said[0]


def test_a_line_names_who_asked_by_number(log):
    user, client, group = make_user(), Client(), make_group()
    client.force_login(user)
    answer = client.get(f"/groups/{group.reference}/")
    (line,) = [one for one in lines_of(log) if one["logger"] == "clusters_portal.requests"]
    assert (line["status"], line["person"]) == (404, user.pk)
    assert line["view"] == "certification:group"
    assert line["request_id"] == answer["X-Request-ID"]
    assert line["at"].endswith("+00:00")


def test_attempts_to_get_around_are_logged(log):
    client = Client(enforce_csrf_checks=True)
    client.get("/?q=%00")
    client.post("/accounts/login/", {"login": "a"})
    client.get("/", headers={"Host": "evil.example"})
    said = {line["logger"] for line in lines_of(log) if line["level"] in {"warning", "error"}}
    expected = {"clusters_portal.middleware.well_formed", "django.security.csrf"}
    assert expected | {"django.security.DisallowedHost"} <= said
