"""A large roster as long work: every row is judged again, then all are written to or nobody."""

from __future__ import annotations

from accounts.actors import actor_from_user
from accounts.models import User
from certification.actions.invite_participants import invite_participants
from certification.forms.roster_file import judge_rows
from certification.models import ClusterGroup
from certification.queries.roster import listed_keys
from certification.rules.roster_file import read_file
from certification.web.roster_entries import roster_frame
from kit.refusals import refuse
from trail.models import Job
from trail.queries.clock import database_now
from trail.registry import JobResult, Report

IMPORT_ROSTER = "import_roster"
# Up to here one request does it while the person waits.
AT_ONCE = 200
PART = 50


def import_large_roster(job: Job, report: Report) -> JobResult:
    """Judge the rows, then invite them in one act.

    Side effects: participants, links and letters, all or none. Safe to run twice: the act
    claims the key that the person's form carried.

    Raises:
        Refused: ``roster_changed`` when a row that was good is good no more.
    """
    told = job.arguments
    group = ClusterGroup.objects.get(pk=told["group"])
    rows = read_file(told["content"])
    at = database_now()
    frame = roster_frame(group, listed_keys(group), at.date())
    judged = []
    for start in range(0, len(rows), PART):
        report(start, len(rows), "Looking at the rows.")
        judged += judge_rows(rows[start : start + PART], frame)
    entries = [row.entry for row in judged if row.entry is not None]
    if len(entries) < len(rows):
        raise refuse(
            "roster_changed",
            "Nothing was written: the roster changed while your file waited. Send it again.",
        )
    report(len(rows), len(rows), "Writing to all of them.")
    added = invite_participants(
        actor=actor_from_user(User.objects.get(pk=told["user"])),
        at=at,
        group=group,
        entries=entries,
        key=told["key"],
    )
    return JobResult(
        f"{len(added)} organizations are on the roster, and we have written to each of them."
    )
