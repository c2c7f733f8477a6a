"""Who may certify, submit and withdraw, and what stands in the way: as tables."""

import pytest

from certification.rules.application_form import Answer
from certification.rules.groups import SeatRole
from certification.rules.states import ApplicationState
from certification.rules.submission import (
    WRITABLE,
    Draft,
    Person,
    certify_refusals,
    edit_refusal,
    standings,
    submit_refusals,
    withdraw_refusals,
)

COMPLETE = {
    section.id: {
        question.id: True if question.answer is Answer.STATEMENT else "Something true."
        for question in section.questions
    }
    for section in WRITABLE
}
READY = {
    "state": ApplicationState.DRAFT,
    "answers": COMPLETE,
    "starter": "user:1",
    "certifier": "user:2",
}
ADMINISTRATOR = Person("user:1", SeatRole.ADMINISTRATOR)
REPRESENTATIVE = Person("user:2", SeatRole.AUTHORIZED_REPRESENTATIVE)
STARTER_IN_NEW_SEAT = Person("user:1", SeatRole.AUTHORIZED_REPRESENTATIVE)
FORMER = Person("user:3", None)

CERTIFY = [
    ({}, REPRESENTATIVE, []),
    ({}, ADMINISTRATOR, ["not_representative", "second_person"]),
    ({}, STARTER_IN_NEW_SEAT, ["second_person"]),
    ({}, FORMER, ["not_representative"]),
    ({"answers": {}}, REPRESENTATIVE, ["incomplete"]),
    ({"is_same_request": False}, REPRESENTATIVE, ["group_changed"]),
    ({"state": ApplicationState.SUBMITTED}, REPRESENTATIVE, ["already_submitted"]),
]
SUBMIT = [
    ({}, REPRESENTATIVE, []),
    ({}, STARTER_IN_NEW_SEAT, []),
    ({}, ADMINISTRATOR, ["not_representative"]),
    ({"certifier": ""}, REPRESENTATIVE, ["not_certified"]),
    ({"answers": {}, "certifier": ""}, REPRESENTATIVE, ["incomplete", "not_certified"]),
    ({"other_live": "DA-1"}, REPRESENTATIVE, ["other_live"]),
    ({"is_same_request": False}, REPRESENTATIVE, ["group_changed"]),
    ({"state": ApplicationState.INTAKE}, REPRESENTATIVE, ["already_submitted"]),
]


def codes(refusals):
    return [refusal.code for refusal in refusals]


@pytest.mark.parametrize(("change", "person", "expected"), CERTIFY)
def test_certifying_is_refused_as_the_table_says(change, person, expected):
    assert codes(certify_refusals(Draft(**{**READY, **change}), person)) == expected


@pytest.mark.parametrize(("change", "person", "expected"), SUBMIT)
def test_submitting_is_refused_as_the_table_says(change, person, expected):
    assert codes(submit_refusals(Draft(**{**READY, **change}), person)) == expected


@pytest.mark.parametrize("state", list(ApplicationState))
def test_only_drafts_are_written(state):
    assert (edit_refusal(state) is None) == (state is ApplicationState.DRAFT)


@pytest.mark.parametrize("state", list(ApplicationState))
def test_withdrawing_ends_with_the_decision(state):
    decided = {
        ApplicationState.DESIGNATED,
        ApplicationState.DENIED,
        ApplicationState.INELIGIBLE,
        ApplicationState.WITHDRAWN,
    }
    assert codes(withdraw_refusals(state, REPRESENTATIVE)) == (
        ["already_decided"] if state in decided else []
    )
    assert "not_representative" in codes(withdraw_refusals(state, ADMINISTRATOR))


def test_every_refusal_is_a_sentence_for_people():
    bare = Draft(ApplicationState.SUBMITTED, is_same_request=False, other_live="DA-1")
    for refusal in submit_refusals(bare, FORMER) + certify_refusals(bare, FORMER):
        assert refusal.sentence.endswith(".")
        assert "_" not in refusal.sentence


def test_standings_count_what_is_missing():
    answers = {**COMPLETE, "plans": {**COMPLETE["plans"], "goals": "x" * 3001, "first_year": " "}}
    by_id = {one.section.id: one for one in standings(answers)}
    assert by_id["cluster"].words == "Complete"
    assert by_id["plans"].words == "Two answers to give or shorten"
    assert "Shorten this answer by 1 characters" in by_id["plans"].problems[0].sentence
