"""Applications of the demo world, walked through by the acts that people use."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.actors import actor_from_user
from accounts.models import User
from certification.actions.accept_application import accept_application
from certification.actions.answer_request import answer_request, open_request
from certification.actions.certify_application import certify_application
from certification.actions.deny import deny
from certification.actions.designate import designate
from certification.actions.open_intake import open_intake
from certification.actions.prepare_release import prepare_release
from certification.actions.propose_denial import Grounds, propose_denial
from certification.actions.recommend import recommend
from certification.actions.release import release
from certification.actions.request_information import Questions, request_information
from certification.actions.save_section import save_section
from certification.actions.start_application import start_application
from certification.actions.store_answers import Written
from certification.actions.submit_application import submit_application
from certification.actions.withdraw_application import withdraw_application
from certification.models import Application, ClusterGroup, Decision, Determination
from certification.rules.reasons import DenialReason, InformationReason
from certification.rules.results import Outcome
from clusters_portal.demo import application_texts as texts
from clusters_portal.demo.group_scenes import Story
from clusters_portal.demo.places import Place


@dataclass(frozen=True)
class Officers:
    """Who works on cases, who decides, who publishes."""

    first: User
    second: User
    decider: User
    publisher: User
    releaser: User


def write_application(story: Story, group: ClusterGroup, place: Place) -> Application:
    """Start an application and fill in every section."""
    application = start_application(
        actor=story.actor, at=story.later(days=2), group=group, key=story.key()
    )
    answers = texts.answers_for(
        cluster=place.cluster.name, region=place.region.name, city=place.city
    )
    for section_id, given in answers.items():
        version = application.sections.get(section_id=section_id).version
        save_section(
            actor=story.actor,
            at=story.later(hours=5),
            application=application,
            written=Written(section_id, given, version),
        )
    return application


def send_application(story: Story, application: Application) -> None:
    """The representative reads, certifies and submits."""
    actor = actor_from_user(story.representative)
    certify_application(
        actor=actor,
        at=story.later(days=1),
        application=application,
        title="Chair of the board",
        key=story.key(),
    )
    submit_application(
        actor=actor, at=story.later(minutes=4), application=application, key=story.key()
    )


def take_up(story: Story, application: Application, officers: Officers) -> None:
    """An officer opens the first look."""
    actor = actor_from_user(officers.first)
    open_intake(actor=actor, at=story.later(days=3), application=application, key=story.key())


def ask_applicant(story: Story, application: Application, officers: Officers) -> None:
    """The officer asks two questions."""
    request_information(
        actor=actor_from_user(officers.first),
        at=story.later(days=1),
        application=application,
        asks=Questions(InformationReason.ROSTER, texts.QUESTIONS),
        key=story.key(),
    )


def reply(story: Story, application: Application) -> None:
    """The group answers."""
    items = open_request(application).items.order_by("pk")
    answers = {item.pk: text for item, text in zip(items, texts.REPLIES, strict=True)}
    answer_request(
        actor=actor_from_user(story.representative),
        at=story.later(days=4),
        application=application,
        answers=answers,
        key=story.key(),
    )


def accept(story: Story, application: Application, officers: Officers) -> None:
    """The officer accepts: rulebook, data and determination are pinned."""
    actor = actor_from_user(officers.first)
    accept_application(
        actor=actor, at=story.later(days=2), application=application, key=story.key()
    )


def recommend_it(story: Story, application: Application, officers: Officers) -> None:
    """The officer recommends designation."""
    recommend(
        actor=actor_from_user(officers.first),
        at=story.later(days=6),
        application=application,
        summary=texts.RECOMMENDATION,
        key=story.key(),
    )


def designate_it(story: Story, application: Application, officers: Officers) -> None:
    """The selecting official, who did not work on the case, designates."""
    designate(
        actor=actor_from_user(officers.decider),
        at=story.later(days=5),
        application=application,
        rationale=texts.RATIONALE,
        key=story.key(),
    )


def propose_to_deny(story: Story, application: Application, officers: Officers) -> None:
    """The officer proposes a denial on what is not met; the group has time to answer."""
    determination = Determination.objects.filter(case=application.case).latest("number")
    missed = (Outcome.FAIL, Outcome.NEAR)
    tests = [one.id for one in determination.content().results if one.outcome in missed]
    propose_denial(
        actor=actor_from_user(officers.second),
        at=story.later(days=6),
        application=application,
        grounds=Grounds(tuple(tests), texts.DENIAL),
        key=story.key(),
    )


def deny_it(story: Story, application: Application, officers: Officers) -> None:
    """The time to answer has passed; the selecting official denies."""
    deny(
        actor=actor_from_user(officers.decider),
        at=story.later(days=20),
        application=application,
        reason=DenialReason.TESTS,
        rationale=texts.DENIAL,
        key=story.key(),
    )


def take_back(story: Story, application: Application) -> None:
    """The group withdraws."""
    withdraw_application(
        actor=actor_from_user(story.representative),
        at=story.later(days=2),
        application=application,
        reason=texts.WITHDRAWAL,
        key=story.key(),
    )


def publish(story: Story, application: Application, officers: Officers) -> None:
    """One publisher prepares, another releases."""
    publication = prepare_release(
        actor=actor_from_user(officers.publisher),
        at=story.later(days=2),
        decision=Decision.objects.get(application=application),
        key=story.key(),
    )
    if publication is not None:
        release(
            actor=actor_from_user(officers.releaser),
            at=story.later(days=1),
            application=application,
            publication=publication,
            key=story.key(),
        )
