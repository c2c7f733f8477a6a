"""Starting a proposal: who may, for which group, and what is filled in."""

from datetime import timedelta

import pytest

from accounts.actors import actor_from_user
from certification.models import Designation
from certification.rules.states import DesignationState
from grants.actions.move_proposal import Asked, Step, begin_act, finish_act
from grants.actions.start_proposal import start_proposal
from grants.models import Proposal
from grants.rules.states import CompetitionState, ProposalState
from kit.refusals import Refused
from records.models import Deadline
from tests.factories.grants import make_competition, make_proposal
from tests.factories.proposals import make_applicant, new_key, started
from trail.actors import SYSTEM
from trail.queries.clock import database_now

pytestmark = pytest.mark.django_db


def refusal_of(applicant, by=None, at=None):
    with pytest.raises(Refused) as refused:
        start_proposal(
            actor=actor_from_user(by or applicant.administrator),
            at=at or database_now(),
            competition=applicant.competition,
            group=applicant.group,
            key=new_key(),
        )
    return refused.value.refusal.code


def test_starting_fills_in_what_the_group_has_said_before():
    applicant = make_applicant()
    proposal = started(applicant)
    assert proposal.status is ProposalState.DRAFT
    assert proposal.designation.group == applicant.group
    assert proposal.sections.get(section_id="about").answers["title"] == proposal.title
    assert proposal.sections.count() == 10
    named = proposal.people.get()
    assert (named.role, named.email) == ("contact", applicant.administrator.email)


def test_the_same_form_sent_twice_starts_one_proposal():
    applicant, key = make_applicant(), new_key()
    for _ in range(2):
        start_proposal(
            actor=actor_from_user(applicant.administrator),
            at=database_now(),
            competition=applicant.competition,
            group=applicant.group,
            key=key,
        )
    assert Proposal.objects.count() == 1


def test_a_group_has_one_proposal_to_a_competition():
    applicant = make_applicant()
    started(applicant)
    assert refusal_of(applicant) == "proposal_under_way"


def test_only_an_administrator_starts():
    applicant = make_applicant()
    assert refusal_of(applicant, by=applicant.representative) == "not_administrator"


def test_a_group_whose_designation_ended_cannot_start():
    applicant = make_applicant()
    Designation.objects.update(state=DesignationState.ENDED, ended_at=database_now())
    assert refusal_of(applicant) == "not_designated"


def test_nothing_is_started_at_the_instant_of_the_close():
    applicant = make_applicant()
    closes_at = applicant.competition.closes_at
    assert refusal_of(applicant, at=closes_at) == "competition_not_open"
    start_proposal(
        actor=actor_from_user(applicant.administrator),
        at=closes_at - timedelta(microseconds=1),
        competition=applicant.competition,
        group=applicant.group,
        key=new_key(),
    )


@pytest.mark.parametrize("state", set(CompetitionState) - {CompetitionState.OPEN})
def test_only_an_open_competition_takes_a_new_proposal(state):
    closes_at = database_now() + timedelta(days=5)
    applicant = make_applicant(make_competition(state, closes_at=closes_at))
    assert refusal_of(applicant) == "competition_not_open"


def test_reminders_and_the_close_are_on_the_calendar():
    proposal = started()
    kinds = set(Deadline.objects.filter(case=proposal.case).values_list("kind", flat=True))
    assert kinds == {"remind_applicants", "close_proposal"}


def test_a_move_that_the_lifecycle_does_not_know_is_refused():
    proposal = make_proposal(make_competition())
    with pytest.raises(Refused) as refused:
        begin_act(actor=SYSTEM, at=database_now(), proposal=proposal, asked=Asked("submit"))
    assert refused.value.refusal.code == "illegal_transition"


def test_a_move_writes_state_and_trail():
    proposal = make_proposal(make_competition(), ProposalState.VALIDATED)
    act = begin_act(
        actor=SYSTEM,
        at=database_now(),
        proposal=proposal,
        asked=Asked("find_eligible", new_key()),
    )
    entry = finish_act(act, Step(facts={"rule": "none broken"}))
    proposal.refresh_from_db()
    assert (proposal.status, entry.verb) == (ProposalState.ELIGIBLE, "find_eligible")
