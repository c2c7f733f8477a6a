"""Sent files as long work: the worker's side."""

from __future__ import annotations

from accounts.actors import actor_from_user
from accounts.models import User
from mapping.actions.load_sent_files import load_sent_files
from mapping.models import DataLoad
from mapping.rules.load_reports import ALREADY, LOADED, MEASURES, REFUSED, LoadReport
from trail.models import Job
from trail.queries.clock import database_now
from trail.registry import JobResult, Report


def run_load(job: Job, report: Report) -> JobResult:
    """Load the files of a load. Safe to run twice: what is loaded already is passed over.

    Raises:
        Refused: as in `mapping.actions.load_sent_files.load_sent_files`.
    """
    told = job.arguments
    reports = load_sent_files(
        actor=actor_from_user(User.objects.get(pk=told["user"])),
        at=database_now(),
        load=DataLoad.objects.select_related("case").get(case__reference=told["load"]),
        progress=lambda done, total, message: report(min(done, total), total, message),
    )
    return JobResult(_in_words(reports))


def _in_words(reports: list[LoadReport]) -> str:
    files = [report for report in reports if report.kind != MEASURES]
    loaded, already, refused = (
        sum(report.status == status for report in files) for status in (LOADED, ALREADY, REFUSED)
    )
    measures = len(reports) - len(files)
    return (
        f"Read to the end: {loaded} loaded, {already} loaded before, {refused} refused; "
        f"{measures} new sets of measures. Nothing is public yet."
    )
