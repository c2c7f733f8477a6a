"""The lifecycle of a long job."""

from __future__ import annotations

from enum import StrEnum

from kit.states import Machine, Transition


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


JOB = Machine(
    name="job",
    initial=JobState.QUEUED,
    transitions=(
        Transition(
            "begin", frozenset({JobState.QUEUED, JobState.RUNNING}), JobState.RUNNING, "Start"
        ),
        Transition("finish", frozenset({JobState.RUNNING}), JobState.DONE, "Finish"),
        Transition("fail", frozenset({JobState.QUEUED, JobState.RUNNING}), JobState.FAILED, "Fail"),
        Transition(
            "cancel", frozenset({JobState.QUEUED, JobState.RUNNING}), JobState.CANCELLED, "Cancel"
        ),
    ),
    labels={
        JobState.QUEUED: "Waiting to start",
        JobState.RUNNING: "Running",
        JobState.DONE: "Done",
        JobState.FAILED: "Failed",
        JobState.CANCELLED: "Cancelled",
    },
)
