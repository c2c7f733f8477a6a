"""Drafting: one application under way, saves with versions, certification by a second person."""

import pytest

from accounts.actors import actor_from_user
from certification.actions.certify_application import certify_application
from certification.actions.save_section import save_section
from certification.actions.start_application import start_application
from certification.actions.store_answers import StaleText, Written
from certification.models import Application
from certification.queries.application_content import content_of
from certification.queries.applications import answers_of, draft_of
from certification.rules.application_form import SECTIONS
from kit.refusals import Refused
from tests.db.certification.cases import group_of, office
from tests.factories.applications import (
    administrator_of,
    certified,
    completed,
    new_key,
    representative_of,
    started,
    submitted,
    write,
)
from trail.queries.clock import database_now
from trail.queries.timeline import timeline


@pytest.fixture
def place():
    return office()


@pytest.fixture
def group(place):
    return group_of(place)


def save(application, user, version, **answers):
    return save_section(
        actor=actor_from_user(user),
        at=database_now(),
        application=application,
        written=Written("cluster", answers, version),
    )


def test_an_application_copies_what_the_group_asks_for(group):
    application = started(group)
    assert application.case.reference.startswith("DA-")
    assert (application.cluster_name, application.region_name) == (
        group.cluster_name,
        group.region_name,
    )
    assert application.sections.count() == len(SECTIONS)
    assert timeline(application.case)[0].verb == "start_application"


def test_the_same_key_starts_one(group):
    actor = actor_from_user(administrator_of(group))
    made = [
        start_application(actor=actor, at=database_now(), group=group, key="k") for _ in range(2)
    ]
    assert made[0] == made[1]


def test_a_second_application_is_refused_by_name(group):
    first = started(group)
    with pytest.raises(Refused) as caught:
        started(group)
    assert caught.value.refusal.code == "application_under_way"
    assert first.case.reference in caught.value.refusal.sentence


def test_text_is_kept_as_it_was_written(group):
    application = started(group)
    text = "  Long text,\r\nwith ends  " + "x" * 5000
    row = save(application, administrator_of(group), 0, summary=text)
    assert row.version == 1
    assert answers_of(application)["cluster"]["summary"] == text.replace("\r\n", "\n")


def test_a_stale_save_keeps_both_texts(group):
    application = started(group)
    save(application, administrator_of(group), 0, summary="Theirs")
    with pytest.raises(StaleText) as caught:
        save(application, representative_of(group), 0, summary="Mine")
    assert caught.value.saved.answers["summary"] == "Theirs"
    assert caught.value.mine["summary"] == "Mine"
    assert answers_of(application)["cluster"]["summary"] == "Theirs"


def test_the_same_text_again_is_no_conflict_and_no_new_version(group):
    application = started(group)
    for _ in range(2):
        row = save(application, administrator_of(group), 0, summary="The same")
    assert row.version == 1


def test_submitted_words_are_not_written_again(group):
    application = submitted(group)
    with pytest.raises(Refused) as caught:
        save(application, administrator_of(group), 1, summary="Other words")
    assert caught.value.refusal.code == "not_a_draft"


def certify(application, user, title="President"):
    return certify_application(
        actor=actor_from_user(user),
        at=database_now(),
        application=application,
        title=title,
        key=new_key(),
    )


def test_the_representative_certifies_under_name_and_title(group):
    application = certify(completed(group), representative_of(group))
    assert application.certified_title == "President"
    assert content_of(application)["certification"]["name"] == str(representative_of(group))
    assert draft_of(application).certifier == f"user:{representative_of(group).pk}"


def test_the_administrator_who_started_does_not_certify(group):
    application = completed(group)
    with pytest.raises(Refused) as caught:
        certify(application, administrator_of(group))
    assert caught.value.refusal.code == "not_representative"
    application.refresh_from_db()
    assert application.certified_at is None


def test_a_title_is_needed(group):
    with pytest.raises(Refused) as caught:
        certify(completed(group), representative_of(group), title="  ")
    assert caught.value.refusal.code == "no_title"


def test_an_incomplete_application_is_not_certified(group):
    with pytest.raises(Refused) as caught:
        certify(started(group), representative_of(group))
    assert caught.value.refusal.code == "incomplete"


def test_new_words_take_the_certification_back_and_say_so(group):
    application = certified(group)
    write(application, "plans", goals="Other goals", first_year="Other steps")
    application = Application.objects.get(pk=application.pk)
    assert application.certified_at is None
    assert timeline(application.case)[0].verb == "change_after_certification"


def test_saving_the_same_words_leaves_the_certification(group):
    application = certified(group)
    write(application, "plans", goals="About goals.", first_year="About first_year.")
    application.refresh_from_db()
    assert application.certified_at is not None
