"""Two at once: on one pool, on one offer, on one step."""

from datetime import timedelta
from decimal import Decimal

import pytest

from grants.actions.answer_award import accept_award, decline_award
from grants.actions.draft_award import draft_award
from grants.actions.offer_award import extend_offer
from grants.actions.post_fund import fund_balance
from grants.actions.sign_award import sign_award
from grants.actions.withdraw_offer import withdraw_offer
from grants.models import Award, MatchEntry
from grants.queries.award_words import digest_of
from grants.rules.award_states import AwardState, StepKind
from grants.rules.match.accounts import FundAccount
from tests.db.grants.test_award_course import drain
from tests.db.grants.test_competition_race import at_once
from tests.factories.award_course import (
    Course,
    answer_of,
    budgeted,
    checked,
    drafted,
    offered,
    selected_course,
    signed,
)
from tests.factories.awards import make_selected
from trail.queries.clock import database_now

pytestmark = pytest.mark.django_db(transaction=True)


def two_of_one_pool():
    """Two awards of 200,000 on a pool that pays for one."""
    first = checked(drafted(selected_course()))
    pool = first.selected.pool
    spare = pool.amount - Decimal(300_000)
    other = make_selected(competition=first.selected.proposal.competition)
    budgeted(other.proposal)
    second = checked(drafted(Course(first.agency, other, dict(first.people))))
    for one in (first, second):
        signed(one, StepKind.RECOMMEND, StepKind.SELECT)
    if spare > 0:
        drain(first, spare)
    return first, second


def confirming(course):
    seen, given = digest_of(course.row), course.acting(StepKind.CONFIRM_FUNDS)

    def act():
        sign_award(**given, kind=StepKind.CONFIRM_FUNDS, seen=seen)
        return "signed"

    return act


def test_two_awards_racing_on_one_pool_never_reserve_more_than_it_has():
    first, second = two_of_one_pool()
    assert sorted(at_once(confirming(first), confirming(second))) == ["pool_empty", "signed"]
    pool = first.selected.pool
    assert fund_balance(pool, None, FundAccount.AVAILABLE) == 100_000
    states = {Award.objects.get(pk=one.award.pk).status for one in (first, second)}
    assert states == {AwardState.SELECTED, AwardState.FUNDS_CONFIRMED}


def test_an_offer_taken_back_and_extended_at_once_ends_in_one_way():
    course = offered()
    given = course.acting(StepKind.OBLIGATE)
    given["at"] += timedelta(days=32)
    later = course.row.answer_by + timedelta(days=20)

    def withdraw():
        withdraw_offer(**given, reason="Nobody answered.")
        return "withdrawn"

    def extend():
        extend_offer(**given, answer_by=later, reason="The board meets.")
        return "extended"

    ends = sorted(at_once(withdraw, extend, withdraw))
    held = fund_balance(course.selected.pool, course.award, FundAccount.OBLIGATED)
    if course.row.status is AwardState.WITHDRAWN:
        assert ends == ["illegal_transition", "not_at_this_stage", "withdrawn"]
        assert held == 0
    else:
        assert ends == ["extended", "offer_still_open", "offer_still_open"]
        assert held == course.row.federal_amount


def test_an_offer_answered_twice_at_once_has_one_answer():
    course = offered()
    given = {**course.acting("representative"), "answer": answer_of(course)}

    def accept():
        accept_award(**given)
        return "accepted"

    def decline():
        decline_award(**given)
        return "declined"

    ends = at_once(accept, decline, accept)
    assert ends.count("illegal_transition") == 2
    row = course.row
    expected = 4 if row.status is AwardState.ACCEPTED else 0
    assert MatchEntry.objects.filter(award=row).count() == expected


def test_a_proposal_drafted_twice_at_once_has_one_award():
    course = selected_course()
    given = {"actor": course.actor(StepKind.RECOMMEND), "at": database_now()}

    def draft():
        return draft_award(**given, selected=course.selected).reference

    ends = at_once(draft, draft)
    assert ends.count("already_drafted") == 1
    assert Award.objects.count() == 1
