"""Reports of the demo world's awards: one accepted, one returned, one late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from accounts.actors import actor_from_user
from accounts.models import User
from certification.rules.groups import SeatRole
from clusters_portal.demo.competition_scenes import DECIDED
from grants.actions.review_report import ReportOpinion, review_report
from grants.actions.save_report import DraftedReport, save_report
from grants.actions.submit_report import Signature, submit_report
from grants.actions.watch_reports import watch_reports
from grants.models import Award, AwardReport
from grants.queries.report_words import milestones_of
from grants.rules.award_states import AwardState
from grants.rules.report_form import MILESTONES
from grants.rules.report_states import ReportKind, ReportOutcome

People = Mapping[str, User]
DAY = timedelta(days=1)
WRITTEN = {
    "done": (
        "We hired two planners and wrote to every firm on the roster. Forty firms answered; "
        "twenty-six were visited."
    ),
    "results": (
        "The map of suppliers is drawn for three of five stages of the chain. Nine firms now "
        "share one calendar of machine hours."
    ),
    "difficulties": (
        "The college lends its laboratory later than planned. We begin there next period."
    ),
    "next": "The second round of visits, and the first of three workshops with the colleges.",
    "people": "",
}
QUESTION = (
    "You write that nine firms share machine hours. Please name them, and say how many hours "
    "were shared, so that we can compare it with your plan."
)


@dataclass(frozen=True, slots=True)
class _Story:
    """An award, the people of the agency, and today."""

    award: Award
    people: People
    at: datetime

    def on(self, days: float) -> datetime:
        """So many days after the acceptance."""
        return (self.award.answered_at or self.at) + days * DAY


def stage_reports(people: People, at: datetime) -> None:
    """Report on the first period of the accepted awards; what is there already stays."""
    rows = Award.objects.filter(
        state=AwardState.ACCEPTED,
        selected__proposal__competition__opportunity_number=DECIDED.number,
    )
    scenes = (_accepted, _returned, _late)
    for award, scene in zip(rows.order_by("pk"), scenes, strict=False):
        if not award.reports.filter(round__gt=0).exists():
            story = _Story(award, people, at)
            watch_reports(award.case, story.on(1))
            scene(story)


@transaction.atomic
def _accepted(story: _Story) -> None:
    """Both reports of the first period came in time and are accepted."""
    for kind, officer in ((ReportKind.PERFORMANCE, "dana"), (ReportKind.FINANCIAL, "farid")):
        row = _submitted(story.award, kind, story.on(9))
        words = "A clear report, and the figures fit what we saw on our visit."
        _judge(row, story.people[officer], story.on(12), words)


@transaction.atomic
def _returned(story: _Story) -> None:
    """The performance report came back with a question; the financial one waits for us."""
    row = _submitted(story.award, ReportKind.PERFORMANCE, story.at - 8 * DAY)
    _judge(row, story.people["dana"], story.at - 3 * DAY, QUESTION, (story.at + 12 * DAY).date())
    _submitted(story.award, ReportKind.FINANCIAL, story.at - 2 * DAY)


@transaction.atomic
def _late(story: _Story) -> None:
    """One is half written, nothing was submitted; the calendar has told the group."""
    row = _first(story.award, ReportKind.PERFORMANCE)
    given = _by_group(story.award, SeatRole.ADMINISTRATOR, story.on(20))
    save_report(**given, report=row, drafted=DraftedReport(1, {"done": WRITTEN["done"]}))
    for day in range(40):
        watch_reports(story.award.case, min(story.on(24 + day), story.at))


def _submitted(award: Award, kind: ReportKind, at: datetime) -> AwardReport:
    """Written by the administrator, signed by the authorized representative."""
    row = _first(award, kind)
    given = _by_group(award, SeatRole.ADMINISTRATOR, at - DAY)
    answers: dict[str, Any] = dict(WRITTEN)
    answers[MILESTONES] = {
        str(one.number): {
            "standing": "done" if place == 0 else "on_track",
            "words": "The list of firms is on the page of our group." if place == 0 else "",
        }
        for place, one in enumerate(milestones_of(row.award))
    }
    remarks = ""
    if kind is ReportKind.FINANCIAL:
        answers, remarks = {}, "One invoice of the period was paid after its end."
    save_report(**given, report=row, drafted=DraftedReport(row.version, answers, remarks))
    row.refresh_from_db()
    given = _by_group(award, SeatRole.AUTHORIZED_REPRESENTATIVE, at)
    submit_report(**given, report=row, signed=Signature("President", row.version))
    row.refresh_from_db()
    return row


def _judge(
    row: AwardReport, officer: User, at: datetime, words: str, revise_by: date | None = None
) -> None:
    outcome = ReportOutcome.REVISE if revise_by else ReportOutcome.ACCEPT
    opinion = ReportOpinion(outcome, words, revise_by, row.round)
    review_report(actor=actor_from_user(officer), at=at, report=row, opinion=opinion)


def _first(award: Award, kind: ReportKind) -> AwardReport:
    return award.reports.get(kind=kind, number=1)


def _by_group(award: Award, role: SeatRole, at: datetime) -> dict[str, Any]:
    seat = award.group.seats.filter(role=role, until=None).select_related("user")[0]
    return {"actor": actor_from_user(seat.user), "at": at}
