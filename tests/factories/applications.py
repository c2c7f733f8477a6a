"""Applications, made by the actions that people use."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from accounts.actors import actor_from_user
from accounts.models import User
from certification.actions.certify_application import certify_application
from certification.actions.save_section import save_section
from certification.actions.start_application import start_application
from certification.actions.store_answers import Written
from certification.actions.submit_application import submit_application
from certification.models import Application, ClusterGroup
from certification.queries.applications import sections_of
from certification.rules.application_form import Answer
from certification.rules.groups import SeatRole
from certification.rules.submission import WRITABLE
from trail.queries.clock import database_now

_keys = itertools.count(1)


def new_key() -> str:
    """Return a key that no form has used."""
    return f"key-{next(_keys)}"


def seat_holder(group: ClusterGroup, role: SeatRole) -> User:
    """Return the first person in the seat."""
    return group.seats.filter(role=role, until=None).select_related("user").first().user


def administrator_of(group: ClusterGroup) -> User:
    return seat_holder(group, SeatRole.ADMINISTRATOR)


def representative_of(group: ClusterGroup) -> User:
    return seat_holder(group, SeatRole.AUTHORIZED_REPRESENTATIVE)


def started(group: ClusterGroup) -> Application:
    """An empty application."""
    return start_application(
        actor=actor_from_user(administrator_of(group)),
        at=database_now(),
        group=group,
        key=new_key(),
    )


def write(
    application: Application, section_id: str, by: User | None = None, **answers: str | bool
) -> None:
    """Save answers of one section from its newest version."""
    save_section(
        actor=actor_from_user(by or administrator_of(application.group)),
        at=database_now(),
        application=application,
        written=Written(section_id, answers, sections_of(application)[section_id].version),
    )


def full_answers() -> Mapping[str, Mapping[str, str | bool]]:
    """Return something for every question."""
    return {
        section.id: {
            question.id: True if question.answer is Answer.STATEMENT else f"About {question.id}."
            for question in section.questions
        }
        for section in WRITABLE
    }


def completed(group: ClusterGroup) -> Application:
    """An application with every question answered."""
    application = started(group)
    for section_id, answers in full_answers().items():
        write(application, section_id, **answers)
    return application


def certified(group: ClusterGroup) -> Application:
    """An application certified by the group's representative."""
    return certify_application(
        actor=actor_from_user(representative_of(group)),
        at=database_now(),
        application=completed(group),
        title="President",
        key=new_key(),
    )


def submitted(group: ClusterGroup) -> Application:
    """An application with its receipt."""
    return submit_application(
        actor=actor_from_user(representative_of(group)),
        at=database_now(),
        application=certified(group),
        key=new_key(),
    )
