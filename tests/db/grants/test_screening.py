"""Eligibility: two officers, a cited rule, ten days to ask again, and the gate of review.

Planted: the checker's rule left out; the gate without requests. Each was seen red.
"""

from datetime import timedelta

import pytest

from accounts.actors import actor_from_user
from accounts.rules.roles import AgencyRoleKind
from certification.models import GroupSeat
from certification.rules.groups import SeatRole
from grants.actions.reconsider import answer_reconsideration, ask_reconsideration
from grants.actions.screen_proposal import Check, Finding, check_screening, write_screening
from grants.actions.start_review import start_review, start_screening
from grants.rules.screening import Eligibility, ScreeningRule
from grants.rules.states import CompetitionState, ProposalState
from kit.refusals import Refused
from records.models import Letter
from tests.factories.accounts import make_officer
from tests.factories.certification_groups import make_group
from tests.factories.grants import make_competition, make_proposal
from trail.queries.clock import database_now

OUT = Finding(Eligibility.INELIGIBLE, ScreeningRule.PERIOD, "Three years; the notice offers two.")
IN = Finding(Eligibility.ELIGIBLE)


@pytest.fixture
def competition():
    return make_competition(CompetitionState.SCREENING)


@pytest.fixture
def officers(competition):
    kind = AgencyRoleKind.PROGRAMME_OFFICER
    return [make_officer(competition.agency, kind) for _ in range(3)]


@pytest.fixture
def proposal(competition):
    return make_proposal(competition, ProposalState.VALIDATED)


def by(user, **more):
    return {"actor": actor_from_user(user), "at": database_now(), **more}


def code(act, **given):
    with pytest.raises(Refused) as refused:
        act(**given)
    return refused.value.refusal.code


def found(proposal, officers, finding):
    write_screening(**by(officers[0]), proposal=proposal, finding=finding)
    check_screening(**by(officers[1]), proposal=proposal, check=Check(is_agreed=True))
    proposal.refresh_from_db()


def test_two_officers_find_a_proposal_eligible(proposal, officers):
    write_screening(**by(officers[0]), proposal=proposal, finding=IN)
    check = Check(is_agreed=True)
    again = {**by(officers[0]), "proposal": proposal}
    assert code(check_screening, **again, check=check) == "maker_is_checker"
    assert code(write_screening, **again, finding=IN) == "finding_waits"
    check_screening(**by(officers[1]), proposal=proposal, check=check)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.ELIGIBLE


def test_a_rule_is_cited_in_the_letter_of_who_is_out(proposal, officers):
    seat_of(proposal, officers)
    found(proposal, officers, OUT)
    assert proposal.state == ProposalState.INELIGIBLE
    letter = Letter.objects.filter(subject__contains="Your proposal cannot be judged").first()
    assert "The period is not one that the notice offers (the notice, period)." in letter.text
    assert "Three years; the notice offers two." in letter.text
    assert f"/proposals/{proposal.reference}/look-again/" in letter.text


def seat_of(proposal, officers):
    from tests.factories.accounts import make_user  # noqa: PLC0415 - somebody to write to

    return GroupSeat.objects.create(
        group=proposal.group,
        user=make_user(),
        role=SeatRole.AUTHORIZED_REPRESENTATIVE,
        since=database_now(),
    )


def test_a_finding_that_is_sent_back_is_written_anew(proposal, officers):
    write_screening(**by(officers[0]), proposal=proposal, finding=OUT)
    act = {**by(officers[1]), "proposal": proposal}
    assert code(check_screening, **act, check=Check(is_agreed=False)) == "note_missing"
    check_screening(**act, check=Check(is_agreed=False, note="Read the amendment"))
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.VALIDATED
    found(proposal, officers, IN)
    assert proposal.state == ProposalState.ELIGIBLE


def test_what_a_finding_needs(proposal, officers):
    act = {**by(officers[0]), "proposal": proposal}
    no_rule = Finding(Eligibility.INELIGIBLE, None, "Why")
    assert code(write_screening, **act, finding=no_rule) == "rule_missing"
    no_words = Finding(Eligibility.INELIGIBLE, ScreeningRule.PERIOD, " ")
    assert code(write_screening, **act, finding=no_words) == "explanation_missing"
    mine = make_group(officers[0], proposal.competition.agency)
    own = make_proposal(proposal.competition, ProposalState.VALIDATED, group=mine)
    assert code(write_screening, **by(officers[0]), proposal=own, finding=IN) == "own_group"
    other = make_proposal(make_competition(), ProposalState.VALIDATED)
    assert code(write_screening, **by(officers[0]), proposal=other, finding=IN) == "not_screening"


def test_a_group_asks_once_within_ten_days_and_somebody_else_answers(proposal, officers):
    found(proposal, officers, OUT)
    applicant = seat_of(proposal, officers).user
    ask = {"proposal": proposal, "reason": "Two years are asked for"}
    late = database_now() + timedelta(days=10)
    actor = actor_from_user(applicant)
    assert code(ask_reconsideration, actor=actor, at=late, **ask) == "too_late"
    empty = {**ask, "reason": " "}
    assert code(ask_reconsideration, **by(applicant), **empty) == "reason_missing"
    ask_reconsideration(**by(applicant), **ask)
    assert code(ask_reconsideration, **by(applicant), **ask) == "asked_already"
    answer = {"proposal": proposal, "is_granted": True, "rationale": "They are right"}
    for took_part in officers[:2]:
        assert code(answer_reconsideration, **by(took_part), **answer) == "took_part"
    answer_reconsideration(**by(officers[2]), **answer)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.ELIGIBLE


def test_an_answer_that_upholds_keeps_the_proposal_out(proposal, officers):
    found(proposal, officers, OUT)
    applicant = seat_of(proposal, officers).user
    ask_reconsideration(**by(applicant), proposal=proposal, reason="Wrong")
    answer = {"proposal": proposal, "is_granted": False}
    act = by(officers[2])
    assert code(answer_reconsideration, **act, **answer, rationale="") == "rationale_missing"
    answer_reconsideration(**act, **answer, rationale="Three years are written on page 2")
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.INELIGIBLE
    again = by(officers[2])
    assert code(answer_reconsideration, **again, **answer, rationale="x") == "nothing_asked"


def test_review_starts_when_everything_is_settled(competition, proposal, officers):
    other = make_proposal(competition, ProposalState.VALIDATED)
    act = {"competition": competition}
    assert code(start_review, **by(officers[0]), **act) == "screening_open"
    found(other, officers, OUT)
    found(proposal, officers, IN)
    assert code(start_review, **by(officers[0]), **act) == "reconsideration_possible"
    ask_reconsideration(**by(seat_of(other, officers).user), proposal=other, reason="Wrong")
    assert code(start_review, **by(officers[0]), **act) == "reconsideration_open"
    answer_reconsideration(
        **by(officers[2]), proposal=other, is_granted=False, rationale="It stands"
    )
    start_review(**by(officers[0]), **act)
    competition.refresh_from_db()
    proposal.refresh_from_db()
    assert competition.state == CompetitionState.REVIEW
    assert proposal.state == ProposalState.UNDER_REVIEW


def test_review_does_not_start_without_an_eligible_proposal(competition, proposal, officers):
    found(proposal, officers, OUT)
    later = database_now() + timedelta(days=11)
    actor = actor_from_user(officers[0])
    refused = code(start_review, actor=actor, at=later, competition=competition)
    assert refused == "nothing_eligible"


def test_screening_starts_after_the_close(officers):
    closed = make_competition(CompetitionState.CLOSED)
    start_screening(**by(officers[0]), competition=closed)
    closed.refresh_from_db()
    assert closed.state == CompetitionState.SCREENING
    opened = make_competition()
    refused = code(start_screening, **by(officers[0]), competition=opened)
    assert refused == "illegal_transition"
