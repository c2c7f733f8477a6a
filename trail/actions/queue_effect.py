"""Write down what must still happen, in the transaction of the act."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from trail.models import Case, Effect


@transaction.atomic
def queue_effect(
    *, key: str, kind: str, at: datetime, payload: dict[str, Any], case: Case | None = None
) -> Effect:
    """Add an effect to the outbox; the same key is one effect however often it is asked for.

    Nothing is sent from here: beat's sweep finds the row within seconds, and an act never waits
    for a broker (docs/decisions/0006).
    """
    effect, _ = Effect.objects.get_or_create(
        key=key, defaults={"kind": kind, "payload": payload, "due_at": at, "case": case}
    )
    return effect
