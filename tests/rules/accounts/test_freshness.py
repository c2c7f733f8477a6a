"""Who proved lately who they are."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.rules.freshness import Proof, is_fresh

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
TEN = timedelta(minutes=10)

CASES = """
    method         seconds_ago  second_step  fresh
    mfa            0            yes          yes
    mfa            599          yes          yes
    mfa            600          yes          no
    mfa            -1           yes          no
    password       0            yes          no
    socialaccount  0            yes          no
    password       599          no           yes
    password       600          no           no
    socialaccount  10           no           yes
    email          0            no           no
"""


@pytest.mark.parametrize("line", CASES.split("\n")[2:-1])
def test_a_proof_is_fresh(line):
    method, ago, second_step, fresh = line.split()
    proof = Proof(method, NOON - timedelta(seconds=int(ago)))
    answer = is_fresh([proof], at=NOON, within=TEN, has_second_step=second_step == "yes")
    assert answer == (fresh == "yes")


def test_nothing_proved_is_not_fresh():
    assert not is_fresh([], at=NOON, within=TEN, has_second_step=False)
