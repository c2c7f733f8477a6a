"""Do long work: begin, report, finish; whatever happens, the row says it."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction

from kit.refusals import Refused, refuse
from trail.actions.run_job import move_job, report_progress
from trail.actors import Actor
from trail.models import Job
from trail.registry import JobStopped, Report, job_runner
from trail.rules.states import JobState

log = structlog.get_logger(__name__)
BROKEN = "Something went wrong on our side, and nothing was kept. We have a record of it."
STOPPED = "Stopped before anything was written."


def perform_job(*, reference: str) -> Job:
    """Run one job to its end; a finished one is left alone, so that running twice is harmless.

    No transaction around it: progress must be seen while the work goes on. The runner calls one
    action, which is atomic and safe to call twice.
    """
    job = _begun(reference)
    if job.state != JobState.RUNNING:
        return job
    try:
        result = job_runner(job.kind)(job, _reporter(job))
        _end(job, "finish", message=result.message, result=result.facts)
    except JobStopped as stopped:
        _end(job, "cancel", message=str(stopped) or STOPPED)
    except Refused as refused:
        _end(job, "fail", message=refused.refusal.sentence)
    except Exception as error:  # noqa: BLE001 - the row must not say "running" for ever
        log.warning("job_failed", job=job.reference, error=repr(error))
        _end(job, "fail", message=BROKEN)
    return job


@transaction.atomic
def cancel_job(*, actor: Actor, at: datetime, job: Job) -> Job:
    """Stop a job that waits; ask a running one to stop at its next safe place.

    Raises:
        Refused: ``job_over`` when nothing is left to stop.
    """
    del actor, at  # a job is its asker's own; its row keeps who asked
    row = Job.objects.select_for_update().get(pk=job.pk)
    if not row.is_open:
        raise refuse("job_over", "This work is already over.")
    if row.state == JobState.QUEUED:
        move_job(row, "cancel", message=STOPPED, arguments=_kept(row))
    else:
        row.is_cancel_requested = True
        row.save(update_fields=["is_cancel_requested"])
    return row


@transaction.atomic
def _begun(reference: str) -> Job:
    job = Job.objects.select_for_update().get(reference=reference)
    if job.is_cancel_requested and job.is_open:
        move_job(job, "cancel", message=STOPPED, arguments=_kept(job))
    elif job.is_open:
        move_job(job, "begin")
    return job


def _end(job: Job, verb: str, **values: object) -> None:
    """What people typed is not kept longer than the work needs it."""
    job.refresh_from_db()
    move_job(job, verb, arguments=_kept(job), **values)


def _kept(job: Job) -> dict[str, object]:
    return {name: job.arguments[name] for name in ("title", "back") if name in job.arguments}


def _reporter(job: Job) -> Report:
    def report(done: int, total: int, message: str) -> None:
        if not report_progress(job, done=done, total=total, message=message):
            raise JobStopped

    return report
