"""The laws of a ledger whose money moves forward and back (review.md 5, L1 to L4)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.rules.funnel import Ledger, Movement, fold, trial_balance
from grants.rules.match.accounts import MATCH_FUNNEL, MatchAccount, MatchStep
from kit.refusals import Refused

CENT = Decimal("0.01")


def ledger_of(*moves):
    """A ledger of (step, amount) or (step, amount, reverses)."""
    ledger = Ledger(MATCH_FUNNEL)
    for move in moves:
        post(ledger, *move)
    return ledger


def post(ledger, step, amount, reverses=None, number=None):
    number = number or len(ledger.movements) + 1
    ledger.post(Movement(number, step, Decimal(amount), "P", reverses))


GIVEN = (("pledge", 100), ("commit", 100), ("contribute", 60), ("verify", 40))


def test_money_moves_on_step_by_step():
    ledger = ledger_of(*GIVEN)
    held = {account: ledger.balance(account, "P") for account in MatchAccount}
    assert list(held.values()) == [-100, 0, 40, 20, 40]


@pytest.mark.parametrize(
    ("move", "code"),
    [
        (("verify", Decimal("20.01")), "not_there"),
        (("pledge", 0), "not_an_amount"),
        (("pledge", -1), "not_an_amount"),
        (("pledge", Decimal("0.001")), "not_an_amount"),
        (("pledge", 1, None, 9), "not_next"),
        (("give", 1), "not_an_entry"),
        (("pledge", 1, 1), "not_there"),
        (("commit", 1, 1), "not_the_mirror"),
        (("verify", 1, 9), "not_an_entry"),
        (("verify", 41, 4), "reversed_before"),
    ],
)
def test_what_breaks_a_law_is_refused_and_leaves_no_trace(move, code):
    ledger = ledger_of(*GIVEN)
    before = dict(ledger.balances)
    with pytest.raises(Refused) as caught:
        post(ledger, *move)
    assert caught.value.refusal.code == code
    assert (ledger.balances, len(ledger.movements)) == (before, len(GIVEN))


def test_partial_reversals_add_up_and_are_not_reversed():
    ledger = ledger_of(*GIVEN, ("verify", 25, 4))
    with pytest.raises(Refused, match="more than is left"):
        post(ledger, "verify", 16, 4)
    with pytest.raises(Refused, match="reversal is not reversed"):
        post(ledger, "verify", 1, 5)
    post(ledger, "verify", 15, 4)
    assert ledger.balance(MatchAccount.VERIFIED, "P") == 0


steps = st.sampled_from(list(MatchStep))
amounts = st.integers(1, 5_00).map(lambda cents: cents * CENT)
moves = st.lists(st.tuples(steps, amounts, st.none() | st.integers(1, 30)), max_size=40)


@given(moves)
def test_whatever_is_tried_the_laws_hold_at_every_prefix(tried):
    ledger = Ledger(MATCH_FUNNEL)
    for move in tried:
        try:
            post(ledger, *move)
        except Refused:
            continue
        held = [ledger.balance(account, "P") for account in MatchAccount]
        assert sum(held) == 0
        assert all(one >= 0 for one in held[1:])
    assert fold(MATCH_FUNNEL, ledger.movements).balances == ledger.balances
    assert sum(trial_balance([ledger]).values()) == 0
