"""Every refusal of the API is a problem document (RFC 9457), whoever refused first.

Planted: ``handler404`` of the framework's own, and the throttle taken out of the settings.
"""

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory, override_settings
from rest_framework.settings import api_settings

from accounts.api_limits import PerAddressLimit
from clusters_portal.problems import problem_response
from kit.refusals import NOT_FOUND, refuse
from trail.actions.claim_key import KeyReused

MEMBERS = {"type", "title", "status", "detail", "code"}


@pytest.fixture(autouse=True)
def nobody_has_asked():
    cache.clear()
    yield
    cache.clear()


def check(answer, status, code):
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert set(body) >= MEMBERS
    assert (body["status"], body["code"]) == (status, code)
    assert body["detail"].endswith(".")


def test_there_is_nothing_at_an_unknown_address(client):
    check(client.get("/api/v1/nothing/"), 404, "not_found")
    check(client.get("/api/v2/"), 404, "not_found")
    check(client.get("/api/v1/register/zz-guessed/"), 404, "not_found")


def test_a_malformed_request(client):
    check(client.get("/api/v1/register/?q=%00"), 400, "malformed")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_verb_that_is_not_there(client, method):
    answer = getattr(client, method)("/api/v1/register/")
    check(answer, 405, "method_not_allowed")
    assert "GET" in answer["Allow"]


def test_a_form_that_is_not_there(client):
    check(client.get("/api/v1/register/", headers={"Accept": "text/csv"}), 406, "not_acceptable")


def test_a_parameter_that_is_not_understood(client):
    check(client.get("/api/v1/register/?as_of=never"), 400, "invalid")


def test_an_address_that_asks_without_end_is_told_to_wait(client, monkeypatch):
    monkeypatch.setattr(PerAddressLimit, "THROTTLE_RATES", {"address": "3/min"})
    answers = [client.get("/api/v1/register/") for _ in range(4)]
    assert [answer.status_code for answer in answers[:3]] == [200, 200, 200]
    check(answers[3], 429, "throttled")
    assert int(answers[3]["Retry-After"]) > 0
    other = client.get("/api/v1/register/", REMOTE_ADDR="203.0.113.9")
    assert other.status_code == 200, "others are not held up"


def test_without_a_limit_nobody_waits(client, monkeypatch):
    """The twin."""
    monkeypatch.setattr(PerAddressLimit, "THROTTLE_RATES", {"address": None})
    assert {client.get("/api/v1/register/").status_code for _ in range(6)} == {200}


def test_every_door_of_the_api_has_the_limit():
    assert [PerAddressLimit] == api_settings.DEFAULT_THROTTLE_CLASSES
    assert api_settings.DEFAULT_THROTTLE_RATES == {"address": "300/min"}


@pytest.mark.parametrize(
    ("refused", "status"),
    [
        (refuse("illegal_transition", "It is decided."), 409),
        (refuse(NOT_FOUND, "Nothing here."), 404),
        (KeyReused(), 422),
    ],
)
def test_refusals_answer_as_on_pages(refused, status):
    context = {"request": RequestFactory().get("/"), "view": None}
    answer = problem_response(refused, context)
    assert (answer.status_code, answer.data["code"]) == (status, refused.refusal.code)


@override_settings(DEBUG_PROPAGATE_EXCEPTIONS=False)
def test_a_broken_door(monkeypatch):
    def fail(*_anything, **_more):
        raise RuntimeError("inside")

    monkeypatch.setattr("certification.api.register.register", fail)
    check(Client(raise_request_exception=False).get("/api/v1/register/"), 500, "server_error")
