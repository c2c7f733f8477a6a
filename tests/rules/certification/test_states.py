"""Every state times every verb of every lifecycle, against the table of the programme."""

import pytest

from certification.rules.states import (
    APPLICATION,
    COMMITMENT,
    DECIDED,
    DESIGNATION,
    LIFECYCLES,
    LIVE,
    PARTICIPANT,
    STAGES,
    ApplicantStage,
    ApplicationState,
)
from kit.refusals import Refused

# Written by hand from programme 2.4 and 2.5: verb, sources, target.
TABLES = {
    APPLICATION.name: """
        submit               draft                             submitted
        open_intake          submitted                         intake
        request_information  intake,criteria_review            action_needed
        answer               action_needed                     intake
        lapse                action_needed                     withdrawn
        accept               intake                            criteria_review
        find_ineligible      intake                            ineligible
        resolve_unknown      criteria_review                   criteria_review
        recommend            criteria_review                   decision_pending
        propose_denial       criteria_review                   denial_proposed
        cure                 denial_proposed                   criteria_review
        return_case          decision_pending                  criteria_review
        designate            decision_pending                  designated
        deny                 decision_pending,denial_proposed  denied
        withdraw             LIVE                              withdrawn
    """,
    DESIGNATION.name: """
        lapse                in_force                          ended
    """,
    PARTICIPANT.name: """
        confirm              invited                           confirmed
        decline              invited                           declined
        expire               invited                           expired
        invite_again         expired                           invited
        withdraw             invited,expired                   withdrawn
    """,
    COMMITMENT.name: """
        sign                 asked                             signed
        decline              asked                             declined
        expire               asked                             expired
        ask_again            expired                           asked
        withdraw             asked,expired                     withdrawn
    """,
}


def moves(table):
    for line in table.strip().splitlines():
        verb, sources, target = line.split()
        named = {str(state) for state in LIVE} if sources == "LIVE" else set(sources.split(","))
        yield verb, named, target


CASES = [
    pytest.param(
        machine,
        state,
        verb,
        target if str(state) in sources else None,
        id=f"{machine.name}-{state}-{verb}",
    )
    for machine in LIFECYCLES
    for verb, sources, target in moves(TABLES[machine.name])
    for state in machine.states
]


@pytest.mark.parametrize(("machine", "state", "verb", "target"), CASES)
def test_every_state_and_verb(machine, state, verb, target):
    if target is not None:
        assert machine.move(state, verb) == target
        assert verb in machine.verbs(state)
        return
    with pytest.raises(Refused) as refused:
        machine.move(state, verb)
    assert refused.value.refusal.code == "illegal_transition"
    assert verb not in machine.verbs(state)


@pytest.mark.parametrize("machine", LIFECYCLES, ids=lambda machine: machine.name)
def test_the_table_lists_every_verb(machine):
    written = {verb for verb, _, _ in moves(TABLES[machine.name])}
    assert {transition.verb for transition in machine.transitions} == written


@pytest.mark.parametrize("machine", LIFECYCLES, ids=lambda machine: machine.name)
def test_every_state_can_be_reached_and_every_verb_says_its_button(machine):
    reached = {machine.initial} | {transition.target for transition in machine.transitions}
    assert reached == set(machine.states)
    assert all(transition.label for transition in machine.transitions)


def test_applicants_see_four_states():
    assert set(STAGES) == set(ApplicationState)
    assert set(STAGES.values()) == set(ApplicantStage)
    assert {APPLICATION.public_label(state) for state in ApplicationState} == {
        "Preparing",
        "Under review",
        "Your turn",
        "Decided",
    }


def test_decided_states_have_no_way_out():
    assert all(not APPLICATION.verbs(state) for state in DECIDED)
    assert all(APPLICATION.verbs(state) for state in LIVE)
