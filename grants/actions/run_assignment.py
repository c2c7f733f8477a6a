"""Solve an assignment and keep the solution with its proof; nothing is assigned by that."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import numpy as np
import scipy
from django.db import transaction

from grants.models import AssignmentRun, Competition
from grants.queries.assignment_facts import Facts, Relaxed, assignment_facts
from grants.rules.assignment.shortage import Shortage
from grants.rules.assignment.solve import Assignment, assign
from kit.refusals import refuse
from trail.actions.record_entry import record_entry
from trail.actors import Actor
from trail.registry import Report

ENGINE = "assignment 1"
SHOWN_COSTS = 50
STEPS = 3


def nothing_reported(done: int, total: int, message: str) -> None:
    """Stand in for a report where nobody watches."""


def run_assignment(  # noqa: PLR0913 - what a run is made from
    *,
    actor: Actor,
    at: datetime,
    competition: Competition,
    relaxed: Relaxed,
    seed: int,
    hidden: Collection[int] = (),
    report: Report = nothing_reported,
) -> AssignmentRun:
    """Gather, solve, keep. The solving holds no lock; the result names the inputs' digest.

    Args:
        actor: Who asked.
        at: When.
        competition: Whose proposals and reviewers.
        relaxed: What the chair gave up.
        seed: Breaks ties; the same seed again is the same run.
        hidden: Keys of proposals that do not exist for the one who asks.
        report: Called between the steps; may stop the work.

    Raises:
        Refused: ``nothing_to_assign``, or what the fixed pairs make impossible.
    """
    earlier = AssignmentRun.objects.filter(competition=competition, seed=seed).first()
    if earlier is not None:
        return earlier
    report(0, STEPS, "Reading proposals and profiles.")
    facts = assignment_facts(competition, hidden)
    if facts is None:
        raise refuse(
            "nothing_to_assign",
            "There is nothing to assign: no eligible proposal waits for reviewers, or no "
            "reviewer has accepted, certified conflicts and passed the training.",
        )
    report(1, STEPS, "Solving.")
    found = assign(facts.problem(relaxed), seed=seed)
    report(2, STEPS, "Keeping the result.")
    return _keep(actor, at, competition, _result(facts, relaxed, found), (facts, relaxed, seed))


@transaction.atomic
def _keep(
    actor: Actor,
    at: datetime,
    competition: Competition,
    result: dict[str, Any],
    made_of: tuple[Facts, Relaxed, int],
) -> AssignmentRun:
    facts, relaxed, seed = made_of
    run = AssignmentRun.objects.create(
        competition=competition,
        asked_by=str(actor),
        at=at,
        inputs_digest=facts.digest(relaxed),
        seed=seed,
        result=result,
    )
    told = {"run": run.reference, "inputs": run.inputs_digest, "possible": result["is_possible"]}
    record_entry(case=competition.case, actor=actor, at=at, verb="assignment_solved", facts=told)
    return run


def _result(facts: Facts, relaxed: Relaxed, found: Assignment | Shortage) -> dict[str, Any]:
    """What is kept: the inputs by name, the solution, its proof."""
    kept: dict[str, Any] = {
        "engine": ENGINE,
        "versions": {"numpy": np.__version__, "scipy": scipy.__version__},
        "proposals": list(facts.proposals),
        "references": list(facts.references),
        "seats": list(facts.seats),
        "aliases": list(facts.aliases),
        "reviews": facts.reviews,
        "fits": [[round(fit, 4) for fit in row] for row in facts.fits.tolist()],
        "relaxed": {
            "more_load": relaxed.more_load,
            "ignore_least": relaxed.ignore_least,
            "same_institution": relaxed.same_institution,
        },
    }
    if isinstance(found, Shortage):
        return {**kept, "is_possible": False, "shortage": _shortage(facts, found)}
    return {**kept, "is_possible": True, **_solution(found)}


def _shortage(facts: Facts, found: Shortage) -> dict[str, Any]:
    """What is missing, with the proposals by name instead of their place in a matrix."""
    few = [
        f"Proposal {facts.references[row]} has {count} reviewers without a conflict and needs "
        f"{facts.reviews}."
        for row, count in found.too_few
    ]
    return {
        "missing": found.missing,
        "load_needed": found.load_needed,
        "low_possible": found.low_possible,
        "sentences": [*few, *found.sentences[len(few) :]],
    }


def _solution(found: Assignment) -> dict[str, Any]:
    return {
        "pairs": [list(pair) for pair in found.pairs],
        "total": round(found.total, 6),
        "worst": round(found.worst, 6),
        "bound": round(found.bound, 6),
        "gap": found.gap,
        "worst_bound": round(found.worst_bound, 6),
        "free_total": round(found.free_total, 6),
        "is_proved": found.is_proved,
        "per_proposal": [round(value, 4) for value in found.per_proposal.tolist()],
        "best_possible": [round(value, 4) for value in found.best_possible.tolist()],
        "loads": list(found.loads),
        "conflict_costs": [
            [row, column, round(gain, 6)]
            for row, column, gain in found.conflict_costs[:SHOWN_COSTS]
        ],
    }
