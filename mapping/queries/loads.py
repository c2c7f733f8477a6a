"""Loads that officers asked for: which are open, and what came of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q

from mapping.models import DataLoad, SentDataFile
from mapping.rules.load_reports import LOADED, MEASURES, REFUSED, coverage_in_words
from mapping.rules.parameters import sent_files_kept
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

    @property
    def may_start_again(self) -> bool:
        """Whether it ended before its end and its files are still kept."""
        return self.ended_early and self.load.cleared_at is None

    @property
    def ended_early(self) -> bool:
        """Whether it failed or was stopped."""
        return self.job.state in {JobState.FAILED, JobState.CANCELLED}

    @property
    def kept_until(self) -> datetime | None:
        """Until when it can be started again; None where it never can."""
        ended = self.job.finished_at
        if ended is None or not self.may_start_again:
            return None
        return ended + sent_files_kept(ended.date())

    @property
    def loaded(self) -> int:
        """How many files (and years) were loaded."""
        return sum(report["status"] == LOADED for report in self.reports)

    @property
    def has_new_measures(self) -> bool:
        """Whether there is something to publish or to choose now."""
        return any(report["kind"] == MEASURES for report in self.reports)

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
        reports=[one | {"covers": coverage_in_words(one["coverage"])} for one in load.reports],
    )


def loads_to_clear(at: datetime) -> list[DataLoad]:
    """Loads whose files are kept and whose job ended, or was asked for and never began, long ago.

    A load that says it runs is never among them: `notice_cut_loads` fails it first.
    """
    since = at - sent_files_kept(at.date())
    over = Q(finished_at__lt=since) | Q(state=JobState.QUEUED, created_at__lt=since)
    jobs = Job.objects.filter(over, kind=LOAD_SENT).values("reference")
    rows = DataLoad.objects.filter(cleared_at=None, job_reference__in=jobs)
    return list(rows.select_related("case").order_by("pk"))


def is_file_needed(kept_as: str) -> bool:
    """Whether a load whose files are kept has this file."""
    return SentDataFile.objects.filter(kept_as=kept_as, load__cleared_at=None).exists()
