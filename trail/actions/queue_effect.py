"""Write down what must still happen, in the transaction of the act."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from celery import current_app
from django.db import transaction

from trail.models import Case, Effect


@transaction.atomic
def queue_effect(
    *, key: str, kind: str, at: datetime, payload: dict[str, Any], case: Case | None = None
) -> Effect:
    """Add an effect to the outbox; the same key is one effect however often it is asked for.

    ``on_commit`` only wakes the sender: should the broker be down, the sweeper finds the row.
    """
    effect, _ = Effect.objects.get_or_create(
        key=key, defaults={"kind": kind, "payload": payload, "due_at": at, "case": case}
    )
    transaction.on_commit(_wake_sender, robust=True)
    return effect


def _wake_sender() -> None:
    # By name: actions know no tasks. A broker that does not answer costs a log line, no more.
    current_app.send_task("trail.tasks.send_due_effects", retry=False, ignore_result=True)
