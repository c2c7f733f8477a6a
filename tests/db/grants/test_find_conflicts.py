"""Ties are found from rows, kept live by every change, and suspend what a hard one hits.

Planted: the watchers left out; a lifted tie found again; an unproved match that suspends. Each
was seen red.
"""

from datetime import date, timedelta

import pytest

from accounts.actors import actor_from_user
from accounts.models import AddressChange, Organization
from accounts.rules.roles import AgencyRoleKind
from certification.models import ConveningBody, GroupSeat
from certification.rules.groups import SeatRole
from grants.actions.decide_conflicts import lift_edge, look_at_edge, waive_edges
from grants.actions.find_conflicts import Found, find_conflicts
from grants.actions.write_profile import (
    Job,
    Relation,
    add_address,
    add_employment,
    declare_relation,
    prove_address,
    remove_entry,
)
from grants.models import Assignment, ConflictEdge, MatchCommitment
from grants.queries.conflicts import barred_pairs, is_barred
from grants.queries.panel_links import address_code
from grants.queries.reach import Candidate, reach_of
from grants.rules.panel_states import AssignmentState, MatchState
from grants.rules.reviewers import RelationKind
from grants.rules.states import ProposalState
from records.models import Letter
from tests.factories.accounts import make_officer, make_organization, make_user
from tests.factories.certification_groups import firm_entry, invite, sign
from tests.factories.grants import (
    make_assignment,
    make_competition,
    make_giver,
    make_named_person,
    make_proposal,
    make_seat,
)
from tests.factories.panels import make_reviewer
from trail.actions.record_entry import record_entry
from trail.actors import SYSTEM
from trail.queries.clock import database_now


@pytest.fixture
def competition():
    return make_competition()


@pytest.fixture
def officer(competition):
    return make_officer(competition.agency, AgencyRoleKind.CONFLICT_OFFICER, name="Olga Officer")


@pytest.fixture
def proposal(competition):
    return make_proposal(competition, ProposalState.UNDER_REVIEW)


@pytest.fixture
def user():
    return make_reviewer()


@pytest.fixture
def seat(competition, user):
    return make_seat(competition, user)


def find(competition, **only):
    return find_conflicts(at=database_now(), competition=competition, **only)


def live(user):
    rows = ConflictEdge.objects.filter(user=user, ended_at=None)
    return {(row.kind, row.is_hard, row.is_unverified) for row in rows}


def signed_giver(proposal, name, **changes):
    return make_giver(
        proposal, name, state=MatchState.SIGNED, answered_at=database_now(), **changes
    )


def hers(user):
    return {"actor": actor_from_user(user), "at": database_now(), "user": user}


def test_a_giver_who_employs_a_reviewer_is_a_hard_tie(competition, proposal, seat):
    signed_giver(proposal, "QUIET INSTITUTE, Inc.")
    assert find(competition) == Found(new=1)
    assert live(seat.user) == {("match_giver", True, False)}
    assert barred_pairs(competition) == {(seat.pk, proposal.pk)}
    assert find(competition) == Found()


def test_a_tie_ends_with_its_reason(competition, proposal, seat):
    giver = signed_giver(proposal, "Quiet Institute")
    find(competition)
    MatchCommitment.objects.filter(pk=giver.pk).update(state=MatchState.WITHDRAWN)
    assert find(competition) == Found(ended=1)
    assert live(seat.user) == set()


def test_employers_count_for_36_months(competition, proposal, seat):
    signed_giver(proposal, "Old Employer")
    today = database_now().date()
    old = Job("Old Employer", date(2015, 1, 1), today - timedelta(days=3 * 366 + 5))
    add_employment(**hers(seat.user), job=old)
    assert live(seat.user) == set()
    recent = Job("Old Employer", date(2015, 1, 1), today - timedelta(days=1000))
    add_employment(**hers(seat.user), job=recent)
    assert live(seat.user) == {("match_giver", True, False)}


def test_an_organization_joined_on_the_portal_ties_by_its_family(competition, proposal, seat):
    head = make_organization()
    mine = make_organization(seat.user, "Branch Works")
    theirs = make_organization()
    Organization.objects.filter(pk__in=[mine.pk, theirs.pk]).update(parent=head)
    signed_giver(proposal, theirs.legal_name, organization=theirs)
    find(competition)
    assert live(seat.user) == {("same_employer", False, False)}


def test_convening_body_seat_and_former_address(competition, proposal, seat):
    now = database_now()
    ConveningBody.objects.create(
        group=proposal.group, legal_name="Quiet Institute", saved_at=now, saved_by="user:1"
    )
    GroupSeat.objects.create(
        group=proposal.group, user=seat.user, role=SeatRole.ADMINISTRATOR, since=now, until=now
    )
    find(competition)
    assert live(seat.user) == {
        ("lead_organization", True, False),
        ("named_person", True, False),
    }


def test_a_confirmed_member_who_employs_a_reviewer_is_a_soft_tie_at_once(
    competition, proposal, seat
):
    member = invite(proposal.group, firm_entry("Quiet Institute"))[0]
    assert live(seat.user) == set()
    sign(member)
    assert live(seat.user) == {("roster", False, False)}


def test_whoever_types_an_address_alerts_and_suspends_nothing(competition, proposal, seat, officer):
    work = make_assignment(
        proposal,
        seat,
        AssignmentState.IN_PROGRESS,
        assigned_at=database_now() - timedelta(days=3),
    )
    make_named_person(proposal, "Somebody Else", email=seat.user.email.upper())
    record_entry(case=proposal.case, actor=SYSTEM, at=database_now(), verb="name_person")
    assert live(seat.user) == {("named_person", True, True)}
    work.refresh_from_db()
    assert work.suspended_at is None
    assert not is_barred(seat.user, proposal)
    assert barred_pairs(competition) == {(seat.pk, proposal.pk)}
    (letter,) = Letter.objects.filter(template="grants/mail/conflict_alert")
    assert letter.to_address == officer.email
    assert proposal.title not in letter.text
    assert str(seat.user) not in letter.text


def test_a_match_that_an_officer_confirms_suspends_and_lifting_lets_go_on(
    competition, proposal, seat, officer
):
    work = make_assignment(
        proposal,
        seat,
        AssignmentState.IN_PROGRESS,
        assigned_at=database_now() - timedelta(days=3),
    )
    make_named_person(proposal, "Somebody Else", email=seat.user.email)
    find(competition)
    edge = ConflictEdge.objects.get()
    at, actor = database_now(), actor_from_user(officer)
    look_at_edge(actor=actor, at=at, edge=edge, stands=True)
    work.refresh_from_db()
    assert work.suspended_at == at
    assert is_barred(seat.user, proposal)
    lift_edge(actor=actor, at=database_now(), edge=edge, reason="A namesake at another firm")
    work.refresh_from_db()
    assert work.suspended_at is None
    assert find(competition) == Found(), "a lifted tie does not come back for the same reason"


def test_a_lifted_tie_comes_back_for_a_new_reason(competition, proposal, seat, officer):
    signed_giver(proposal, "Quiet Institute")
    find(competition)
    lift_edge(
        actor=actor_from_user(officer),
        at=database_now(),
        edge=ConflictEdge.objects.get(),
        reason="Another Quiet Institute",
    )
    assert find(competition) == Found()
    signed_giver(proposal, "Quiet  Institute LLC", kind="in_kind")
    assert find(competition).new == 1


def test_a_new_hard_tie_suspends_a_live_review_in_the_act_that_makes_it(
    competition, proposal, seat, officer
):
    work = make_assignment(proposal, seat, AssignmentState.SUBMITTED)
    signed_giver(proposal, "Other Employer")
    add_employment(**hers(seat.user), job=Job("Other Employer", date(2024, 1, 1)))
    assert Assignment.objects.get(pk=work.pk).suspended_at is not None
    assert Letter.objects.filter(template="grants/mail/conflict_alert").count() == 1


def test_a_waiver_covers_only_the_reasons_it_was_given_for(competition, proposal, seat, officer):
    sign(invite(proposal.group, firm_entry("Quiet Institute"))[0])
    edge = ConflictEdge.objects.get()
    waive_edges(
        actor=actor_from_user(officer),
        at=database_now(),
        competition=competition,
        edges=[edge.pk],
        reason="A large institute, an unrelated department",
    )
    assert not is_barred(seat.user, proposal)
    sign(invite(proposal.group, firm_entry("Second Employer"))[0])
    add_employment(**hers(seat.user), job=Job("Second Employer", date(2024, 1, 1)))
    assert is_barred(seat.user, proposal)


def test_a_declared_collaborator_ties(competition, proposal, seat):
    make_named_person(proposal, "Carla Coauthor")
    relation = Relation(RelationKind.COLLABORATOR, "carla coauthor")
    row = declare_relation(**hers(seat.user), relation=relation)
    assert live(seat.user) == {("collaboration", True, False)}
    remove_entry(**hers(seat.user), reference=row.reference)
    assert live(seat.user) == set()


def test_an_alias_ties_unproved_until_its_code_is_entered(competition, proposal, seat, officer):
    signed_giver(proposal, "Somewhere Else", contact_email="other.me@example.net")
    alias = add_address(**hers(seat.user), email="Other.Me@example.net")
    assert live(seat.user) == {("match_giver", True, True)}
    assert "no longer" not in prove_address(
        **hers(seat.user), reference=alias.reference, code="000000"
    )
    assert live(seat.user) == {("match_giver", True, True)}
    code = address_code(alias.nonce)
    assert prove_address(**hers(seat.user), reference=alias.reference, code=code) == ""
    assert live(seat.user) == {("match_giver", True, False)}


def test_a_code_is_tried_five_times(seat):
    alias = add_address(**hers(seat.user), email="other.me@example.net")
    said = [prove_address(**hers(seat.user), reference=alias.reference, code="x") for _ in range(6)]
    assert said[-1] == "This code no longer works. Remove the address and add it again."


def test_a_former_address_still_ties(competition, proposal, seat):
    now = database_now()
    from tests.factories.grants import new_case  # noqa: PLC0415 - one case of an account

    AddressChange.objects.create(
        case=new_case("account", "AC", now),
        user=seat.user,
        old_address="before@example.net",
        new_address=seat.user.email,
        asked_at=now,
        code_until=now,
        done_at=now,
    )
    signed_giver(proposal, "Somewhere Else", contact_email="before@example.net")
    find(competition)
    assert live(seat.user) == {("match_giver", True, False)}


def test_the_reach_of_a_candidate_is_known_before_inviting(competition, proposal, user):
    make_proposal(competition, ProposalState.VALIDATED)
    third = make_proposal(competition, ProposalState.VALIDATED)
    signed_giver(proposal, "Quiet Institute")
    sign(invite(third.group, firm_entry("Quiet Institute"))[0])
    reach = reach_of(competition, Candidate("Rhea Reviewer", user.email), database_now())
    assert (reach.free, reach.soft, reach.hard) == (1, 1, 1)
    unknown = Candidate("Nora New", "nora@example.org", "Quiet Institute")
    assert reach_of(competition, unknown, database_now()) == reach
    stranger = Candidate("Nora New", "nora@example.org")
    assert reach_of(competition, stranger, database_now()).free == 3


def test_only_people_of_a_panel_are_compared(competition, proposal):
    make_user()
    assert find(competition) == Found()


def test_finding_ties_asks_as_often_for_many_as_for_few(
    competition, proposal, seat, django_assert_num_queries
):
    from django.db import connection  # noqa: PLC0415 - only here
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as few:
        find(competition)
    for number in range(3):
        make_seat(competition, make_reviewer(f"Robin {number}"))
        make_proposal(competition, ProposalState.UNDER_REVIEW)
    with django_assert_num_queries(len(few)):
        find(competition)
