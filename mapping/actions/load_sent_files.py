"""What a worker does with sent files: load each, whole or not at all, and keep the reports."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from django.db import transaction

from mapping.actions.ask_for_load import INBOX
from mapping.actions.load_files import LoadStopped, LoadWish, Progress, load_files
from mapping.models import DataLoad
from mapping.queries.loads import LOAD_SENT, is_loading
from mapping.rules.load_reports import LoadReport
from trail.actions.record_entry import record_entry
from trail.actions.run_job import move_job
from trail.actors import Actor
from trail.models import Job
from trail.rules.states import JobState

CUT_OFF = (
    "It was cut off before its end. Files that were read whole stay loaded, of the others nothing "
    "is. Start it again."
)


def load_sent_files(
    *, actor: Actor, at: datetime, load: DataLoad, progress: Progress
) -> list[LoadReport]:
    """Load the files under their own names; the current figures stay what they are.

    Side effects: those of `load_files`, never a publication or a switch; the reports are kept on
    the load, and the files go from the inbox when it came to its end.

    Raises:
        LoadStopped: somebody asked to stop; the reports so far are kept.
        Refused: another load is under way.
    """
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as folder:
        paths = [_laid_out(file.kept_as, Path(folder) / file.name) for file in load.files.all()]
        wish = LoadWish(paths=paths, year=load.year)
        try:
            reports = load_files(actor=actor, at=at, wish=wish, progress=progress)
        except LoadStopped as stopped:
            _keep(actor, at, load, stopped.reports, is_over=False)
            raise
    _keep(actor, at, load, reports, is_over=True)
    return reports


def notice_cut_loads(*, at: datetime) -> int:
    """Fail loads that say they run while no process is loading, seen so twice in a row.

    The second look is there for the moments between a job's beginning and its lock.
    """
    noticed = 0
    for job in Job.objects.filter(kind=LOAD_SENT, state=JobState.RUNNING):
        noticed += _noticed(job, at)
    return noticed


@transaction.atomic
def _noticed(job: Job, at: datetime) -> bool:
    load = DataLoad.objects.select_for_update().filter(job_reference=job.reference).first()
    locked = Job.objects.select_for_update().get(pk=job.pk)
    if load is None or locked.state != JobState.RUNNING:
        return False
    if is_loading():
        DataLoad.objects.filter(pk=load.pk).update(suspected_at=None)
        return False
    if load.suspected_at is None:
        DataLoad.objects.filter(pk=load.pk).update(suspected_at=at)
        return False
    kept = {name: locked.arguments[name] for name in ("title", "back") if name in locked.arguments}
    move_job(locked, "fail", message=CUT_OFF, arguments=kept)
    return True


def _laid_out(kept_as: str, path: Path) -> Path:
    """A name tells the layout and the year, so the readers get it as it was."""
    with storages[INBOX].open(kept_as) as kept, path.open("wb") as copy:
        shutil.copyfileobj(kept, copy)
    return path


@transaction.atomic
def _keep(
    actor: Actor, at: datetime, load: DataLoad, reports: Sequence[LoadReport], *, is_over: bool
) -> None:
    DataLoad.objects.filter(pk=load.pk).update(
        reports=[report.as_json() for report in reports], cleared_at=at if is_over else None
    )
    counts: dict[str, int] = {}
    for report in reports:
        counts[report.status] = counts.get(report.status, 0) + 1
    record_entry(
        case=load.case,
        actor=actor,
        at=at,
        verb="end_load" if is_over else "stop_load",
        facts={"files": counts},
    )
    if is_over:
        names = list(load.files.values_list("kept_as", flat=True))
        transaction.on_commit(lambda: _clear(names))


def _clear(names: Iterable[str]) -> None:
    for name in names:
        storages[INBOX].delete(name)
