"""Health for machines: what fails, and what is only reported."""

import json

import pytest
from django.db import DatabaseError

from clusters_portal.web import health


def test_live_asks_nobody(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_ready_reports_a_lost_broker_without_failing(client):
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "broker": "unreachable"}


def test_ready_fails_without_a_database(client, monkeypatch):
    class Unreachable:
        def __init__(self, _connection):
            raise DatabaseError

    monkeypatch.setattr(health, "MigrationExecutor", Unreachable)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["database"]) == (503, "unreachable")


def test_skew_compares_arrival_with_the_database(client):
    told = client.get("/health/skew").json()
    assert abs(told["seconds"]) < 5
    assert told["stamp_sent"] is False


def test_skew_believes_a_stamp_only_from_a_trusted_front(client, settings):
    told = client.get("/health/skew", headers={"X-Request-Arrived": "1.0"}).json()
    assert told["arrived_at"] > "2020"
    settings.TRUSTED_FRONTS = frozenset({"127.0.0.1"})
    told = client.get("/health/skew", headers={"X-Request-Arrived": "1.0"}).json()
    assert told["arrived_at"] > "2020", "older than two minutes: not plausible"


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/health/skew"])
def test_health_is_never_cached(client, path):
    assert "no-cache" in client.get(path)["Cache-Control"]


def test_every_request_leaves_one_line_with_its_id_and_no_address(client, caplog):
    with caplog.at_level("INFO", logger="clusters_portal.requests"):
        answer = client.get("/health/live?token=secret")
    (record,) = [line for line in caplog.records if line.name == "clusters_portal.requests"]
    assert record.facts["view"] == "health_live"
    assert record.facts["status"] == 200
    assert "secret" not in json.dumps(record.facts)
    assert len(answer["X-Request-ID"]) == 32
