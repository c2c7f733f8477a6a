"""Reviewers, their profiles and the officers of panels, through the acts that people use."""

from __future__ import annotations

from datetime import date

from accounts.actors import actor_from_user
from accounts.models import User
from grants.actions.invite_reviewer import Asked, invite_reviewer
from grants.actions.write_profile import Expertise, Job, add_employment, save_expertise
from grants.models import Competition, PanelInvitation
from grants.queries.reach import Candidate
from grants.rules.terms import PanelRole
from tests.factories.accounts import make_user
from trail.queries.clock import database_now


def make_reviewer(
    name: str = "Rhea Reviewer", employer: str = "Quiet Institute", **job: object
) -> User:
    """A person with a second step and a complete profile."""
    email = f"{name.lower().replace(' ', '.')}@reviewers.example.org"
    user = make_user(name, email, has_second_step=True)
    actor, at = actor_from_user(user), database_now()
    save_expertise(actor=actor, at=at, user=user, given=Expertise("Glass, food, planning"))
    given = {"organization_name": employer, "since": date(2020, 1, 1), "is_large": True, **job}
    add_employment(actor=actor, at=at, user=user, job=Job(**given))
    return user


def ask_to_panel(
    competition: Competition,
    officer: User,
    user: User | None = None,
    *,
    role: PanelRole = PanelRole.REVIEWER,
    **changes: str,
) -> PanelInvitation:
    """An invitation by an officer."""
    name, email = (str(user), user.email) if user else ("Nora New", "nora.new@example.org")
    candidate = Candidate(**{"name": name, "email": email, **changes})
    return invite_reviewer(
        actor=actor_from_user(officer),
        at=database_now(),
        competition=competition,
        asked=Asked(candidate, role, 3, 8),
    )
