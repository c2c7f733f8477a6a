"""Long work with the truth in a row: progress, result, wish to cancel."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from kit.references import new_reference
from trail.actions.queue_effect import queue_effect
from trail.actors import Actor
from trail.models import Job
from trail.queries.clock import database_now
from trail.rules.states import JOB, JobState

RUN_JOB = "run_job"


@transaction.atomic
def ask_for_job(*, actor: Actor, at: datetime, kind: str, arguments: dict[str, Any]) -> Job:
    """Write the job down; the outbox hands its reference to a worker.

    ``arguments`` may hold ``title`` (what is done, in words) and ``back`` (where to look
    afterwards); these two are kept when the work is over, the rest is not.
    """
    job = Job.objects.create(
        reference=new_reference("JB"),
        kind=kind,
        asked_by=str(actor),
        arguments=arguments,
        created_at=at,
    )
    queue_effect(key=f"job:{job.reference}", kind=RUN_JOB, at=at, payload={"job": job.reference})
    return job


def move_job(job: Job, verb: str, **values: object) -> None:
    """Move a job; a finished one keeps when."""
    job.state = JOB.move(JobState(job.state), verb)
    if job.state not in {JobState.RUNNING, JobState.QUEUED}:
        job.finished_at = database_now()
    for name, value in values.items():
        setattr(job, name, value)
    job.save()


def report_progress(job: Job, *, done: int, total: int, message: str) -> bool:
    """Write progress; return False when somebody asked to cancel."""
    Job.objects.filter(pk=job.pk).update(done=done, total=total, message=message)
    return not Job.objects.values_list("is_cancel_requested", flat=True).get(pk=job.pk)


@transaction.atomic
def show_work(*, actor: Actor, at: datetime, kind: str, title: str) -> Job:
    """Write down work that a command does itself, so that people can watch it.

    The caller knows that no other work of the kind is under way: what still says that it
    runs was cut off.
    """
    for cut in Job.objects.select_for_update().filter(kind=kind, state=JobState.RUNNING):
        move_job(cut, "fail", message="It was cut off before its end.")
    return Job.objects.create(
        reference=new_reference("JB"),
        kind=kind,
        state=JobState.RUNNING,
        asked_by=str(actor),
        arguments={"title": title},
        created_at=at,
    )
