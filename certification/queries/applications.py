"""Applications as their group sees them."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from certification.models import Application, ApplicationSection, ClusterGroup, GroupSeat
from certification.rules.application_form import BY_ID
from certification.rules.drafting import cleaned
from certification.rules.groups import SeatRole
from certification.rules.states import LIVE
from certification.rules.submission import WRITABLE, Answers, Draft, Person
from trail.actors import Actor


def applications_of(group: ClusterGroup) -> QuerySet[Application]:
    """Return a group's applications, the newest first."""
    rows = Application.objects.filter(group=group).select_related("case", "agency")
    return rows.order_by("-started_at")


def live_application_of(group: ClusterGroup) -> Application | None:
    """Return the application under way for the group's cluster and region."""
    return (
        Application.objects.filter(
            group=group,
            definition_set_code=group.definition_set_code,
            cluster_code=group.cluster_code,
            region_key=group.region_key,
            state__in=LIVE,
        )
        .select_related("case")
        .first()
    )


def sections_of(application: Application) -> dict[str, ApplicationSection]:
    """Return the sections by id."""
    return {row.section_id: row for row in application.sections.all()}


def answers_of(application: Application) -> Answers:
    """Return what was written, every question of every section."""
    rows = sections_of(application)
    return {
        section.id: cleaned(section, rows[section.id].answers if section.id in rows else {})
        for section in WRITABLE
    }


def draft_of(application: Application) -> Draft:
    """Return the application as the rules of submission see it."""
    group = application.group
    asked = (application.definition_set_code, application.cluster_code, application.region_key)
    rival = (
        Application.objects.filter(
            group=group,
            definition_set_code=asked[0],
            cluster_code=asked[1],
            region_key=asked[2],
            state__in=LIVE,
        )
        .exclude(pk=application.pk)
        .values_list("case__reference", flat=True)
        .first()
    )
    certifier = application.certified_by_id
    return Draft(
        state=application.status,
        answers=answers_of(application),
        starter=application.started_by,
        certifier=f"user:{certifier}" if certifier else "",
        is_same_request=asked == (group.definition_set_code, group.cluster_code, group.region_key),
        other_live=rival or "",
    )


def person_in(group: ClusterGroup, actor: Actor) -> Person:
    """Return the actor with the seat held in the group."""
    if actor.user_pk is None:
        return Person(str(actor), None)
    seats = GroupSeat.objects.filter(group=group, user_id=actor.user_pk, until=None)
    seat = seats.values_list("role", flat=True).first()
    return Person(str(actor), SeatRole(seat) if seat else None)


def representatives_of(group: ClusterGroup) -> list[User]:
    """Return who may certify and submit for the group."""
    seats = GroupSeat.objects.filter(
        group=group, role=SeatRole.AUTHORIZED_REPRESENTATIVE, until=None
    ).select_related("user")
    return [seat.user for seat in seats.order_by("since")]


def section_titles() -> dict[str, str]:
    """Return the titles of the form's sections."""
    return {section_id: section.title for section_id, section in BY_ID.items()}
