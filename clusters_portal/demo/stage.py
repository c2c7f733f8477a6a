"""The demo world: one group at every stage, each with its own past."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import Agency, User
from certification.models import Application, ClusterGroup
from clusters_portal.demo import application_scenes as scenes
from clusters_portal.demo.application_scenes import Officers
from clusters_portal.demo.award_scenes import stage_awards
from clusters_portal.demo.competition_scenes import stage_competitions
from clusters_portal.demo.group_scenes import (
    Story,
    answer,
    ask_governments,
    describe_convening,
    found_group,
    invite_roster,
)
from clusters_portal.demo.judged_scenes import stage_judged
from clusters_portal.demo.money_scenes import stage_money
from clusters_portal.demo.names import NameBook
from clusters_portal.demo.panel_scenes import prepare_reviewers, seat_panels
from clusters_portal.demo.papers import attach_papers
from clusters_portal.demo.personas import AGENCY, make_people
from clusters_portal.demo.places import Place, Strength, find_places
from clusters_portal.demo.report_scenes import stage_reports
from mapping.queries.basis import current_basis

People = dict[str, User]


@dataclass(frozen=True)
class Scene:
    """One group of the demo world.

    Attributes:
        form: How the group is named after its place.
        strength: How the figures of its place speak.
        days_ago: When its story starts.
        pair: Keys of its administrator and its representative.
        play: What happens to its application once the roster has signed; None: it never applies.
        signed: How many of the invited sign; None: everybody.
    """

    form: str
    strength: Strength
    days_ago: int
    pair: tuple[str, str]
    play: Callable[[Story, Application, Officers], None] | None
    signed: int | None = None

    def name_at(self, place: Place) -> str:
        """The group's name at its place."""
        return self.form.format(city=place.city, cluster=place.cluster.name)


def submitted(story: Story, application: Application, _officers: Officers) -> None:
    """Waits for the first look."""
    scenes.send_application(story, application)


def in_intake(story: Story, application: Application, officers: Officers) -> None:
    """An officer has opened it."""
    submitted(story, application, officers)
    scenes.take_up(story, application, officers)


def asked(story: Story, application: Application, officers: Officers) -> None:
    """Two questions wait for the group."""
    in_intake(story, application, officers)
    scenes.ask_applicant(story, application, officers)


def in_review(story: Story, application: Application, officers: Officers) -> None:
    """Questions answered, figures pinned."""
    asked(story, application, officers)
    scenes.reply(story, application)
    scenes.accept(story, application, officers)


def recommended(story: Story, application: Application, officers: Officers) -> None:
    """Waits for the selecting official."""
    in_review(story, application, officers)
    scenes.recommend_it(story, application, officers)


def designated(story: Story, application: Application, officers: Officers) -> None:
    """Decided for it."""
    recommended(story, application, officers)
    scenes.designate_it(story, application, officers)


def published(story: Story, application: Application, officers: Officers) -> None:
    """Decided for it, and on the register."""
    designated(story, application, officers)
    scenes.publish(story, application, officers)


def facing_denial(story: Story, application: Application, officers: Officers) -> None:
    """The group may answer a proposed denial."""
    in_intake(story, application, officers)
    scenes.accept(story, application, officers)
    scenes.propose_to_deny(story, application, officers)


def denied(story: Story, application: Application, officers: Officers) -> None:
    """The group did not answer, and the case was decided."""
    facing_denial(story, application, officers)
    scenes.deny_it(story, application, officers)
    scenes.publish(story, application, officers)


def withdrawn(story: Story, application: Application, officers: Officers) -> None:
    """The group took its application back."""
    in_intake(story, application, officers)
    scenes.take_back(story, application)


def drafting(_story: Story, _application: Application, _officers: Officers) -> None:
    """Everything written, nothing sent."""


S = Strength
MARIA, AISHA = ("maria", "james"), ("aisha", "peter")
SCENES = (
    Scene("{city} {cluster} Alliance", S.STRONG, 260, MARIA, published),
    Scene("{city} {cluster} Circle", S.STRONG, 12, MARIA, None, 8),
    Scene("{city} {cluster} Initiative", S.STRONG, 48, MARIA, asked),
    Scene("Greater {city} {cluster} Partnership", S.STRONG, 240, AISHA, published),
    Scene("{city} Council for {cluster}", S.STRONG, 230, AISHA, published),
    Scene("{cluster} Network of {city}", S.STRONG, 90, MARIA, recommended),
    Scene("{city} {cluster} Forum", S.DOUBTFUL, 70, MARIA, in_review),
    Scene("{city} {cluster} Association", S.WEAK, 150, AISHA, denied),
    Scene("{city} {cluster} Consortium", S.STRONG, 42, AISHA, submitted),
    Scene("{city} {cluster} League", S.WEAK, 60, AISHA, facing_denial),
    Scene("{city} Region {cluster} Board", S.STRONG, 120, MARIA, designated),
    Scene("{city} {cluster} Works Together", S.STRONG, 80, AISHA, in_review),
    Scene("{city} {cluster} Compact", S.STRONG, 35, MARIA, drafting),
    Scene("{city} {cluster} Exchange", S.STRONG, 75, AISHA, withdrawn),
    Scene("{cluster} Roundtable of {city}", S.STRONG, 250, MARIA, published),
    Scene("{city} {cluster} Guild", S.STRONG, 235, AISHA, published),
)


def stage(at: datetime, first: int | None = None) -> list[ClusterGroup]:
    """Build the demo world up to the instant ``at``; what is there already stays as it is.

    Args:
        at: Today, to the demo world.
        first: Build only the first scenes, so that a fresh portal opens soon; a later call
            without it adds the rest.
    """
    people = make_people(at - timedelta(days=400))
    basis = current_basis()
    places = {s: iter(find_places(basis, s, _wanted(s))) for s in Strength}
    agency = Agency.objects.get(slug=AGENCY.slug)
    known = set(ClusterGroup.objects.values_list("name", flat=True))
    groups = []
    for number, scene in enumerate(SCENES[:first]):
        place = next(places[scene.strength], None)
        if place is not None and scene.name_at(place) not in known:
            book = NameBook(seed=2026 + number)
            groups.append(_perform(scene, place, agency, _Cast(people, book, at)))
    stage_competitions(people, agency, at)
    if first is None:
        prepare_reviewers(people, at - timedelta(days=300))
        stage_judged(people, agency, at)
        stage_awards(people, at)
        stage_money(people, at)
        stage_reports(people, at)
        seat_panels(people, at)
    return groups


@dataclass(frozen=True)
class _Cast:
    people: People
    book: NameBook
    at: datetime

    @property
    def officers(self) -> Officers:
        named = (self.people[key] for key in ("dana", "omar", "ruth", "kofi", "lena"))
        return Officers(*named)


def _wanted(strength: Strength) -> int:
    return sum(scene.strength is strength for scene in SCENES)


@transaction.atomic
def _perform(scene: Scene, place: Place, agency: Agency, cast: _Cast) -> ClusterGroup:
    administrator, representative = (cast.people[key] for key in scene.pair)
    start = cast.at - timedelta(days=scene.days_ago)
    story = Story(cast.book, start, administrator, representative)
    group = found_group(story, place, agency, scene.name_at(place))
    invitations = invite_roster(story, group, place)
    signing = invitations if scene.signed is None else invitations[: scene.signed]
    for invitation in signing:
        answer(story, invitation)
    if scene.play is None:
        return group
    for invitation in ask_governments(story, group, place):
        answer(story, invitation)
    describe_convening(story, group)
    attach_papers(story, group)
    application = scenes.write_application(story, group, place)
    scene.play(story, application, cast.officers)
    return group
