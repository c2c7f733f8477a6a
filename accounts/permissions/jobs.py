"""Who may watch long work: who asked for it."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.actors import actor_of
from accounts.gates import NOBODY_KNOWS
from kit.refusals import Refusal
from trail.models import Job


def asked_for_job(request: HttpRequest, *, job: str) -> Refusal | None:
    """Let the person who asked for the work pass; for others it does not exist."""
    rows = Job.objects.filter(reference=job, asked_by=str(actor_of(request)))
    return None if rows.exists() else NOBODY_KNOWS
