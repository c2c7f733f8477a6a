"""Two people press the button in the same moment; the broker is gone all the while."""

import threading

import pytest

from accounts.actors import actor_from_user
from certification.actions.store_answers import StaleText, Written
from grants.actions import move_proposal
from grants.actions.move_proposal import READ_WITH
from grants.actions.save_proposal_section import save_proposal_section
from grants.actions.start_proposal import start_proposal
from grants.actions.submit_proposal import submit_proposal
from grants.models import Proposal, Submission
from tests.db.certification.test_submission_race import at_once
from tests.factories.proposals import (
    administrator_of,
    certified,
    make_applicant,
    representative_of,
    started,
)
from trail.models import Entry
from trail.queries.clock import database_now

pytestmark = pytest.mark.django_db(transaction=True)


def submit(proposal, key):
    actor, at = actor_from_user(representative_of(proposal)), database_now()

    def act():
        return submit_proposal(actor=actor, at=at, proposal=proposal, key=key).receipt_number

    return act


def test_a_double_click_at_the_same_moment_is_one_submission():
    proposal = certified()
    ends = at_once(submit(proposal, "one"), submit(proposal, "one"))
    assert ends == [Submission.objects.get().receipt_number] * 2
    assert Entry.objects.filter(verb="submit").count() == 1


def test_two_forms_at_the_same_moment_are_one_submission_and_a_refusal():
    proposal = certified()
    ends = at_once(submit(proposal, "one"), submit(proposal, "two"))
    assert ends == [Submission.objects.get().receipt_number, "illegal_transition"]


def test_without_the_lock_only_the_database_stops_the_second(monkeypatch):
    """The twin: the lock taken away, both pass the rules, and a constraint has to say no."""
    proposal = certified()
    both = threading.Barrier(2)

    def unlocked(given):
        row = Proposal.objects.select_related(*READ_WITH).get(pk=given.pk)
        both.wait(timeout=5)
        return row

    monkeypatch.setattr(move_proposal, "lock_proposal", unlocked)
    ends = at_once(submit(proposal, "one"), submit(proposal, "two"))
    assert "illegal_transition" not in ends
    assert "IntegrityError" in ends
    assert Submission.objects.count() == 1


def test_two_starts_at_the_same_moment_are_one_proposal():
    applicant = make_applicant()
    actor, at = actor_from_user(applicant.administrator), database_now()

    def start(key):
        return lambda: (
            start_proposal(
                actor=actor,
                at=at,
                competition=applicant.competition,
                group=applicant.group,
                key=key,
            ).case.reference
        )

    ends = at_once(start("one"), start("two"))
    assert ends == [Proposal.objects.get().case.reference, "proposal_under_way"]


def test_two_editors_at_the_same_moment_lose_nothing():
    proposal = started()

    def save(person):
        written = Written("access", {"outputs": f"By {person}"}, 0)

        def act():
            try:
                save_proposal_section(
                    actor=actor_from_user(person),
                    at=database_now(),
                    proposal=proposal,
                    written=written,
                )
            except StaleText:
                return "both texts shown"
            return "saved"

        return act

    people = administrator_of(proposal), representative_of(proposal)
    assert at_once(*(save(person) for person in people)) == ["both texts shown", "saved"]
