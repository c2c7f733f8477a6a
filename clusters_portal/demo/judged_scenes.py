"""Competitions of the demo world whose proposals are judged: one in review, one decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import Agency, User
from clusters_portal.demo.competition_scenes import DECIDED, JUDGED, OPEN, Round, bring_out
from clusters_portal.demo.panel_scenes import seat_panel
from clusters_portal.demo.proposal_scenes import apply, designated_on, write_half
from clusters_portal.demo.review_scenes import (
    assign,
    certify_panel,
    finish_reviews,
    review_half,
    screen,
    waive_ties,
)
from clusters_portal.demo.selection_scenes import announce, appeal, choose
from grants.actions.close_competition import close_competition
from grants.models import Competition, Proposal

People = Mapping[str, User]
DAY = timedelta(days=1)
LEAST = 3  # fewer proposals make no competition


def stage_judged(people: People, agency: Agency, at: datetime) -> None:
    """Let groups apply; one competition is then in review, one decided and announced.

    What is there already stays as it is.
    """
    known = set(Competition.objects.values_list("opportunity_number", flat=True))
    if DECIDED.number not in known:
        _decided(people, agency, at)
    if JUDGED.number not in known:
        _in_review(people, agency, at)
    row = Competition.objects.get(opportunity_number=OPEN.number)
    if not row.proposals.exists():
        _being_written(row, at)


@transaction.atomic
def _decided(people: People, agency: Agency, at: datetime) -> None:
    row = _applied(people, agency, at, DECIDED)
    if row is None:
        return
    closed = row.closes_at or at
    _to_panel(row, people, closed)
    waive_ties(row, people, closed + 17 * DAY)
    assign(row, people, closed + 18 * DAY, due_at=closed + 40 * DAY)
    finish_reviews(row, people, closed + 22 * DAY)
    choose(row, people, closed + 45 * DAY)
    announce(row, people, closed + 60 * DAY)
    appeal(row, closed + 88 * DAY)


@transaction.atomic
def _in_review(people: People, agency: Agency, at: datetime) -> None:
    row = _applied(people, agency, at, JUDGED)
    if row is None:
        return
    closed = row.closes_at or at
    _to_panel(row, people, closed)
    assign(row, people, closed + 18 * DAY, due_at=closed + 54 * DAY)
    review_half(row, people, closed + 22 * DAY)


@transaction.atomic
def _being_written(row: Competition, at: datetime) -> None:
    """One proposal has its receipt, one is half written, of different people."""
    start = at - 9 * DAY
    groups = designated_on(row, start.date())
    for number, (group, write) in enumerate(zip(groups[1:], (apply, write_half), strict=False)):
        write(row, group, number + 2, start + number * DAY)


def _applied(people: People, agency: Agency, at: datetime, plan: Round) -> Competition | None:
    """Bring out a competition, let every designated group apply, and close it."""
    row = bring_out(dict(people), agency, at, plan)
    closed = row.closes_at or at
    start = closed - 20 * DAY
    made: list[Proposal] = []
    for number, group in enumerate(designated_on(row, start.date())):
        made.append(apply(row, group, number, start + number * DAY))
    close_competition(at=closed, competition=row)
    row.refresh_from_db()
    return row if len(made) >= LEAST else None


def _to_panel(row: Competition, people: People, closed: datetime) -> None:
    """Two officers settle eligibility; the panel is asked, the review begins, the panel signs."""
    screen(row, people, closed + 3 * DAY)
    seat_panel(row, people, closed + 6 * DAY)
    certify_panel(row, people, closed + 15 * DAY)
