"""From the selected proposal to the accepted award: four people, exact words, exact money."""

from contextlib import nullcontext
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from accounts.actors import actor_from_user
from accounts.models import AgencyRole
from accounts.rules.roles import AgencyRoleKind
from grants.actions.answer_award import Answer, accept_award, decline_award
from grants.actions.check_award_risk import ConditionWords, add_condition, remove_condition
from grants.actions.draft_award import AwardTerms, draft_award, write_award
from grants.actions.offer_award import extend_offer, offer_award, remind_recipient
from grants.actions.post_fund import Posting, fund_balance, post_fund
from grants.actions.sign_award import allot, change_award, sign_award
from grants.actions.withdraw_offer import withdraw_offer
from grants.models import Award, FundEntry, SelectedCase
from grants.queries.award_records import award_standing
from grants.queries.award_words import digest_of, offer_digest
from grants.rules.award_signing import Finding
from grants.rules.award_states import AwardState, StepKind
from grants.rules.match.accounts import FundAccount, FundStep, MatchAccount
from grants.rules.states import ProposalState
from kit.periods import end_of_day
from kit.refusals import Refused
from records.models import Letter
from tests.factories.accounts import make_user
from tests.factories.award_course import (
    accepted,
    answer_of,
    checked,
    drafted,
    offered,
    selected_course,
    sign,
    signed,
)
from tests.factories.awards import make_award, make_selected
from tests.factories.grants import make_proposal
from trail.queries.clock import database_now
from trail.rules.retention import RetentionClass

CONDITION = ConditionWords("Quarterly reports", "A finding", "Four in time", "A year", "Write us")


def refused(code):
    return pytest.raises(Refused, check=lambda found: found.refusal.code == code)


def held(course, account):
    return fund_balance(course.selected.pool, course.award, account)


def give_role(course, person, role):
    AgencyRole.objects.create(
        agency=course.agency, user=person, role=role, since=database_now(), granted_by="user:1"
    )


def test_a_draft_takes_amount_share_and_budget_from_the_submitted_proposal():
    course = drafted(selected_course())
    row = course.row
    assert row.federal_amount == Decimal("200000.00")
    lines = {one.category: (one.federal, one.match) for one in row.lines.all()}
    assert lines == {"personnel": (150_000, 100_000), "other": (50_000, 100_000)}
    assert row.starts_on.day == 1
    assert row.terms


def test_a_proposal_is_awarded_once_and_a_double_click_is_harmless():
    course = selected_course()
    given = {"actor": course.actor(StepKind.RECOMMEND), "at": database_now()}
    first = draft_award(**given, selected=course.selected, key="one")
    assert draft_award(**given, selected=course.selected, key="one") == first
    with refused("already_drafted"):
        draft_award(**given, selected=course.selected, key="two")


def test_a_proposal_that_is_not_selected_is_not_awarded():
    course = selected_course()
    proposal = make_proposal(course.selected.proposal.competition, ProposalState.NOT_SELECTED)
    left_out = SelectedCase.objects.create(
        selection=course.selected.selection, proposal=proposal, is_selected=False, is_by_rank=True
    )
    with refused("not_selected"):
        draft_award(actor=course.actor(StepKind.RECOMMEND), at=database_now(), selected=left_out)


def test_terms_are_written_in_the_draft_only():
    course = drafted(selected_course())
    row = course.row
    terms = AwardTerms(row.starts_on, row.ends_on, 30, 40, has_advances=True, terms="As agreed.")
    write_award(**course.acting(StepKind.RECOMMEND), terms=terms)
    assert course.row.pre_award_days == 30
    checked(course)
    with refused("not_at_this_stage"):
        write_award(**course.acting(StepKind.RECOMMEND), terms=terms)


def test_terms_may_be_stricter_than_the_cap_of_the_competition_but_not_looser():
    course = drafted(selected_course())
    row = course.row
    assert row.noncash_percent == 40
    for percent, code in ((41, "over_the_cap"), (-1, "over_the_cap"), (10, "")):
        terms = AwardTerms(row.starts_on, row.ends_on, 0, percent, has_advances=True, terms="So.")
        with refused(code) if code else nullcontext():
            write_award(**course.acting(StepKind.RECOMMEND), terms=terms)
    assert course.row.noncash_percent == 10


@pytest.mark.parametrize("outcome", [Finding.CONCERN, Finding.BARRED])
def test_what_risk_found_stops_the_recommendation(outcome):
    course = checked(drafted(selected_course()), single_audit=outcome)
    with refused("barred" if outcome is Finding.BARRED else "concern_unmet"):
        sign(course, StepKind.RECOMMEND)


def test_a_concern_is_met_by_a_condition():
    course = checked(drafted(selected_course()), single_audit=Finding.CONCERN)
    add_condition(**course.acting(StepKind.RECOMMEND), words=CONDITION)
    sign(course, StepKind.RECOMMEND)
    assert course.row.status is AwardState.RECOMMENDED
    with refused("not_at_this_stage"):
        add_condition(**course.acting(StepKind.RECOMMEND), words=CONDITION)


def test_four_people_make_an_obligation_and_the_money_follows():
    course = checked(drafted(selected_course()))
    signed(course, StepKind.RECOMMEND, StepKind.SELECT)
    assert not FundEntry.objects.filter(award=course.award).exists()
    sign(course, StepKind.CONFIRM_FUNDS)
    assert held(course, FundAccount.RESERVED) == 200_000
    sign(course, StepKind.OBLIGATE)
    assert held(course, FundAccount.RESERVED) == 0
    assert held(course, FundAccount.OBLIGATED) == 200_000
    row = course.row
    assert row.status is AwardState.OBLIGATED
    assert row.number.startswith("AWO-")
    assert row.steps.values("signed_by").distinct().count() == 4
    assert row.steps.values("words_digest").distinct().count() == 1


def test_the_same_person_cannot_sign_two_steps():
    course = checked(drafted(selected_course()))
    person = course.people[StepKind.SELECT]
    give_role(course, person, AgencyRoleKind.FINANCE_OFFICER)
    signed(course, StepKind.RECOMMEND, StepKind.SELECT)
    with refused("signed_another_step"):
        sign(course, StepKind.CONFIRM_FUNDS, who=StepKind.SELECT)
    assert course.row.status is AwardState.SELECTED


def test_whoever_drafted_an_award_cannot_select_it():
    course = selected_course()
    official = course.people[StepKind.SELECT]
    give_role(course, official, AgencyRoleKind.PROGRAMME_OFFICER)
    course.award = draft_award(
        actor=actor_from_user(official), at=database_now(), selected=course.selected
    )
    checked(course)
    sign(course, StepKind.RECOMMEND)
    with refused("worker_is_decider"):
        sign(course, StepKind.SELECT)


@pytest.mark.parametrize("kind", StepKind)
def test_each_step_is_signed_by_its_office_only(kind):
    course = checked(drafted(selected_course()))
    for before in list(StepKind)[: list(StepKind).index(kind)]:
        sign(course, before)
    course.people["stranger"] = make_user()
    with refused("not_the_signer"):
        sign(course, kind, who="stranger")


def test_nobody_signs_words_that_changed_since_the_page_was_opened():
    course = checked(drafted(selected_course()))
    seen = digest_of(course.row)
    add_condition(**course.acting(StepKind.RECOMMEND), words=CONDITION)
    with refused("words_changed"):
        sign_award(**course.acting(StepKind.RECOMMEND), kind=StepKind.RECOMMEND, seen=seen)


def test_a_change_voids_every_signature_and_gives_the_money_back():
    course = signed(checked(drafted(selected_course())))
    number = course.row.number
    why = "The end of the period is a day too late."
    change_award(**course.acting(StepKind.OBLIGATE), reason=why)
    row = course.row
    assert row.status is AwardState.DRAFTED
    assert row.version == 2
    assert not row.steps.filter(voided_at=None).exists()
    assert held(course, FundAccount.OBLIGATED) == held(course, FundAccount.RESERVED) == 0
    assert fund_balance(course.selected.pool, None, FundAccount.AVAILABLE) == (
        course.selected.pool.amount
    )
    with refused("illegal_transition"):
        sign(course, StepKind.RECOMMEND)
    signed(checked(course))
    assert course.row.number == number, "the award keeps its number"
    assert held(course, FundAccount.OBLIGATED) == 200_000


def test_no_more_is_reserved_than_the_pool_has():
    course = checked(drafted(selected_course()))
    pool = course.selected.pool
    signed(course, StepKind.RECOMMEND, StepKind.SELECT)
    other = drain(course, pool.amount - Decimal("199999.99"))
    with refused("pool_empty"):
        sign(course, StepKind.CONFIRM_FUNDS)
    assert course.row.status is AwardState.SELECTED
    assert other.amount == pool.amount - Decimal("199999.99")


def drain(course, amount):
    """Another award of the same pool takes this much."""
    given = {"actor": course.actor(StepKind.CONFIRM_FUNDS), "at": database_now()}
    pool = course.selected.pool
    with transaction.atomic():
        allot(**given, pool=pool)
    competition = course.selected.proposal.competition
    award = make_award(AwardState.DRAFTED, selected=make_selected(competition=competition))
    posting = Posting(FundStep.RESERVE, amount, "Of another award")
    with transaction.atomic():
        return post_fund(**given, pool=pool, award=award, posting=posting)


def test_an_offer_is_a_letter_to_every_seat_with_thirty_days():
    course = offered()
    row = course.row
    assert row.answer_by - row.offered_at.date() <= timedelta(days=30)
    letters = Letter.objects.filter(case=row.case)
    assert letters.count() == row.group.seats.filter(until=None).count()
    assert row.number in letters[0].subject


def test_an_accepted_award_has_its_promises_in_the_ledger():
    course = accepted()
    row = course.row
    assert row.status is AwardState.ACCEPTED
    assert row.answered_title == "President"
    assert row.pledges.count() == 2
    for pledge in row.pledges.all():
        ends = [(one.source, one.target) for one in pledge.entries.order_by("number")]
        assert ends == [
            (MatchAccount.OUTSIDE, MatchAccount.PLEDGED),
            (MatchAccount.PLEDGED, MatchAccount.COMMITTED),
        ]
    assert list(row.entries.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_only_an_authorized_representative_answers():
    course = offered()
    course.people["member"] = course.row.group.seats.exclude(user=course.people["representative"])[
        0
    ].user
    for who in ("member", StepKind.OBLIGATE):
        with refused("not_representative"):
            accept_award(**course.acting(who), answer=answer_of(course))


def test_an_offer_is_answered_once():
    course = accepted()
    with refused("illegal_transition"):
        decline_award(**course.acting("representative"), answer=answer_of(course))
    assert course.row.pledges.count() == 2


def test_a_repeated_click_of_the_same_form_accepts_once():
    course = offered()
    given = {**course.acting("representative"), "answer": answer_of(course), "key": "once"}
    accept_award(**given)
    accept_award(**given)
    assert course.row.entries.count() == 4


def test_an_offer_ends_with_its_last_day_in_the_zone_of_the_agency():
    course = offered()
    last = course.row.answer_by
    given = course.acting("representative")
    given["at"] = given["at"] + timedelta(days=32)
    with refused("offer_is_over"):
        accept_award(**given, answer=answer_of(course))
    extend_offer(
        **{**course.acting(StepKind.OBLIGATE), "at": given["at"]},
        answer_by=last + timedelta(days=20),
        reason="The board meets next week.",
    )
    accept_award(**given, answer=answer_of(course))
    assert course.row.status is AwardState.ACCEPTED


def test_nobody_accepts_words_that_were_not_read():
    course = offered()
    stale = Answer("President", offer_digest(course.row)[::-1])
    with refused("words_changed"):
        accept_award(**course.acting("representative"), answer=stale)


def test_a_declined_award_gives_its_money_back():
    course = offered()
    decline_award(**course.acting("representative"), answer=answer_of(course))
    assert held(course, FundAccount.OBLIGATED) == 0
    assert fund_balance(course.selected.pool, None, FundAccount.AVAILABLE) == (
        course.selected.pool.amount
    )
    assert not course.row.pledges.exists()


def test_a_reminder_is_written_only_while_nobody_has_answered():
    course = offered()
    before = Letter.objects.count()
    remind_recipient(course.row.case, database_now())
    assert Letter.objects.count() > before
    accept_award(**course.acting("representative"), answer=answer_of(course))
    before = Letter.objects.count()
    remind_recipient(course.row.case, database_now())
    assert Letter.objects.count() == before


def test_a_condition_of_an_accepted_award_is_removed_with_a_reason():
    course = checked(drafted(selected_course()))
    add_condition(**course.acting(StepKind.RECOMMEND), words=CONDITION)
    signed(course)
    offer_award(**course.acting(StepKind.OBLIGATE))
    row = course.row.conditions.get()
    given = {**course.acting(StepKind.RECOMMEND), "condition": row.pk}
    with refused("not_at_this_stage"):
        remove_condition(**given, reason="Not while the offer stands.")
    accept_award(**course.acting("representative"), answer=answer_of(course))
    with refused("reason_missing"):
        remove_condition(**given, reason=" ")
    remove_condition(**given, reason="Four reports came in time.")
    assert course.row.conditions.get().removed_at
    assert Award.objects.get().status is AwardState.ACCEPTED


def late(course, who):
    """An act of somebody two days after the last day to answer."""
    given = course.acting(who)
    return {**given, "at": given["at"] + timedelta(days=32)}


def test_an_unanswered_offer_is_taken_back_and_its_money_returns():
    course = offered()
    before = Letter.objects.count()
    withdraw_offer(**late(course, StepKind.OBLIGATE), reason="The group has dissolved.", key="w")
    withdraw_offer(**late(course, StepKind.OBLIGATE), reason="The group has dissolved.", key="w")
    row, pool = course.row, course.selected.pool
    assert row.status is AwardState.WITHDRAWN
    assert row.withdrawal_reason == "The group has dissolved."
    assert held(course, FundAccount.OBLIGATED) == 0
    assert held(course, FundAccount.RESERVED) == 0
    assert fund_balance(pool, None, FundAccount.AVAILABLE) == pool.amount
    letters = Letter.objects.order_by("-pk")[: Letter.objects.count() - before]
    assert len(letters) == row.group.seats.filter(until=None).count()
    assert all("taken back" in one.subject for one in letters)
    assert not row.pledges.exists()
    assert award_standing(row.case).retention is RetentionClass.UNSUCCESSFUL


def test_an_offer_stands_to_the_end_of_its_last_day():
    course = offered()
    given = course.acting(StepKind.OBLIGATE)
    zone = course.row.agency.time_zone
    ends = end_of_day(course.row.answer_by, zone)
    with refused("offer_still_open"):
        withdraw_offer(**{**given, "at": ends - timedelta(seconds=1)}, reason="Too slow.")
    extend_offer(**given, answer_by=course.row.answer_by + timedelta(days=9), reason="The board.")
    with refused("offer_still_open"):
        withdraw_offer(**{**given, "at": ends}, reason="Too slow.")
    ends = end_of_day(course.row.answer_by, zone)
    withdraw_offer(**{**given, "at": ends}, reason="Too slow.")
    assert course.row.status is AwardState.WITHDRAWN


def test_an_offer_is_taken_back_with_a_reason_and_only_while_it_stands():
    course = offered()
    with refused("reason_missing"):
        withdraw_offer(**late(course, StepKind.OBLIGATE), reason=" ")
    assert held(course, FundAccount.OBLIGATED) > 0
    accept_award(**course.acting("representative"), answer=answer_of(course))
    with refused("illegal_transition"):
        withdraw_offer(**late(course, StepKind.OBLIGATE), reason="Too slow.")
    assert course.row.status is AwardState.ACCEPTED


def test_nobody_accepts_an_offer_that_was_taken_back():
    course = offered()
    answer = answer_of(course)
    withdraw_offer(**late(course, StepKind.OBLIGATE), reason="Too slow.")
    with refused("illegal_transition"):
        accept_award(**course.acting("representative"), answer=answer)
    with refused("illegal_transition"):
        decline_award(**course.acting("representative"), answer=answer)
