"""Submitting: once, with a receipt, whatever is down; and withdrawing."""

import pytest

from accounts.actors import actor_from_user
from certification.actions.request_information import Questions, request_information
from certification.actions.submit_application import submit_application
from certification.actions.withdraw_application import withdraw_application
from certification.models import Application
from certification.queries.application_content import content_of
from certification.rules.reasons import InformationReason
from certification.rules.states import ApplicationState
from kit.references import is_reference
from kit.refusals import Refused
from records.models import Deadline, Letter
from tests.db.certification.cases import group_of, office
from tests.factories.applications import (
    administrator_of,
    certified,
    completed,
    new_key,
    representative_of,
    submitted,
    write,
)
from trail.actions.send_effects import send_effects
from trail.models import Effect
from trail.queries.clock import database_now
from trail.queries.timeline import timeline
from trail.rules.chain import canonical, digest

pytestmark = pytest.mark.web_role


@pytest.fixture
def place():
    return office()


@pytest.fixture
def group(place):
    return group_of(place)


def submit(application, user, key=None, at=None):
    return submit_application(
        actor=actor_from_user(user),
        at=at or database_now(),
        application=application,
        key=key or new_key(),
    )


def withdraw(application, user):
    return withdraw_application(
        actor=actor_from_user(user),
        at=database_now(),
        application=application,
        reason="We merge with another group.",
        key=new_key(),
    )


def test_a_submission_has_receipt_hash_and_time(group):
    at = database_now()
    application = submit(certified(group), representative_of(group), at=at)
    assert application.status is ApplicationState.SUBMITTED
    assert is_reference(application.receipt_number)
    assert application.submitted_at == at
    assert application.content_hash == digest(canonical(application.content))
    assert application.content == content_of(application)
    facts = timeline(application.case)[0].facts
    assert facts["receipt"] == application.receipt_number


def test_the_hash_of_the_stored_words_can_be_recomputed(group):
    row = Application.objects.get(pk=submitted(group).pk)
    assert digest(canonical(row.content)) == row.content_hash


def test_a_double_click_gives_one_submission_and_one_receipt(group):
    application = certified(group)
    receipts = {
        submit(application, representative_of(group), key="one").receipt_number for _ in range(2)
    }
    assert len(receipts) == 1
    assert [m.verb for m in timeline(application.case)].count("submit") == 1


def test_another_form_cannot_submit_again(group):
    application = certified(group)
    submit(application, representative_of(group))
    with pytest.raises(Refused) as caught:
        submit(application, representative_of(group))
    assert caught.value.refusal.code == "illegal_transition"


@pytest.mark.parametrize(
    ("make", "who", "code"),
    [
        (completed, representative_of, "not_certified"),
        (certified, administrator_of, "not_representative"),
    ],
)
def test_what_is_not_ready_is_refused_and_nothing_is_written(group, make, who, code):
    application = make(group)
    with pytest.raises(Refused) as caught:
        submit(application, who(group))
    assert caught.value.refusal.code == code
    application.refresh_from_db()
    assert (application.state, application.receipt_number) == (ApplicationState.DRAFT, "")


def test_words_changed_after_certification_are_not_submitted(group):
    application = certified(group)
    write(application, "cluster", summary="New", belonging="New")
    with pytest.raises(Refused) as caught:
        submit(application, representative_of(group))
    assert caught.value.refusal.code == "not_certified"
    application.refresh_from_db()
    assert application.submitted_at is None


def test_letters_follow_when_the_outbox_is_swept(group, mailoutbox):
    application = submitted(group)
    assert mailoutbox == []
    send_effects(at=database_now())
    assert {mail.to[0] for mail in mailoutbox} == {
        administrator_of(group).email,
        representative_of(group).email,
    }
    assert application.receipt_number in mailoutbox[0].body
    assert not Effect.objects.filter(done_at=None).exists()


def test_the_office_has_ten_business_days(group):
    application = submitted(group)
    assert Deadline.objects.filter(case=application.case, kind="clock.intake", met_at=None).exists()


def test_withdrawing_ends_the_case_and_frees_the_place(group):
    application = withdraw(submitted(group), representative_of(group))
    assert application.status is ApplicationState.WITHDRAWN
    assert application.decided_at
    assert not Deadline.objects.filter(case=application.case, met_at=None, swept_at=None).exists()
    assert Letter.objects.filter(case=application.case, subject__contains="withdrawn").count() == 2
    assert completed(group).status is ApplicationState.DRAFT


def test_only_representatives_withdraw(group):
    application = completed(group)
    with pytest.raises(Refused) as caught:
        withdraw(application, administrator_of(group))
    assert caught.value.refusal.code == "not_representative"


def test_withdrawing_closes_open_questions(place, group):
    application = submitted(group)
    Application.objects.filter(pk=application.pk).update(state=ApplicationState.INTAKE)
    request_information(
        actor=place.actor("programme_officer"),
        at=database_now(),
        application=application,
        asks=Questions(InformationReason.ROSTER, ("Who is who?",)),
    )
    withdraw(application, representative_of(group))
    assert not Deadline.objects.filter(case=application.case, met_at=None, swept_at=None).exists()
