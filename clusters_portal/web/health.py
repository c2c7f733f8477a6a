"""Health for machines: alive, able to serve, and how far apart the clocks are.

`ready` fails only without the database: submitting depends on nothing else (docs/decisions).
"""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import KombuError

from accounts.gates import public
from clusters_portal.celery import app
from clusters_portal.middleware.arrival import HEADER
from trail.queries.clock import database_now

BROKER_SECONDS = 1.0


@public
@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Say that the process answers; asks nobody else."""
    return JsonResponse({"status": "ok"})


@public
@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Say whether requests can be served, and report the broker without failing on it."""
    database, broker = database_state(), broker_state()
    is_ready = database == "ok"
    return JsonResponse(
        {"status": "ok" if is_ready else "unavailable", "database": database, "broker": broker},
        status=200 if is_ready else 503,
    )


@public
@require_safe
@never_cache
def skew(request: HttpRequest) -> JsonResponse:
    """Compare the moment the request arrived with the database's clock."""
    try:
        now = database_now()
    except DatabaseError:
        return JsonResponse({"status": "unavailable"}, status=503)
    arrived = request.arrived_at  # type: ignore[attr-defined]
    return JsonResponse(
        {
            "status": "ok",
            "arrived_at": arrived.isoformat(),
            "database_at": now.isoformat(),
            "seconds": round((now - arrived).total_seconds(), 6),
            "stamp_sent": HEADER in request.headers,
        }
    )


def database_state() -> str:
    """Whether the database answers and has the shape this code expects."""
    try:
        executor = MigrationExecutor(connection)
        is_behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "unreachable"
    return "not migrated" if is_behind else "ok"


def broker_state() -> str:
    """Whether the broker answers; letters wait in the outbox while it does not."""
    try:
        with app.connection_for_write(connect_timeout=BROKER_SECONDS) as line:
            line.ensure_connection(max_retries=1, interval_start=0, timeout=BROKER_SECONDS)
    except (OSError, KombuError):
        return "unreachable"
    return "ok"
