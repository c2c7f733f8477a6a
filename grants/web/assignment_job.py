"""The solver as long work: progress, cancel, and a result that nobody has to wait for."""

from __future__ import annotations

from accounts.actors import actor_from_user
from accounts.models import User
from grants.actions.run_assignment import run_assignment
from grants.models import Competition
from grants.queries.assignment_facts import Relaxed
from trail.models import Job
from trail.queries.clock import database_now
from trail.registry import JobResult, Report

RUN_ASSIGNMENT = "run_assignment"


def solve_assignment(job: Job, report: Report) -> JobResult:
    """Solve and keep the run. Safe to run twice: the seed names the run.

    Raises:
        Refused: as in `grants.actions.run_assignment.run_assignment`.
    """
    told = job.arguments
    competition = Competition.objects.select_related("case", "agency").get(pk=told["competition"])
    run = run_assignment(
        actor=actor_from_user(User.objects.get(pk=told["user"])),
        at=database_now(),
        competition=competition,
        relaxed=Relaxed(**told["relaxed"]),
        seed=told["seed"],
        hidden=told["hidden"],
        report=report,
    )
    if not run.result["is_possible"]:
        return JobResult(
            "There is no assignment under these limits. The board says what is missing."
        )
    return JobResult("An assignment is found. Look at it on the board, and use it or run again.")
