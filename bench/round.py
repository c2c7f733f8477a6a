"""A round of 529 proposals x 3 reviews x 6 criteria from the database: every wait of a person.

Needs Django and a database to write into (`bench.place`).
"""

from __future__ import annotations

import statistics
import time
from http import HTTPStatus
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.actors import actor_from_user
from accounts.models import User
from bench.crowd import Crowd, gather, review_all
from bench.verdicts import Bar, table
from grants.actions.run_assignment import run_assignment
from grants.actions.start_selection import start_selection
from grants.models import AssignmentRun
from grants.queries.assignment_facts import Relaxed
from tests.factories.sign_in import sign_in_freshly
from trail.actors import SYSTEM
from trail.queries.clock import database_now

PROPOSALS, REVIEWERS = 529, 160
ROUNDS = 5
SOLVING, PAGE, FILE = 5.0, 1.0, 10.0


def measure(seed: int) -> bool:
    """Print a table; whether every bar was held."""
    crowd = gather(PROPOSALS, REVIEWERS, seed, database_now())
    _analyze()
    bars = [_assigned(crowd, seed)]
    run = AssignmentRun.objects.get(competition=crowd.competition)
    scores = review_all(crowd, run, seed, database_now())
    _analyze()
    bars += _pages(crowd, "scores open")
    bars.append(_started(crowd))
    bars += _pages(crowd, "pinned")
    size = f"{PROPOSALS} proposals x {REVIEWERS} reviewers, {scores} scores, seed {seed}"
    return table(f"From the database, {size}; pages: median of {ROUNDS}", bars)


def _analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _assigned(crowd: Crowd, seed: int) -> Bar:
    begun = time.perf_counter()
    run = run_assignment(
        actor=SYSTEM,
        at=database_now(),
        competition=crowd.competition,
        relaxed=Relaxed(),
        seed=seed,
    )
    seconds = time.perf_counter() - begun
    if not run.result["is_possible"]:
        raise SystemExit(f"No assignment: {run.result['shortage']['sentences']}")
    return Bar("assignment: read, compare texts, solve, keep", seconds, SOLVING)


def _started(crowd: Crowd) -> Bar:
    begun = time.perf_counter()
    start_selection(
        actor=actor_from_user(crowd.officer), at=database_now(), competition=crowd.competition
    )
    return Bar("starting selection: rank, chances, pin", time.perf_counter() - begun, None)


def _pages(crowd: Crowd, when: str) -> list[Bar]:
    """The pages of ranking as officer and chair open them; files as the officer asks for them."""
    staff, chair = [crowd.competition.reference], [crowd.chair.reference]
    ranking = reverse("grants:ranking", args=staff)
    asked = (
        ("officer", "ranking", ranking, PAGE),
        ("officer", "Methods", reverse("grants:ranking_methods", args=staff), PAGE),
        ("officer", "what if", reverse("grants:ranking_what_if", args=staff), PAGE),
        ("chair", "ranking", reverse("grants:chair_ranking", args=chair), PAGE),
        ("chair", "Methods", reverse("grants:chair_methods", args=chair), PAGE),
        ("officer", "export, xlsx", f"{ranking}?format=xlsx", FILE),
        ("officer", "export, csv", f"{ranking}?format=csv", FILE),
    )
    people = {"officer": crowd.officer, "chair": crowd.chair.user}
    found = []
    for who, page, address, bar in asked:
        taken = seconds_of(people[who], address)
        name = f"{page} ({who}, {when}; first {taken[0]:.2f})"
        found.append(Bar(name, statistics.median(taken), bar))
    return found


def seconds_of(user: User, address: str) -> list[float]:
    """Seconds of a few requests, the first one with empty caches among them."""
    cache.clear()
    client = sign_in_freshly(Client(), user)
    return [once(client, address) for _ in range(ROUNDS)]


def once(client: Client, address: str) -> float:
    """Seconds of one request with its whole answer."""
    begun = time.perf_counter()
    answer: Any = client.get(address)
    size = len(b"".join(answer) if answer.streaming else answer.content)
    if answer.status_code != HTTPStatus.OK or not size:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return time.perf_counter() - begun
