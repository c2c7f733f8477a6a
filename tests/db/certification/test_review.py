"""Intake and questions: every verb, every refusal, the letters and the clocks."""

from datetime import timedelta

import pytest
from django.db import transaction

from certification.actions.answer_request import answer_request, open_request
from certification.actions.decision_deadlines import register_decision_deadlines
from certification.actions.find_ineligible import Verdict, find_ineligible, write_ineligible
from certification.actions.lapse_application import lapse_application
from certification.actions.open_intake import open_intake
from certification.actions.request_information import Questions, request_information
from certification.models import (
    Application,
    GroupSeat,
    IneligibilityFinding,
    InformationItem,
    InformationRequest,
)
from certification.queries.clocks import clocks_of
from certification.rules.reasons import IneligibleReason, InformationReason
from certification.rules.states import APPLICATION
from kit.refusals import Refused
from records.actions.set_deadline import sweep_deadlines
from records.models import Deadline, Letter
from tests.constraints import refused_by, refused_by_trigger
from tests.db.certification.cases import AT, application_of, group_of, later, office
from trail.models import Entry

ASKS = Questions(InformationReason.ROSTER, ("Who is Acme?", "Where is Zenith?"))

pytestmark = pytest.mark.web_role


@pytest.fixture
def place():
    register_decision_deadlines()
    return office()


@pytest.fixture
def application(place):
    return application_of(place, group_of(place))


def state_of(application):
    return Application.objects.get(pk=application.pk).state


def verbs_of(application):
    entries = Entry.objects.filter(case=application.case).order_by("sequence")
    return list(entries.values_list("verb", flat=True))[1:]


def letters_of(application):
    return list(
        Letter.objects.filter(case=application.case)
        .order_by("pk")
        .values_list("subject", flat=True)
    )


def code_of(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return refused.value.refusal.code


def opened(place, application, at=AT):
    open_intake(actor=place.actor("programme_officer"), at=at, application=application)


def asked(place, application, at=AT):
    request_information(
        actor=place.actor("programme_officer"), at=at, application=application, asks=ASKS
    )


def test_open_intake_moves_writes_and_sets_the_clock(place, application):
    opened(place, application)
    assert state_of(application) == "intake"
    assert verbs_of(application) == ["open_intake"]
    assert len(letters_of(application)) == 2, "both seats are written to"
    deadline = Deadline.objects.get(case=application.case, kind="clock.intake")
    assert deadline.due_at.isoformat() == "2026-03-17T04:00:00+00:00"


def test_a_double_click_opens_once(place, application):
    for _ in range(2):
        open_intake(
            actor=place.actor("programme_officer"), at=AT, application=application, key="k1"
        )
    assert verbs_of(application) == ["open_intake"]
    assert len(letters_of(application)) == 2


def test_opening_twice_is_refused(place, application):
    opened(place, application)
    refused = code_of(
        open_intake, actor=place.actor("programme_officer"), at=AT, application=application
    )
    assert refused == "illegal_transition"


def test_nobody_with_a_seat_opens_the_case_even_after_leaving_it(place, application):
    user = place.people["programme_officer"]
    GroupSeat.objects.create(
        group=application.group, user=user, role="administrator", since=AT, until=AT
    )
    act = {"actor": place.actor("programme_officer"), "at": AT, "application": application}
    assert code_of(open_intake, **act) == "own_case"
    assert state_of(application) == "submitted"


def test_questions_stop_the_clock_and_answers_restart_it(place, application):
    opened(place, application)
    asked(place, application, at=later(days=1))
    application.refresh_from_db()
    (clock,) = clocks_of(application, later(days=20))
    assert clock.is_stopped
    assert clock.days_left == 10
    kinds = Deadline.objects.filter(case=application.case, met_at=None).values_list(
        "kind", flat=True
    )
    assert sorted(kinds) == ["information.closes", "information.reminder"]
    answered(place, application, at=later(days=4))
    assert state_of(application) == "intake"
    kinds = Deadline.objects.filter(case=application.case, met_at=None).values_list(
        "kind", flat=True
    )
    assert list(kinds) == ["clock.intake"]
    assert verbs_of(application) == ["open_intake", "request_information", "answer"]


def answered(place, application, at=AT, **changes):
    items = InformationItem.objects.filter(request__application=application)
    answers = {item.pk: f"Answer {item.position}" for item in items} | changes.pop("answers", {})
    answer_request(
        actor=place.actor("group_administrator"),
        at=at,
        application=application,
        answers=answers,
        **changes,
    )


def test_answers_are_kept(place, application):
    opened(place, application)
    asked(place, application)
    answered(place, application)
    request = InformationRequest.objects.get()
    assert [one.answer for one in request.items.all()] == ["Answer 1", "Answer 2"]
    assert request.answered_by == place.people["group_administrator"]
    with refused_by_trigger():
        InformationItem.objects.update(answer="Other words")


def test_an_unanswered_question_is_refused(place, application):
    opened(place, application)
    asked(place, application)
    first = open_request(application).items.first()
    with pytest.raises(Refused) as refused:
        answered(place, application, answers={first.pk: "  "})
    assert refused.value.refusal.code == "question_unanswered"
    assert state_of(application) == "action_needed"


def test_asking_nothing_is_refused(place, application):
    opened(place, application)
    nothing = Questions(InformationReason.OTHER, ("  ",))
    refused = code_of(
        request_information,
        actor=place.actor("programme_officer"),
        at=AT,
        application=application,
        asks=nothing,
    )
    assert refused == "no_question"


def test_silence_is_reminded_then_lapses(place, application):
    opened(place, application)
    asked(place, application)
    request = InformationRequest.objects.get()
    assert request.due_at == request.closes_at - timedelta(days=15)
    sweep_deadlines(at=later(days=37))
    assert verbs_of(application) == ["open_intake", "request_information"]
    sweep_deadlines(at=later(days=39))
    assert verbs_of(application)[-1] == "remind_applicant"
    sweep_deadlines(at=later(days=46))
    assert state_of(application) == "withdrawn"
    assert verbs_of(application)[-1] == "lapse"
    subjects = letters_of(application)
    assert any(subject.startswith("Reminder") for subject in subjects)
    assert any("closed" in subject for subject in subjects[-2:])
    assert not Deadline.objects.filter(case=application.case, met_at=None, swept_at=None).exists()


def test_an_answered_case_does_not_lapse(place, application):
    opened(place, application)
    asked(place, application)
    answered(place, application)
    lapse_application(application.case, later(days=60))
    assert state_of(application) == "intake"


def test_a_clock_that_runs_out_is_said_on_the_trail(place, application):
    opened(place, application)
    sweep_deadlines(at=later(days=16))
    sweep_deadlines(at=later(days=17))
    assert verbs_of(application) == ["open_intake", "clock_ran_out"]


def test_ineligible_needs_two_officers(place, application):
    opened(place, application)
    maker, checker = place.actor("programme_officer"), place.actor("second_programme_officer")
    write = {
        "at": AT,
        "application": application,
        "reason": IneligibleReason.NOT_A_GROUP,
        "explanation": "One firm applies for itself.",
    }
    empty = write | {"explanation": " "}
    assert code_of(write_ineligible, actor=maker, **empty) == "explanation_missing"
    check = {"at": AT, "application": application, "verdict": Verdict(is_agreed=True)}
    assert code_of(find_ineligible, actor=checker, **check) == "nothing_to_check"
    write_ineligible(actor=maker, **write)
    assert state_of(application) == "intake"
    assert code_of(write_ineligible, actor=checker, **write) == "finding_waits"
    assert code_of(find_ineligible, actor=maker, **check) == "maker_is_checker"
    find_ineligible(actor=checker, **check)
    assert state_of(application) == "ineligible"
    decision = Application.objects.get(pk=application.pk).decision
    assert decision.rationale == "One firm applies for itself."
    assert decision.appeal_until.isoformat() == "2026-04-02T04:00:00+00:00"
    letter = Letter.objects.filter(case=application.case).last()
    assert "section 2.1" in letter.text
    assert "11:59 p.m. Eastern, Wednesday, April 1, 2026" in letter.text


def test_a_finding_of_ineligible_may_be_sent_back(place, application):
    opened(place, application)
    maker, checker = place.actor("programme_officer"), place.actor("second_programme_officer")
    act = {"at": AT, "application": application}
    reason = IneligibleReason.SIGNER
    write_ineligible(actor=maker, reason=reason, explanation="No authority.", **act)
    silent = Verdict(is_agreed=False)
    assert code_of(find_ineligible, actor=checker, verdict=silent, **act) == "note_missing"
    find_ineligible(actor=checker, verdict=Verdict(is_agreed=False, note="She may sign."), **act)
    assert state_of(application) == "intake"
    assert IneligibilityFinding.objects.get().is_agreed is False
    write_ineligible(actor=maker, reason=reason, explanation="See the bylaws.", **act)


EVERY = {
    (one, other)
    for one in [state.value for state in APPLICATION.states]
    for other in [state.value for state in APPLICATION.states]
    if one != other
}
ILLEGAL = sorted(EVERY - set(APPLICATION.edges()))


def test_no_illegal_move_passes_the_database(place, application):
    """Every pair of states, also around the actions: queryset.update is refused by the trigger."""
    assert len(ILLEGAL) > 70
    for start, end in ILLEGAL:
        if start != "submitted":
            continue
        with refused_by_trigger():
            Application.objects.filter(pk=application.pk).update(state=end)
    assert state_of(application) == "submitted"


def test_a_failed_letter_undoes_the_whole_act(place, application, settings):
    """Trail, state and letter are one transaction: the template breaks, nothing has happened."""
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": []}]
    with pytest.raises(Exception, match="case_letter"), transaction.atomic():
        opened(place, application)
    assert state_of(application) == "submitted"
    assert verbs_of(application) == []


def an_ineligibility(application, **fields):
    values = {
        "application": application,
        "reason_code": "signer",
        "explanation": "E",
        "written_by": "user:1",
        "written_at": AT,
    }
    return IneligibilityFinding.objects.create(**(values | fields))


def test_ineligibility_constraints(place, application):
    with refused_by("ineligibility_is_reasoned"):
        an_ineligibility(application, explanation="")
    with refused_by("ineligibility_check_paired"):
        an_ineligibility(application, is_agreed=True)
    with refused_by("ineligibility_two_persons"):
        an_ineligibility(application, is_agreed=True, checked_by="user:1", checked_at=AT)
    an_ineligibility(application)
    with refused_by("ineligibility_one_waiting"):
        an_ineligibility(application)


def a_request(place, application, **fields):
    values = {
        "application": application,
        "reason_code": "roster",
        "asked_by": place.people["programme_officer"],
        "asked_at": AT,
        "due_at": later(days=1),
        "closes_at": later(days=2),
    }
    return InformationRequest.objects.create(**(values | fields))


def test_information_request_constraints(place, application):
    with refused_by("information_request_reason_known"):
        a_request(place, application, reason_code="other things")
    with refused_by("information_request_answer_paired"):
        a_request(place, application, answered_at=AT)
    with refused_by("information_request_times_in_order"):
        a_request(place, application, due_at=AT)
    request = a_request(place, application)
    with refused_by("information_request_one_open"):
        a_request(place, application)
    with refused_by("information_item_asks"):
        InformationItem.objects.create(request=request, position=1, question="")
    InformationItem.objects.create(request=request, position=1, question="Who?")
    with refused_by("information_item_position_once"):
        InformationItem.objects.create(request=request, position=1, question="Where?")
