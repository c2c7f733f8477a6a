"""The outbox's sender and the sealer, woken by beat and by acts."""

from typing import Any

from celery import shared_task

from trail.actions.perform_job import perform_job
from trail.actions.seal_entries import seal_entries
from trail.actions.send_effects import send_effects
from trail.queries.clock import database_now


@shared_task(name="trail.tasks.send_due_effects")
def send_due_effects() -> int:
    """Perform what the outbox holds."""
    return send_effects(at=database_now())


@shared_task(name="trail.tasks.seal_new_entries")
def seal_new_entries() -> None:
    """Seal the entries of the last minute."""
    seal_entries(at=database_now())


@shared_task(name="trail.tasks.run_job")
def run_job(reference: str) -> None:
    """Do one piece of long work."""
    perform_job(reference=reference)


def wake_job(payload: dict[str, Any]) -> None:
    """Give a job to a worker; while the broker is away, the outbox tries again."""
    run_job.delay(payload["job"])
