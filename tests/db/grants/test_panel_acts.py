"""Invitations, answers, certification, training, waivers: what they do and what they refuse."""

from datetime import timedelta

import pytest

from accounts.actors import actor_from_user
from accounts.rules.roles import AgencyRoleKind
from grants.actions.certify_conflicts import certify_conflicts
from grants.actions.decide_conflicts import (
    NewTie,
    lift_edge,
    look_at_edge,
    set_edge,
    waive_edges,
)
from grants.actions.find_conflicts import find_conflicts
from grants.actions.invite_reviewer import (
    accept_invitation,
    decline_invitation,
    end_panel_seat,
    take_back_invitation,
)
from grants.actions.take_training import take_training
from grants.models import ConflictEdge, PanelSeat, Waiver
from grants.queries.conflicts import is_barred
from grants.queries.training import answer_key, passed_at
from grants.rules.panel_states import AssignmentState, MatchState, SeatState
from grants.rules.states import CompetitionState, ProposalState
from grants.rules.terms import EdgeKind, PanelRole
from grants.rules.training import TRAINING_LIFE
from kit.refusals import Refused
from records.models import Letter
from tests.factories.accounts import make_officer, make_user
from tests.factories.certification_groups import firm_entry, invite, sign
from tests.factories.grants import (
    make_assignment,
    make_competition,
    make_giver,
    make_named_person,
    make_proposal,
    make_seat,
)
from tests.factories.panels import ask_to_panel, make_reviewer
from trail.queries.clock import database_now


@pytest.fixture
def competition():
    return make_competition(CompetitionState.REVIEW)


@pytest.fixture
def programme_officer(competition):
    return make_officer(competition.agency, AgencyRoleKind.PROGRAMME_OFFICER, name="Pia Officer")


@pytest.fixture
def officer(competition):
    return make_officer(competition.agency, AgencyRoleKind.CONFLICT_OFFICER, name="Olga Officer")


@pytest.fixture
def proposal(competition):
    return make_proposal(competition, ProposalState.UNDER_REVIEW)


def code(act, **given):
    with pytest.raises(Refused) as refused:
        act(**given)
    return refused.value.refusal.code


def by(user):
    return {"actor": actor_from_user(user), "at": database_now()}


def test_an_invitation_checks_first_seats_second_and_tells_the_numbers(
    competition, programme_officer, proposal
):
    user = make_reviewer()
    make_giver(proposal, "Quiet Institute", state=MatchState.SIGNED, answered_at=database_now())
    make_proposal(competition, ProposalState.UNDER_REVIEW)
    invitation = ask_to_panel(competition, programme_officer, user)
    assert (invitation.readable, invitation.proposals) == (1, 2)
    assert invitation.seat.state == SeatState.INVITED
    assert ConflictEdge.objects.filter(user=user, proposal=proposal).count() == 1
    letter = Letter.objects.get(template="grants/mail/panel_invitation")
    assert proposal.title not in letter.text
    assert "1 of 2" not in letter.text


def test_nobody_is_asked_who_could_read_nothing(competition, programme_officer, proposal):
    user = make_reviewer()
    make_giver(proposal, "Quiet Institute", state=MatchState.SIGNED, answered_at=database_now())
    asked = {"competition": competition, "officer": programme_officer, "user": user}
    assert code(ask_to_panel, **asked) == "nothing_to_read"
    assert not PanelSeat.objects.exists()


def test_nobody_is_asked_twice_or_for_a_panel_that_is_over(
    competition, programme_officer, proposal
):
    user = make_reviewer()
    ask_to_panel(competition, programme_officer, user)
    asked = {"competition": competition, "officer": programme_officer, "user": user}
    assert code(ask_to_panel, **asked) == "already_seated"
    over = make_competition(CompetitionState.CANCELLED)
    assert code(ask_to_panel, competition=over, officer=programme_officer) == "panel_over"


def test_somebody_without_an_account_takes_the_seat_with_the_address_that_was_asked(
    competition, programme_officer, proposal
):
    invitation = ask_to_panel(competition, programme_officer)
    assert invitation.seat is None
    wrong = make_user()
    given = {**by(wrong), "invitation": invitation, "user": wrong}
    assert code(accept_invitation, **given) == "wrong_account"
    nora = make_user("Nora New", "nora.new@example.org", has_second_step=True)
    given = {**by(nora), "invitation": invitation, "user": nora}
    seat = accept_invitation(**given)
    assert (seat.state, seat.alias, seat.role) == ("accepted", "Reviewer 1", "reviewer")
    assert accept_invitation(**given) == seat
    assert code(decline_invitation, **by(nora), invitation=invitation) == "link_closed"


def test_declining_and_taking_back(competition, programme_officer, proposal):
    user = make_reviewer()
    invitation = ask_to_panel(competition, programme_officer, user)
    decline_invitation(**by(user), invitation=invitation)
    assert PanelSeat.objects.get().state == SeatState.DECLINED
    again = ask_to_panel(competition, programme_officer, user)
    take_back_invitation(**by(programme_officer), invitation=again)
    assert PanelSeat.objects.get(pk=again.seat.pk).state == SeatState.ENDED
    given = {**by(user), "invitation": again, "user": user}
    assert code(accept_invitation, **given) == "link_closed"


def test_a_link_ends_after_three_weeks(competition, programme_officer, proposal):
    user = make_reviewer()
    invitation = ask_to_panel(competition, programme_officer, user)
    late = invitation.expires_at + timedelta(seconds=1)
    given = {"actor": actor_from_user(user), "at": late, "invitation": invitation, "user": user}
    assert code(accept_invitation, **given) == "link_expired"


def test_a_seat_with_reviews_under_way_is_not_ended(competition, programme_officer, proposal):
    seat = make_seat(competition)
    work = make_assignment(proposal, seat, AssignmentState.ACCEPTED)
    assert code(end_panel_seat, **by(programme_officer), seat=seat) == "reviews_open"
    type(work).objects.update(state=AssignmentState.REPLACED)
    assert end_panel_seat(**by(programme_officer), seat=seat).state == SeatState.ENDED
    assert end_panel_seat(**by(programme_officer), seat=seat).state == SeatState.ENDED


def test_a_certification_is_signed_once_everything_is_known(competition, proposal):
    other = make_proposal(competition, ProposalState.UNDER_REVIEW)
    user = make_reviewer()
    seat = make_seat(competition, user, is_ready=False)
    act = {**by(user), "seat": seat}
    assert code(certify_conflicts, **act, signed_name=" ") == "name_missing"
    given = {"signed_name": "Rhea Reviewer", "declared": [proposal.reference]}
    assert code(certify_conflicts, **act, **given) == "reason_missing"
    signed = certify_conflicts(**act, **given, reason="My neighbour leads it")
    seat.refresh_from_db()
    assert seat.certified_at == signed.signed_at
    assert is_barred(user, proposal)
    assert not is_barred(user, other)
    lacking = make_seat(competition, make_user(), is_ready=False)
    act = {**by(lacking.user), "seat": lacking, "signed_name": "X"}
    assert code(certify_conflicts, **act) == "profile_incomplete"
    early = make_seat(make_competition(), user, is_ready=False)
    act = {**by(user), "seat": early, "signed_name": "X"}
    assert code(certify_conflicts, **act) == "review_not_started"
    invited = make_seat(
        make_competition(CompetitionState.REVIEW), user, state=SeatState.INVITED, is_ready=False
    )
    assert code(certify_conflicts, **by(user), seat=invited, signed_name="X") == "not_seated"


def test_what_a_reviewer_may_not_know_of_cannot_be_declared(competition, proposal):
    user = make_reviewer()
    make_giver(proposal, "Quiet Institute", state=MatchState.SIGNED, answered_at=database_now())
    seat = make_seat(competition, user, is_ready=False)
    find_conflicts(at=database_now(), competition=competition)
    signed = certify_conflicts(
        **by(user), seat=seat, signed_name="R", declared=[proposal.reference], reason="A guess"
    )
    assert signed.declared == []
    assert not ConflictEdge.objects.filter(source="declared").exists()


def test_training_opens_every_seat_for_a_year(competition):
    seat = make_seat(competition, is_ready=False)
    right = {pair: agreed for pair, (agreed, _) in answer_key().items()}
    wrong = dict.fromkeys(right, 5)
    assert not take_training(**by(seat.user), user=seat.user, scores=wrong).is_passed
    seat.refresh_from_db()
    assert seat.trained_at is None
    assert take_training(**by(seat.user), user=seat.user, scores=right).is_passed
    seat.refresh_from_db()
    assert seat.trained_at is not None
    year = seat.trained_at + timedelta(days=TRAINING_LIFE, seconds=1)
    assert passed_at(seat.user, database_now()) == seat.trained_at
    assert passed_at(seat.user, year) is None


@pytest.fixture
def soft(competition, proposal, programme_officer):
    user = make_reviewer()
    sign(invite(proposal.group, firm_entry("Quiet Institute"))[0])
    ask_to_panel(competition, programme_officer, user)
    return ConflictEdge.objects.get(kind=EdgeKind.ROSTER)


def test_waivers_are_all_or_nothing_with_a_reason(competition, proposal, officer, soft):
    make_named_person(proposal, "Hanna Hard")
    hard = ConflictEdge.objects.create(
        user=soft.user,
        proposal=proposal,
        kind=EdgeKind.RELATIVE,
        is_hard=True,
        source="staff",
        found_at=database_now(),
        found_by="user:1",
    )
    act = {**by(officer), "competition": competition}
    assert code(waive_edges, **act, edges=[soft.pk], reason=" ") == "reason_missing"
    assert code(waive_edges, **act, edges=[], reason="Why") == "nothing_chosen"
    both = [soft.pk, hard.pk]
    assert code(waive_edges, **act, edges=both, reason="Why") == "hard_conflict"
    assert not Waiver.objects.exists()
    waiver = waive_edges(**act, edges=[soft.pk], reason="Why", key="k1")
    assert waive_edges(**act, edges=[soft.pk], reason="Why", key="k1") == waiver
    assert waiver.edges.get() == soft


def test_nobody_waives_own_ties_or_those_of_people_they_invited_or_sit_with(
    competition, proposal, programme_officer, soft
):
    act = {"competition": competition, "edges": [soft.pk], "reason": "Why"}
    assert code(waive_edges, **by(soft.user), **act) == "own_conflict"
    assert code(waive_edges, **by(programme_officer), **act) == "invited_them"
    other = make_seat(competition, role=PanelRole.CHAIR)
    assert code(waive_edges, **by(other.user), **act) == "on_panel"
    assert code(lift_edge, **by(soft.user), edge=soft, reason="x") == "own_conflict"


def test_what_nobody_proved_is_looked_at_before_it_is_waived(competition, officer, soft):
    ConflictEdge.objects.filter(pk=soft.pk).update(is_unverified=True)
    act = {"competition": competition, "edges": [soft.pk], "reason": "Why"}
    assert code(waive_edges, **by(officer), **act) == "not_looked"
    soft.refresh_from_db()
    look_at_edge(**by(officer), edge=soft, stands=True)
    assert code(look_at_edge, **by(officer), edge=soft, stands=True) == "nothing_to_look_at"
    waive_edges(**by(officer), **act)


def test_an_officer_sets_a_tie_that_holds_at_once(competition, proposal, officer):
    seat = make_seat(competition)
    work = make_assignment(proposal, seat, AssignmentState.IN_PROGRESS)
    tie = NewTie(EdgeKind.RELATIVE, is_hard=True, reason="Told us on the telephone")
    act = {**by(officer), "seat": seat, "proposal": proposal, "tie": tie}
    edge = set_edge(**act)
    work.refresh_from_db()
    assert work.suspended_at is not None
    assert code(set_edge, **act) == "edge_known"
    elsewhere = {**act, "proposal": make_proposal(make_competition())}
    assert code(set_edge, **elsewhere) == "wrong_competition"
    find_conflicts(at=database_now(), competition=competition)
    edge.refresh_from_db()
    assert edge.ended_at is None, "what staff set, the portal does not end"
    lift_edge(**by(officer), edge=edge, reason="A misunderstanding")
    assert code(lift_edge, **by(officer), edge=edge, reason="x") == "edge_ended"
