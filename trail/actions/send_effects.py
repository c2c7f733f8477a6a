"""Perform what the outbox holds; each effect once, however many senders run."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db import transaction

from trail.models import Effect
from trail.registry import effect_handler

log = structlog.get_logger(__name__)
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)


def send_effects(*, at: datetime, limit: int = 200) -> int:
    """Perform effects that are due, each in a transaction of its own; return how many were done.

    A row lock with SKIP LOCKED and the done mark make delivery twice harmless; a failing effect
    waits longer each time and keeps its error for the health page.
    """
    done = 0
    for _ in range(limit):
        outcome = _send_next(at)
        if outcome is None:
            break
        done += outcome
    return done


@transaction.atomic
def _send_next(at: datetime) -> bool | None:
    effect = (
        Effect.objects.select_for_update(skip_locked=True)
        .filter(done_at=None, due_at__lte=at)
        .order_by("due_at", "pk")
        .first()
    )
    if effect is None:
        return None
    error = _perform(effect)
    effect.attempts += 1
    effect.last_error = error
    if error:
        effect.due_at = at + min(FIRST_WAIT * 2 ** min(effect.attempts, 10), LONGEST_WAIT)
    else:
        effect.done_at = at
    effect.save(update_fields=["attempts", "last_error", "due_at", "done_at"])
    return not error


def _perform(effect: Effect) -> str:
    handler = effect_handler(effect.kind)
    if handler is None:
        return f"no handler for {effect.kind}"
    try:
        with transaction.atomic():
            handler(effect.payload)
    except Exception as error:  # noqa: BLE001 - one bad effect must not stop the others
        log.warning("effect_failed", key=effect.key, error=repr(error))
        return repr(error)[:2000]
    return ""
