"""A staffed agency, a group with seats, and its application in any state of review."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from accounts.actors import actor_from_user
from accounts.models import Agency, User
from certification.models import (
    Application,
    ApplicationSection,
    ClusterGroup,
    Determination,
    GroupCounty,
    GroupSeat,
    Rulebook,
)
from certification.rules.canonical import encode
from certification.rules.determination import derive
from certification.rules.groups import region_key
from certification.rules.states import ApplicationState
from mapping.models import Basis
from tests.db.certification.scenes import basis_row
from tests.rules.certification.facts import case_facts, concentration_facts, reading
from tests.worlds import OFFICERS, agency, officer, person
from trail.actions.open_case import open_case
from trail.actors import SYSTEM, Actor

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)  # a Monday, 10 a.m. Eastern
UNSURE = replace(
    case_facts(), concentration=concentration_facts(lq=reading("1.4/1.45/1.6"), top_quarter_lq=None)
)
FAILING = replace(
    case_facts(), concentration=concentration_facts(lq=reading("0.5"), top_quarter_lq=None)
)
WAY = ("submitted", "intake", "criteria_review")


@dataclass
class Office:
    """People of one agency, and of one group."""

    agency: Agency
    people: dict[str, User]

    def actor(self, persona: str) -> Actor:
        return actor_from_user(self.people[persona])


def office() -> Office:
    """Two programme officers, two deciding officials, two publishers."""
    home = agency()
    people = {}
    for persona, role in OFFICERS.items():
        words = persona.replace("_", " ").title()
        people[persona] = officer(home, role, words)
        people[f"second_{persona}"] = officer(home, role, f"Second {words}")
    people["group_administrator"] = person("Gina Administrator")
    people["authorized_representative"] = person("Rosa Representative")
    people["stranger"] = person("Sam Stranger")
    return Office(home, people)


def group_of(place: Office, *, name: str = "Elkhart Vehicles", fips: str = "18039") -> ClusterGroup:
    """A group with its two seats."""
    group = ClusterGroup.objects.create(
        case=open_case(actor=SYSTEM, at=AT, kind="group", prefix="CG"),
        agency=place.agency,
        name=name,
        definition_set_code="starter",
        cluster_code="12",
        cluster_name="Recreational vehicles",
        region_kind="custom",
        region_name="Elkhart",
        region_key=region_key([fips]),
        created_at=AT,
    )
    GroupCounty.objects.create(group=group, fips=fips)
    for role in ("group_administrator", "authorized_representative"):
        GroupSeat.objects.create(
            group=group, user=place.people[role], role=role.removeprefix("group_"), since=AT
        )
    return group


def application_of(
    place: Office, group: ClusterGroup, *, state: str = "submitted", at: datetime = AT
) -> Application:
    """An application moved along the lifecycle by its own legal steps."""
    application = Application.objects.create(
        case=open_case(actor=SYSTEM, at=at, kind="application", prefix="DA"),
        group=group,
        agency=place.agency,
        definition_set_code=group.definition_set_code,
        cluster_code=group.cluster_code,
        cluster_name=group.cluster_name,
        region_name=group.region_name,
        region_key=group.region_key,
        started_by=str(place.actor("group_administrator")),
        started_at=at,
    )
    ApplicationSection.objects.create(
        application=application, section_id="cluster", answers={"summary": "We build campers."}
    )
    for step in WAY[: WAY.index(state) + 1]:
        _move(application, step, at)
    return application


def _move(application: Application, state: str, at: datetime) -> None:
    if state == "submitted":
        application.submitted_by, application.submitted_at = "user:1", at
        application.receipt_number = f"RC-{application.pk}"
        application.content, application.content_hash = {"a": 1}, "0" * 64
    if state == "criteria_review":
        application.accepted_at = at
        application.rulebook, application.basis = Rulebook.objects.get(), a_basis()
    application.state = ApplicationState(state)
    application.save()


def a_basis() -> Basis:
    return Basis.objects.first() or basis_row()


def judged(place: Office, group: ClusterGroup, facts=None, *, at: datetime = AT) -> Application:
    """An application in criteria review with its determination."""
    application = application_of(place, group, state="criteria_review", at=at)
    determine(application, facts, at=at)
    return application


def determine(application: Application, facts=None, *, at: datetime = AT) -> Determination:
    content = derive(facts or case_facts(), application.rulebook.rules())
    return Determination.objects.create(
        case=application.case,
        group=application.group,
        number=Determination.objects.filter(case=application.case).count() + 1,
        basis=application.basis,
        rulebook=application.rulebook,
        engine=content.engine,
        snapshot=encode(content),
        digest=content.digest,
        derived_at=at,
        derived_by="user:1",
    )


def later(**span) -> datetime:
    """A moment after ``AT``."""
    return AT + timedelta(**span)
