"""Loads that officers asked for: which are open, and what came of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from mapping.models import Basis, DataLoad, SentDataFile
from mapping.rules.load_reports import LOADED, REFUSED
from trail.models import Job
from trail.rules.states import JobState

LOAD_SENT = "load_sent_files"
LOADING_LOCK = 7_301_003
_IS_HELD = """
    SELECT EXISTS (
        SELECT 1 FROM pg_locks
        WHERE locktype = 'advisory' AND objsubid = 1 AND granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND ((classid::bigint << 32) | objid::bigint) = %s
    )
"""


def is_loading() -> bool:
    """Whether some process holds the lock of loading at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(_IS_HELD, [LOADING_LOCK])
        (is_held,) = cursor.fetchone()
    return bool(is_held)


def open_jobs() -> list[Job]:
    """Jobs of sent files that wait or run."""
    states = [JobState.QUEUED, JobState.RUNNING]
    return list(Job.objects.filter(kind=LOAD_SENT, state__in=states))


@dataclass(frozen=True, slots=True)
class LoadPage:
    """One load with its job, its files and what the readers said of them."""

    load: DataLoad
    job: Job
    files: Sequence[SentDataFile]
    reports: Sequence[dict[str, object]]
    unpublished: int

    @property
    def may_start_again(self) -> bool:
        """Whether it ended before its end and its files are still kept."""
        return self.job.state in {JobState.FAILED, JobState.CANCELLED}

    @property
    def loaded(self) -> int:
        """How many files (and years) were loaded."""
        return sum(report["status"] == LOADED for report in self.reports)

    @property
    def refused(self) -> int:
        """How many were refused."""
        return sum(report["status"] == REFUSED for report in self.reports)


def load_page(reference: str) -> LoadPage | None:
    """Gather one load; None for an unknown one."""
    load = DataLoad.objects.select_related("case").filter(case__reference=reference).first()
    if load is None:
        return None
    return LoadPage(
        load=load,
        job=Job.objects.get(reference=load.job_reference),
        files=list(load.files.all()),
        reports=load.reports,
        unpublished=Basis.objects.filter(publication=None).count(),
    )
