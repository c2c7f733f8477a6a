"""Certifying and submitting: the arrival counts, the answer comes at once, nothing is lost."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.actors import actor_from_user
from certification.models import Designation
from certification.rules.states import DesignationState
from grants.actions.allow_late import Leave, allow_late
from grants.actions.certify_proposal import certify_proposal
from grants.actions.revise_proposal import keep_submitted, revise_proposal, withdraw_proposal
from grants.actions.submit_proposal import submit_proposal
from grants.actions.watch_proposal import GRACE, close_proposal, remind_applicants
from grants.models import Competition, Proposal, Submission
from grants.queries.proposal_content import content_of, hash_of
from grants.rules.late import LateReason
from grants.rules.states import CompetitionState, ProposalState
from kit.refusals import Refused
from records.models import Letter
from tests.factories.accounts import make_user
from tests.factories.grants import move_close
from tests.factories.proposals import (
    administrator_of,
    answer_with_code,
    asked,
    certified,
    completed,
    listed,
    new_key,
    representative_of,
    submitted,
    write,
)
from trail.queries.clock import database_now

pytestmark = pytest.mark.django_db
MICROSECOND = timedelta(microseconds=1)


def submit(proposal, at=None, by=None, key=None):
    return submit_proposal(
        actor=actor_from_user(by or representative_of(proposal)),
        at=at or database_now(),
        proposal=proposal,
        key=key or new_key(),
    )


def refused(call):
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.refusal.code


def again(proposal, verb=revise_proposal, by=None):
    return verb(
        actor=actor_from_user(by or administrator_of(proposal)),
        at=database_now(),
        proposal=proposal,
        key=new_key(),
    )


def certify(proposal, by, title="President"):
    return certify_proposal(
        actor=actor_from_user(by),
        at=database_now(),
        proposal=proposal,
        title=title,
        key=new_key(),
    )


def test_a_complete_proposal_is_received_at_once_with_everything_that_decided_its_time():
    proposal = certified()
    at = proposal.competition.closes_at - MICROSECOND
    submission = submit(proposal, at)
    proposal.refresh_from_db()
    assert (proposal.status, proposal.counting) == (ProposalState.VALIDATED, submission)
    assert submission.received_at == at
    assert submission.recorded_at is not None
    assert submission.closes_at == proposal.competition.closes_at
    assert submission.time_zone == "America/New_York"
    assert hash_of(submission.content) == submission.content_hash == proposal.certified_hash
    assert proposal.federal_amount == Decimal("70000.50")
    letters = Letter.objects.filter(case=proposal.case, subject__contains=submission.receipt_number)
    assert letters.count() == 2


def test_the_first_instant_after_the_last_minute_is_too_late_and_the_draft_stays():
    proposal = certified()
    before = content_of(proposal)
    assert refused(lambda: submit(proposal, proposal.competition.closes_at)) == "too_late"
    proposal.refresh_from_db()
    assert proposal.status is ProposalState.READY
    assert content_of(proposal) == before
    assert not Submission.objects.exists()


def test_what_arrived_in_time_counts_although_the_competition_was_closed_meanwhile():
    proposal = certified()
    at = proposal.competition.closes_at - MICROSECOND
    Competition.objects.filter(pk=proposal.competition_id).update(state=CompetitionState.CLOSED)
    assert submit(proposal, at).is_valid


def test_the_same_form_sent_twice_gives_the_same_receipt():
    proposal, key = certified(), new_key()
    first = submit(proposal, key=key)
    assert submit(proposal, key=key) == first
    assert Submission.objects.count() == 1


def test_only_a_representative_submits_and_only_what_is_certified():
    proposal = completed()
    assert refused(lambda: submit(proposal)) == "illegal_transition"
    proposal = certified(proposal)
    by = administrator_of(proposal)
    assert refused(lambda: submit(proposal, by=by)) == "not_representative"


def test_who_started_a_proposal_does_not_certify_it():
    proposal = completed()
    seat = proposal.group.seats.get(user=representative_of(proposal))
    Proposal.objects.filter(pk=proposal.pk).update(started_by=f"user:{seat.user_id}")
    assert refused(lambda: certify(proposal, seat.user)) == "second_person"


def test_an_administrator_does_not_certify_and_nobody_without_a_title():
    proposal = completed()
    assert refused(lambda: certify(proposal, administrator_of(proposal))) == "not_representative"
    assert refused(lambda: certify(proposal, representative_of(proposal), " ")) == "no_title"


def test_a_budget_off_by_one_dollar_is_not_certified():
    proposal = completed()
    write(proposal, "budget", match_personnel="40001")
    assert refused(lambda: certify(proposal, representative_of(proposal))) == "incomplete"


def test_a_changed_word_takes_the_certification_back():
    proposal = certified()
    write(proposal, "about", title="Another title")
    proposal.refresh_from_db()
    assert proposal.status is ProposalState.DRAFT
    assert (proposal.certified_by, proposal.certified_hash) == (None, "")


def test_what_changed_outside_the_words_comes_back_with_errors_at_once():
    proposal = certified()
    Designation.objects.update(state=DesignationState.ENDED, ended_at=database_now())
    submission = submit(proposal)
    proposal.refresh_from_db()
    assert proposal.status is ProposalState.REJECTED_WITH_ERRORS
    assert proposal.counting is None
    assert "no longer in force" in submission.errors[0]
    letter = Letter.objects.filter(case=proposal.case).last()
    assert "came back with errors" in letter.subject


def test_words_that_are_not_those_certified_come_back():
    proposal = certified()
    row = proposal.sections.get(section_id="access")
    row.answers["outputs"] = "Behind everybody's back."
    row.save()
    assert any("certified" in error for error in submit(proposal).errors)


def test_the_last_valid_version_counts():
    first = submitted()
    proposal = again(first.proposal)
    write(proposal, "about", title="Second version")
    second = submitted(certified(proposal))
    proposal.refresh_from_db()
    assert (second.number, proposal.counting, proposal.title) == (2, second, "Second version")


def test_a_version_with_errors_leaves_the_one_before_counting():
    first = submitted()
    proposal = certified(again(first.proposal))
    Designation.objects.update(state=DesignationState.ENDED, ended_at=database_now())
    assert not submit(proposal).is_valid
    proposal.refresh_from_db()
    assert proposal.counting == first
    assert again(proposal, keep_submitted).status is ProposalState.VALIDATED


def test_what_is_being_written_at_the_close_gives_way_to_what_was_submitted():
    first = submitted()
    proposal = again(first.proposal)
    write(proposal, "about", title="Never submitted")
    proposal.people.filter(name="Lena Lead").delete()
    closes_at = proposal.competition.closes_at
    close_proposal(proposal.case, closes_at)
    proposal.refresh_from_db()
    assert proposal.status is ProposalState.DRAFT, "what came in time may still be waiting"
    close_proposal(proposal.case, closes_at + GRACE)
    proposal.refresh_from_db()
    assert (proposal.status, proposal.counting) == (ProposalState.VALIDATED, first)
    assert proposal.title == "A plan for glass"
    assert proposal.people.filter(name="Lena Lead").exists(), "conflicts are found from rows"


def test_a_draft_that_was_never_submitted_stays_a_draft_after_the_close():
    proposal = completed()
    close_proposal(proposal.case, proposal.competition.closes_at + GRACE)
    proposal.refresh_from_db()
    assert proposal.status is ProposalState.DRAFT


def test_no_new_version_after_the_close():
    proposal = submitted().proposal
    past = database_now() - timedelta(hours=1)
    move_close(proposal.competition, past)
    assert refused(lambda: again(proposal)) == "too_late"


def test_reminders_go_to_the_team_until_something_was_submitted():
    proposal = completed()
    before = Letter.objects.filter(case=proposal.case).count()
    remind_applicants(proposal.case, database_now())
    assert Letter.objects.filter(case=proposal.case).count() == before + 2
    submitted(certified(proposal))
    before = Letter.objects.filter(case=proposal.case).count()
    remind_applicants(proposal.case, database_now())
    assert Letter.objects.filter(case=proposal.case).count() == before


def test_a_withdrawn_proposal_makes_room_for_another():
    proposal = submitted().proposal
    token = None
    withdrawn = again(proposal, withdraw_proposal, by=representative_of(proposal))
    assert withdrawn.status is ProposalState.WITHDRAWN
    assert token is None


def test_withdrawing_is_for_representatives():
    proposal = completed()
    assert refused(lambda: again(proposal, withdraw_proposal)) == "not_representative"


def test_withdrawing_closes_the_links_of_givers():
    proposal = completed()
    token = asked(listed(proposal, Decimal(5), name="Late Giver"))
    again(proposal, withdraw_proposal, by=representative_of(proposal))
    assert refused(lambda: answer_with_code(token)) == "link_replaced"


def leave(proposal, by, at=None, **changes):
    at = at or proposal.competition.closes_at + timedelta(minutes=5)
    values = {
        "reason": LateReason.FAULT_OF_PORTAL,
        "note": "The log shows it.",
        "until": at + timedelta(hours=24),
        **changes,
    }
    return allow_late(
        actor=actor_from_user(by), at=at, proposal=proposal, leave=Leave(**values), key=new_key()
    )


def test_the_first_of_two_clicks_may_be_worked_off_second_and_gets_the_receipt_too():
    proposal = certified()
    at = database_now()
    receipt = submit(proposal, at, key="one").receipt_number
    assert submit(proposal, at - timedelta(seconds=1), key="one").receipt_number == receipt


def test_a_late_submission_needs_a_leave_with_a_reason_and_says_so():
    proposal = certified()
    late = proposal.competition.closes_at + timedelta(hours=1)
    assert refused(lambda: submit(proposal, late)) == "too_late"
    leave(proposal, make_user())
    submission = submit(proposal, late)
    assert (submission.late_reason, submission.is_valid) == ("portal_fault", True)


def test_a_leave_ends():
    proposal = certified()
    leave(proposal, make_user())
    after = proposal.competition.closes_at + timedelta(hours=25)
    assert refused(lambda: submit(proposal, after)) == "too_late"


def test_nobody_of_the_group_allows_it_and_nobody_without_a_note():
    proposal = certified()
    assert refused(lambda: leave(proposal, administrator_of(proposal))) == "own_case"
    assert refused(lambda: leave(proposal, make_user(), note=" ")) == "no_note"
    early = proposal.competition.closes_at - timedelta(hours=1)
    assert refused(lambda: leave(proposal, make_user(), at=early)) == "not_closed"
