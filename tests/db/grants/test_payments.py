"""A request for payment from the draft to the money and back, and everything that is refused."""

from contextlib import contextmanager
from decimal import Decimal

import pytest

from grants.actions.certify_payment import certify_payment
from grants.actions.hold_payment import hold_payment, release_payment
from grants.actions.prepare_payment import (
    save_payment,
    start_payment,
    submit_payment,
    withdraw_payment,
)
from grants.actions.record_refund import Repayment, record_refund
from grants.actions.review_payment import return_payment
from grants.models import FundEntry
from grants.queries.award_standing import standing_of
from grants.queries.payment_lines import lines_of
from grants.rules.match.accounts import MatchStep
from grants.rules.payment_states import PaymentState, RepaymentCause, ReviewKind, ReviewOutcome
from kit.refusals import Refused
from tests.db.grants.payment_acts import (
    acting,
    approved,
    certified,
    drafted,
    matched,
    paid,
    prepared,
    reviewed,
    submitted,
)
from tests.db.grants.test_award_rows import make_condition
from tests.factories.accounts import make_user
from tests.factories.awards import make_award, post_match
from trail.models import Effect
from trail.queries.clock import database_now

EIGHTY = {"personnel": (500, 0, 80)}


@contextmanager
def refused_as(code):
    """Refused by this rule, and not one entry more in the ledger."""
    before = FundEntry.objects.count()
    with pytest.raises(Refused) as refused:
        yield
    assert refused.value.refusal.code == code, refused.value.refusal.sentence
    assert FundEntry.objects.count() == before


@pytest.fixture
def award():
    return matched(100)


def test_from_the_draft_to_the_money(award):
    row = paid(award, EIGHTY)
    assert row.status is PaymentState.PAID
    assert standing_of(award).drawn == Decimal(80)
    verbs = list(award.case.entries.values_list("verb", flat=True))
    assert verbs[-7:] == [
        "start_payment",
        "submit_payment",
        "review_payment",
        "review_payment",
        "certify_payment",
        "make_payment_file",
        "pay_payment",
    ]


def test_the_clock_runs_thirty_days(award):
    row = submitted(award, EIGHTY)
    assert (row.pay_by - database_now().date()).days in {29, 30}


def test_one_cent_over_the_limit(award):
    row = drafted(award, {"personnel": (500, 0, "100.01")})
    with refused_as("over_the_limit"):
        submit_payment(**acting(), request=row, title="Director")
    version = row.version
    lines = {"personnel": (500, 0, "100.00")}
    save_payment(**acting(), request=row, prepared=prepared(award, lines, version=version))
    row.refresh_from_db()
    assert submit_payment(**acting(), request=row, title="Director").round == 1


def test_one_cent_over_a_line(award):
    row = drafted(award, {"travel": ("20000.01", 0, 50)})
    with refused_as("over_the_budget"):
        submit_payment(**acting(), request=row, title="Director")
    other = matched(100)
    paid(other, {"travel": (60, 0, 60)})
    row = drafted(other, {"travel": (80, 0, "20.01")})
    with refused_as("over_the_line"):
        submit_payment(**acting(), request=row, title="Director")


def test_a_line_that_asks_for_more_than_its_costs(award):
    with refused_as("over_the_line"):
        drafted(award, {"travel": (50, 0, "50.01")})


def test_a_line_that_the_budget_does_not_have(award):
    with refused_as("not_in_budget"):
        drafted(award, {"equipment": (50, 0, 50)})


def test_costs_lower_than_before(award):
    paid(award, {"personnel": (60, 0, 60)})
    row = drafted(award, {"personnel": ("59.99", 0, 0), "travel": (10, 0, 10)})
    with refused_as("costs_lower"):
        submit_payment(**acting(), request=row, title="Director")


def test_costs_fall_by_what_was_paid_back(award):
    first = paid(award, {"personnel": (60, 0, 60)})
    refund(first, cause=RepaymentCause.COST, personnel=10)
    submitted(award, {"personnel": (50, 0, 0), "travel": (10, 0, 10)})


def test_an_advance_only_where_the_terms_say_so(award):
    row = drafted(award, {"personnel": (50, 20, 70)})
    with refused_as("no_advances"):
        submit_payment(**acting(), request=row, title="Director")
    other = matched(100, has_advances=True)
    certified(other, {"personnel": (50, 20, 70)})
    assert standing_of(other).advance == Decimal(20)


def test_nothing_asked_and_nothing_told(award):
    row = drafted(award, {"personnel": (50, 0, 0)})
    with refused_as("nothing_asked"):
        submit_payment(**acting(), request=row, title="Director")
    mute = prepared(award, EIGHTY, progress="Work.", version=1)
    save_payment(**acting(), request=row, prepared=mute)
    with refused_as("progress_missing"):
        submit_payment(**acting(), request=row, title="Director")


def test_days_outside_the_award(award):
    early = (award.starts_on.replace(year=award.starts_on.year - 1), award.starts_on)
    with refused_as("outside_the_period"):
        start_payment(**acting(), award=award, prepared=prepared(award, EIGHTY, days=early))


def test_what_others_ask_for_counts(award):
    submitted(award, EIGHTY)
    row = drafted(award, {"personnel": (600, 0, "20.01")})
    with refused_as("over_the_limit"):
        submit_payment(**acting(), request=row, title="Director")


def test_one_request_is_prepared_at_a_time(award):
    drafted(award, EIGHTY)
    with refused_as("request_unfinished"):
        drafted(award, EIGHTY)


def test_two_people_of_the_group_do_not_overwrite_each_other(award):
    row = drafted(award, EIGHTY)
    save_payment(**acting(), request=row, prepared=prepared(award, EIGHTY, version=1))
    with refused_as("stale_text"):
        save_payment(**acting(), request=row, prepared=prepared(award, EIGHTY, version=1))


def test_a_second_click_starts_and_submits_nothing_more(award):
    person = make_user()
    again = {**acting(person), "award": award, "key": "one", "prepared": prepared(award, EIGHTY)}
    assert start_payment(**again).pk == start_payment(**again).pk
    row = award.payment_requests.get()
    for _ in range(2):
        submit_payment(**acting(person), request=row, title="Director", key="two")
    row.refresh_from_db()
    assert row.round == 1


def test_the_same_person_does_not_review_twice(award):
    row, person = submitted(award, EIGHTY), make_user()
    reviewed(row, ReviewKind.PROGRESS, person=person)
    with refused_as("reviewed_already"):
        reviewed(row, ReviewKind.MONEY, person=person)
    with refused_as("review_done"):
        reviewed(row, ReviewKind.PROGRESS)


def test_nobody_reviews_or_certifies_an_own_request(award):
    person = make_user()
    row = submitted(award, EIGHTY, person)
    with refused_as("own_request"):
        reviewed(row, ReviewKind.MONEY, person=person)
    reviewed(row, ReviewKind.PROGRESS)
    reviewed(row, ReviewKind.MONEY)
    with refused_as("own_request"):
        certify_payment(**acting(person), request=row, round_read=row.round)


def test_a_reviewer_does_not_certify(award):
    row = approved(award, EIGHTY)
    for one in row.reviews.all():
        with refused_as("reviewer_certifies"):
            certify_payment(**acting(one.reviewed_by), request=row, round_read=row.round)


def test_nothing_is_certified_before_two_reviews(award):
    row = submitted(award, EIGHTY)
    reviewed(row, ReviewKind.PROGRESS)
    with refused_as("illegal_transition"):
        certify_payment(**acting(), request=row, round_read=row.round)


def test_approval_in_part(award):
    row = approved(award, {"personnel": (500, 0, 80), "travel": (50, 0, 20)}, {"personnel": 70})
    assert row.status is PaymentState.APPROVED_PARTIAL
    certify_payment(**acting(), request=row, round_read=row.round)
    assert standing_of(award).drawn == Decimal(90)


def test_no_more_is_approved_than_was_asked_for(award):
    row = submitted(award, EIGHTY)
    with refused_as("over_the_line"):
        reviewed(row, ReviewKind.MONEY, approved={"personnel": "80.01"})
    with refused_as("nothing_approved"):
        reviewed(row, ReviewKind.MONEY, approved={"personnel": 0})


def test_returned_corrected_and_reviewed_anew(award):
    row, person = submitted(award, EIGHTY), make_user()
    reviewed(row, ReviewKind.MONEY, person=person)
    reviewed(row, ReviewKind.PROGRESS, ReviewOutcome.RETURN)
    row.refresh_from_db()
    assert row.status is PaymentState.RETURNED
    again = submit_payment(**acting(), request=row, title="Director")
    assert (again.round, again.lines.get().approved) == (2, None)
    reviewed(again, ReviewKind.MONEY, person=person)
    assert Effect.objects.filter(key__contains=award.reference).exists()


def test_denied_takes_nothing(award):
    row = submitted(award, EIGHTY)
    reviewed(row, ReviewKind.MONEY, ReviewOutcome.DENY)
    row.refresh_from_db()
    assert row.status is PaymentState.DENIED
    assert standing_of(award).drawn == 0
    submitted(award, EIGHTY)


def test_the_certifying_officer_gives_an_approved_request_back(award):
    row = submitted(award, EIGHTY)
    with refused_as("under_review"):
        return_payment(**acting(), request=row, round_read=row.round, words="Wrong.")
    row = approved(matched(100), EIGHTY)
    given = return_payment(**acting(), request=row, round_read=row.round, words="Wrong.")
    assert given.status is PaymentState.RETURNED


def test_what_was_read_before_it_was_submitted_anew_is_not_certified(award):
    row = approved(award, EIGHTY)
    return_payment(**acting(), request=row, round_read=1, words="Wrong.")
    row.refresh_from_db()
    again = prepared(award, {"personnel": (600, 0, 90)}, version=1)
    save_payment(**acting(), request=row, prepared=again)
    row = submit_payment(**acting(), request=row, title="Director")
    reviewed(row, ReviewKind.PROGRESS)
    reviewed(row, ReviewKind.MONEY)
    with refused_as("another_round"):
        certify_payment(**acting(), request=row, round_read=1)
    with refused_as("another_round"):
        return_payment(**acting(), request=row, round_read=1, words="Wrong.")
    assert certify_payment(**acting(), request=row, round_read=2).amount == Decimal(90)


def test_withdrawn_leaves_room_for_another(award):
    withdraw_payment(**acting(), request=submitted(award, EIGHTY))
    submitted(award, EIGHTY)


def test_match_disallowed_after_the_review_stops_the_payment(award):
    row = approved(award, EIGHTY)
    verified = award.entries.get(step=MatchStep.VERIFY)
    back = {"contribution": verified.contribution, "reverses": verified}
    post_match(verified.pledge, MatchStep.VERIFY, Decimal("20.01"), **back)
    with refused_as("over_the_limit"):
        certify_payment(**acting(), request=row, round_read=row.round)


def test_nothing_is_drawn_while_money_is_owed(award):
    first = paid(award, EIGHTY)
    verified = award.entries.get(step=MatchStep.VERIFY)
    back = {"contribution": verified.contribution, "reverses": verified}
    post_match(verified.pledge, MatchStep.VERIFY, Decimal(30), **back)
    row = drafted(award, {"personnel": (600, 0, "0.01")})
    with refused_as("receivable_open"):
        submit_payment(**acting(), request=row, title="Director")
    refund(first, personnel=10)
    with refused_as("over_the_limit"):
        submit_payment(**acting(), request=row, title="Director")


def refund(row, number="CHK-9", cause=RepaymentCause.LIMIT, **amounts):
    given = {name: Decimal(one) for name, one in amounts.items()}
    repayment = Repayment(given, number, database_now().date(), cause, "Paid back")
    return record_refund(**acting(), request=row, repayment=repayment)


def test_a_repayment_lowers_what_was_drawn(award):
    row = paid(award, EIGHTY)
    assert refund(row, personnel="30.00").status is PaymentState.PAID
    assert standing_of(award).drawn == Decimal(50)
    with refused_as("refund_known"):
        refund(row, personnel=1)
    assert refund(row, "CHK-10", personnel=50).status is PaymentState.RECOVERED
    assert standing_of(award).drawn == 0


def test_a_review_of_an_earlier_round_is_not_taken(award):
    row = submitted(award, EIGHTY)
    with refused_as("another_round"):
        reviewed(row, ReviewKind.MONEY, read=row.round + 1)
    assert not row.reviews.exists()


@pytest.mark.parametrize(
    ("cause", "costs"),
    [(RepaymentCause.COST, 470), (RepaymentCause.LIMIT, 500), (RepaymentCause.ADVANCE, 500)],
)
def test_only_a_wrong_cost_is_not_drawn_again(award, cause, costs):
    row = paid(award, EIGHTY)
    refund(row, cause=cause, personnel=30)
    standing = standing_of(award)
    assert (standing.costs, standing.drawn) == (costs, 50)
    assert lines_of(award, None)["personnel"].before == costs


def test_an_advance_that_came_back_is_no_room():
    award = matched(100, has_advances=True)
    row = paid(award, {"personnel": (50, 30, 80)})
    assert standing_of(award).advance == Decimal(30)
    refund(row, cause=RepaymentCause.ADVANCE, personnel=30)
    assert (standing_of(award).advance, standing_of(award).drawn) == (0, 50)


def test_a_repayment_is_never_larger_than_the_draw(award):
    row = paid(award, EIGHTY)
    with refused_as("refund_too_large"):
        refund(row, personnel="80.01")
    refund(row, personnel=50)
    with refused_as("refund_too_large"):
        refund(row, "CHK-10", personnel="30.01")
    with refused_as("nothing_repaid"):
        refund(row, "CHK-11", travel=1)


def test_what_was_not_paid_is_not_paid_back(award):
    row = certified(award, EIGHTY)
    with refused_as("not_paid"):
        refund(row, personnel=1)


def test_a_hold_needs_a_term_of_the_award(award):
    row = submitted(award, EIGHTY)
    of_another = make_condition(make_award(), holds_payments=True)
    for condition in (None, make_condition(award).pk, of_another.pk):
        with refused_as("no_term"):
            hold_payment(**acting(), request=row, condition=condition, words="No report")


def test_a_held_payment_waits_until_it_is_released(award):
    term = make_condition(award, holds_payments=True)
    row = approved(award, EIGHTY)
    hold_payment(**acting(), request=row, condition=term.pk, words="No report")
    with refused_as("held_already"):
        hold_payment(**acting(), request=row, condition=term.pk, words="No report")
    with refused_as("held"):
        certify_payment(**acting(), request=row, round_read=row.round)
    release_payment(**acting(), request=row)
    with refused_as("not_held"):
        release_payment(**acting(), request=row)
    certify_payment(**acting(), request=row, round_read=row.round)


def test_a_removed_condition_holds_nothing(award):
    term = make_condition(award, holds_payments=True)
    row = approved(award, EIGHTY)
    hold_payment(**acting(), request=row, condition=term.pk, words="No report")
    term.removed_by, term.removed_at, term.removal_reason = "user:1", database_now(), "Met"
    term.save()
    certify_payment(**acting(), request=row, round_read=row.round)
