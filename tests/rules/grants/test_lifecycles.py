"""Every state times every verb of every lifecycle of grants, against the programme's table."""

import pytest

from grants.rules.award_states import AWARD
from grants.rules.lifecycles import LIFECYCLES
from grants.rules.match.complaints import COMPLAINT
from grants.rules.match.states import CONTRIBUTION
from grants.rules.panel_states import ASSIGNMENT, MATCH, SEAT
from grants.rules.payment_states import PAYMENT
from grants.rules.report_states import REPORT
from grants.rules.selection_states import APPEAL
from grants.rules.states import COMPETITION, PROPOSAL, CompetitionState, ProposalState
from kit.refusals import Refused

# Written by hand from programme 3.1, 3.2, 3.4: verb, sources, target.
TABLES = {
    COMPETITION.name: """
        ask_clearance    draft                clearance
        return_to_draft  clearance,scheduled  draft
        schedule         clearance            scheduled
        open             scheduled            open
        close            open                 closed
        reopen           closed               open
        start_screening  closed               screening
        start_review     screening            review
        convene_panel    review               panel
        start_selection  review,panel         selection
        announce         selection            announced
        archive          announced            archived
        cancel           BEFORE_RESULTS       cancelled
    """,
    PROPOSAL.name: """
        certify            draft                              ready
        change             ready                              draft
        submit             ready                              submitted
        validate           submitted                          validated
        reject             submitted                          rejected_with_errors
        revise             validated,rejected_with_errors     draft
        keep_submitted     draft,ready,rejected_with_errors   validated
        find_eligible      validated                          eligible
        find_ineligible    validated                          ineligible
        reconsider         ineligible                         eligible
        begin_review       eligible                           under_review
        discuss            under_review                       discussed
        leave_undiscussed  under_review                       not_discussed
        recommend          discussed,not_discussed            recommended
        put_in_reserve     discussed,not_discussed            reserve
        leave_out          discussed,not_discussed            not_recommended
        select             recommended,reserve,not_recommended selected
        not_select         recommended,reserve,not_recommended not_selected
        withdraw           UNDER_WAY                          withdrawn
    """,
    MATCH.name: """
        ask        listed                                asked
        sign       asked                                 signed
        decline    asked                                 declined
        expire     asked                                 expired
        ask_again  expired,declined                      asked
        withdraw   listed,asked,expired,declined,signed  withdrawn
    """,
    SEAT.name: """
        accept   invited           accepted
        decline  invited           declined
        end      invited,accepted  ended
    """,
    ASSIGNMENT.name: """
        release    proposed                                                     released
        accept     released                                                     accepted
        decline    released                                                     declined
        recuse     released,accepted,in_progress,submitted,finalised,rescored   recused
        start      accepted                                                     in_progress
        submit     in_progress                                                  submitted
        take_back  submitted                                                    in_progress
        finalise   submitted                                                    finalised
        rescore    finalised,rescored                                           rescored
        lock       finalised,rescored                                           locked
        replace    released,accepted,in_progress                                replaced
    """,
    APPEAL.name: """
        uphold     filed   upheld
        dismiss    filed   dismissed
        withdraw   filed   withdrawn
    """,
    AWARD.name: """
        begin_risk_review  drafted          risk_review
        recommend          risk_review      recommended
        select             recommended      selected
        confirm_funds      selected         funds_confirmed
        obligate           funds_confirmed  obligated
        change             risk_review,recommended,selected,funds_confirmed,obligated  drafted
        offer              obligated        offered
        accept             offered          accepted
        decline            offered          declined
        withdraw_offer     offered          withdrawn
    """,
    COMPLAINT.name: """
        answer_complaint  open           answered
        decide_complaint  open,answered  decided
    """,
    CONTRIBUTION.name: """
        attach_evidence  recorded                                    evidence_attached
        confirm          evidence_attached                           giver_confirmed
        deny             evidence_attached                           rejected
        submit           giver_confirmed                             submitted
        verify           submitted                                   verified
        query            submitted                                   queried
        answer           queried                                     submitted
        reject           submitted,queried                           rejected
        disallow         verified                                    disallowed
        withdraw         recorded,evidence_attached,giver_confirmed  withdrawn
    """,
    PAYMENT.name: """
        submit          draft,returned                            submitted
        withdraw        draft,returned,submitted,payment_failed   withdrawn
        return_request  submitted,approved,approved_partial       returned
        deny            submitted                                 denied
        approve         submitted                                 approved
        approve_part    submitted                                 approved_partial
        certify         approved,approved_partial,payment_failed  certified
        pay             certified                                 paid
        fail            certified                                 payment_failed
        reconcile       paid                                      reconciled
        recover         paid,reconciled                           recovered
    """,
    REPORT.name: """
        open_report    scheduled                      open
        start_report   open                           draft
        submit_report  open,draft,revision_requested  submitted
        accept_report  submitted                      accepted
        revise_report  submitted                      revision_requested
    """,
}
ENDED = {"selected", "not_selected", "withdrawn", "ineligible"}
NAMED = {
    "UNDER_WAY": {state.value for state in ProposalState} - ENDED,
    "BEFORE_RESULTS": {state.value for state in CompetitionState}
    - {"announced", "archived", "cancelled"},
}


def moves(table):
    for line in table.strip().splitlines():
        verb, sources, target = line.split()
        yield verb, NAMED.get(sources) or set(sources.split(",")), target


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


def test_the_applicants_word_does_not_tell_how_the_judging_goes():
    judging = [
        "eligible",
        "under_review",
        "discussed",
        "not_discussed",
        "recommended",
        "reserve",
        "not_recommended",
    ]
    assert {PROPOSAL.public_label(ProposalState(state)) for state in judging} == {"Under review"}
