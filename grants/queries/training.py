"""The sample proposals of the training, and when somebody passed it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from accounts.models import User
from grants.models import TrainingAttempt
from grants.rules.training import TRAINING_LIFE

SAMPLES = Path(__file__).resolve().parent.parent / "training" / "samples_v1.json"
VERSION = 1


@cache
def samples() -> list[dict[str, Any]]:
    """Return the sample proposals with criteria, anchors and the agreed key."""
    found: list[dict[str, Any]] = json.loads(SAMPLES.read_text(encoding="utf-8"))["samples"]
    return found


@cache
def answer_key() -> dict[tuple[str, str], tuple[int, str]]:
    """Return the agreed score of every sample and criterion, and why."""
    return {
        (sample["id"], one["id"]): (one["agreed"], one["why"])
        for sample in samples()
        for one in sample["criteria"]
    }


def passed_at(user: User, at: datetime) -> datetime | None:
    """Return when the person last passed, while it still counts."""
    since = at - timedelta(days=TRAINING_LIFE)
    rows = TrainingAttempt.objects.filter(user=user, is_passed=True, at__gt=since)
    return rows.order_by("-at").values_list("at", flat=True).first()
