"""Reviewers of the demo world: their profiles, and their seats on the panels."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from accounts.actors import actor_from_user
from accounts.models import User
from certification.models import ConveningBody, Participant
from certification.rules.states import ParticipantState
from grants.actions.invite_reviewer import (
    OVER,
    Asked,
    accept_invitation,
    invite_reviewer,
)
from grants.actions.take_training import take_training
from grants.actions.write_profile import Expertise, Job, add_employment, save_expertise
from grants.models import Competition
from grants.queries.reach import Candidate
from grants.queries.reviewer_profiles import is_complete
from grants.queries.training import answer_key, passed_at
from grants.rules.terms import PanelRole
from kit.refusals import Refused

ANSWERED = timedelta(minutes=50)
REVIEWERS = ("nina", "enzo", "mei", "tomas", "yara")
CHAIR = "edith"
EXPERTISE = {
    "nina": "Maps of suppliers and supply chains, joint projects of firms, freight and ports.",
    "enzo": "Skills, apprentices and courses of colleges; energy and waste heat of plants.",
    "mei": "Shared laboratories and test sites for small firms, prices per test; universities.",
    "tomas": "Energy, heat networks and machine tools; lending of machines, insurance, contracts.",
    "yara": "Export markets and certification abroad, buyers, skilled jobs and training.",
    "edith": "Economic development of rural regions; chaired four federal panels.",
}
FREE_EMPLOYERS = {
    "mei": "Lakeshore Institute of Market Studies",
    "tomas": "Bureau of Plant Engineers",
    "yara": "Atlantic Standards Forum",
    "edith": "Prairie Policy Center",
}


def prepare_reviewers(people: Mapping[str, User], at: datetime) -> None:
    """Write the profiles of everybody who reviews, and pass the training."""
    for key, words in EXPERTISE.items():
        user = people[key]
        actor = actor_from_user(user)
        if is_complete(user):
            continue
        save_expertise(actor=actor, at=at, user=user, given=Expertise(words))
        job = Job(_employer(key), date(2021, 1, 1), is_large=True)
        add_employment(actor=actor, at=at, user=user, job=job)
        if passed_at(user, at) is None:
            scores = {pair: agreed for pair, (agreed, _) in answer_key().items()}
            take_training(actor=actor, at=at, user=user, scores=scores)


def seat_panels(people: Mapping[str, User], at: datetime) -> None:
    """Ask the reviewers and the chair to every open panel that has nobody yet."""
    rows = Competition.objects.opened().filter(seats=None, panel_invitations=None)
    for competition in rows.exclude(state__in=OVER).select_related("case", "agency"):
        seat_panel(competition, people, at)


def seat_panel(competition: Competition, people: Mapping[str, User], at: datetime) -> None:
    """Ask reviewers and chair to one panel; whoever is asked takes the seat within the hour."""
    for key in (*REVIEWERS, CHAIR):
        user = people[key]
        role = PanelRole.CHAIR if key == CHAIR else PanelRole.REVIEWER
        asked = Asked(Candidate(str(user), user.email), role, 1, 8)
        try:
            invitation = invite_reviewer(
                actor=actor_from_user(people["omar"]), at=at, competition=competition, asked=asked
            )
        except Refused:
            continue  # somebody tied to every proposal is not asked
        actor = actor_from_user(user)
        accept_invitation(actor=actor, at=at + ANSWERED, invitation=invitation, user=user)


def _employer(key: str) -> str:
    """Where somebody works: with a lead organization (hard), a member (soft), or with neither."""
    if key in FREE_EMPLOYERS:
        return FREE_EMPLOYERS[key]
    if key == "nina":
        body = ConveningBody.objects.exclude(legal_name="").order_by("pk").first()
        return body.legal_name if body else "Harbor Planning Bureau"
    rows = Participant.objects.filter(state=ParticipantState.CONFIRMED).order_by("pk")
    member = rows.first()
    return member.organization_name if member else "Marchetti Tooling"
