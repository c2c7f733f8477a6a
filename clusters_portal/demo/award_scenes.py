"""Awards of the demo world: accepted ones with their pledges, and one on its way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from accounts.actors import actor_from_user
from accounts.models import User
from certification.rules.groups import SeatRole
from clusters_portal.demo.competition_scenes import DECIDED
from grants.actions.answer_award import Answer, accept_award
from grants.actions.check_award_risk import (
    ConditionWords,
    Found,
    add_condition,
    check_award_risk,
)
from grants.actions.draft_award import AwardTerms, draft_award, send_to_risk_review, write_award
from grants.actions.offer_award import offer_award
from grants.actions.publish_award import prepare_award, release_award
from grants.actions.sign_award import sign_award
from grants.models import Award, SelectedCase
from grants.queries.award_words import digest_of, offer_digest
from grants.rules.award_signing import Finding, RiskCheck
from grants.rules.award_states import StepKind
from grants.rules.states import CompetitionState, ProposalState

People = Mapping[str, User]
DAY = timedelta(days=1)
PRE_AWARD_DAYS = 60
# Who signs which step; another officer than the one who drafts.
SIGNERS = {
    StepKind.RECOMMEND: "omar",
    StepKind.SELECT: "ruth",
    StepKind.CONFIRM_FUNDS: "farid",
    StepKind.OBLIGATE: "greta",
}
SOURCES = {
    RiskCheck.EXCLUSIONS: "SAM.gov exclusions, by unique entity identifier and by name",
    RiskCheck.REGISTRATION: "SAM.gov entity registration",
    RiskCheck.SINGLE_AUDIT: "Federal Audit Clearinghouse, last three fiscal years",
    RiskCheck.ASSURANCES: "Application package and SAM.gov certifications",
}
AUDIT_CONDITION = ConditionWords(
    nature="Send the ledger of the project with every request for payment.",
    reason="The last single audit found that time records were kept late.",
    action="Two requests in a row whose time records are complete.",
    time_allowed="Six months from the start of the period",
    reconsideration="Write to the grants officer within 30 days and say what has changed.",
)


@dataclass(frozen=True, slots=True)
class _Day:
    """The instant at which the next step happens."""

    people: People
    at: datetime

    def after(self, days: float) -> _Day:
        return replace(self, at=self.at + days * DAY)

    def by(self, who: str, award: Award) -> dict[str, Any]:
        award.refresh_from_db()
        return {"actor": actor_from_user(self.people[who]), "at": self.at, "award": award}


def stage_awards(people: People, at: datetime) -> list[Award]:
    """Award what was selected: all but the last are accepted, the last waits for its signatures.

    What is there already stays as it is.
    """
    cases = SelectedCase.objects.filter(
        is_selected=True,
        proposal__state=ProposalState.SELECTED,
        proposal__competition__state=CompetitionState.ANNOUNCED,
        proposal__competition__opportunity_number=DECIDED.number,
    ).select_related("proposal__competition")
    found = list(cases.order_by("pk"))
    if Award.objects.filter(selected__in=found).exists():
        return []
    made = []
    for number, case in enumerate(found):
        announced = case.proposal.competition.announced_at or at
        day = _Day(people, announced + DAY + number * timedelta(hours=2))
        is_last = number == len(found) - 1 and number > 0
        made.append(_begin(day, case) if is_last else _accepted(day, case, number))
    return made


@transaction.atomic
def _accepted(day: _Day, case: SelectedCase, number: int) -> Award:
    """Drafted, checked, signed by four people, offered and accepted."""
    award = _drafted(day, case)
    if number == 1:
        add_condition(**day.by("dana", award), words=AUDIT_CONDITION)
    outcome = {RiskCheck.SINGLE_AUDIT: Finding.CONCERN} if number == 1 else {}
    _check(day.after(1), award, outcome)
    for place, kind in enumerate(StepKind, 2):
        _sign(day.after(place), award, kind)
    offer_award(**day.after(6).by("greta", award))
    award.refresh_from_db()
    seats = award.group.seats.filter(role=SeatRole.AUTHORIZED_REPRESENTATIVE, until=None)
    person = seats.select_related("user")[0].user
    accept_award(
        actor=actor_from_user(person),
        at=day.after(9).at,
        award=award,
        answer=Answer("President", offer_digest(award)),
    )
    award.refresh_from_db()
    _make_public(day.after(11), award)
    return award


def _make_public(day: _Day, award: Award) -> None:
    """One publisher prepares, another releases."""
    publication = prepare_award(**day.by("kofi", award))
    if publication is not None:
        release_award(**day.after(1).by("lena", award), publication=publication)


@transaction.atomic
def _begin(day: _Day, case: SelectedCase) -> Award:
    """Recommended; the selecting official signs next."""
    award = _drafted(day, case)
    _check(day.after(6), award, {})
    _sign(day.after(8), award, StepKind.RECOMMEND)
    return award


def _drafted(day: _Day, case: SelectedCase) -> Award:
    """Drafted, with a period that has begun when the demo world is opened."""
    award = draft_award(actor=actor_from_user(day.people["dana"]), at=day.at, selected=case)
    starts_on = _month_of_last_quarter(day.at.date())
    terms = AwardTerms(
        starts_on=starts_on,
        ends_on=_years_later(starts_on, award.selected.proposal.years),
        pre_award_days=PRE_AWARD_DAYS,
        noncash_percent=award.noncash_percent,
        has_advances=True,
        terms=award.terms,
    )
    write_award(**day.by("dana", award), terms=terms)
    return award


def _month_of_last_quarter(day: date) -> date:
    """The first day of the month in which the last quarter ended: a first report is due soon."""
    months = day.year * 12 + day.month - 1
    last = months - 1 - months % 3
    return date(last // 12, last % 12 + 1, 1)


def _years_later(day: date, years: int) -> date:
    return day + timedelta(days=365 * years - 1)


def _check(day: _Day, award: Award, outcomes: Mapping[RiskCheck, Finding]) -> None:
    send_to_risk_review(**day.by("dana", award))
    for check in RiskCheck:
        outcome = outcomes.get(check, Finding.CLEAR)
        note = "Time records were kept late; corrected since." if check in outcomes else ""
        found = Found(check, outcome, SOURCES[check], day.at.date(), note)
        check_award_risk(**day.by("dana", award), found=found)


def _sign(day: _Day, award: Award, kind: StepKind) -> None:
    given = day.by(SIGNERS[kind], award)
    sign_award(**given, kind=kind, seen=digest_of(award))
