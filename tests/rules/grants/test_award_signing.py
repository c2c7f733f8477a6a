"""Who signs an award when, as tables."""

from datetime import date

import pytest

from grants.rules.award_signing import (
    Finding,
    RiskCheck,
    award_number,
    period_refusal,
    risk_refusal,
    signing_refusal,
)
from grants.rules.award_states import AWARD, StepKind
from grants.web.award_words import verbs_without_words

CLEAR = dict.fromkeys(RiskCheck, Finding.CLEAR)


@pytest.mark.parametrize(
    ("changes", "conditions", "code"),
    [
        ({}, 0, None),
        ({RiskCheck.SINGLE_AUDIT: Finding.NOT_NEEDED}, 0, None),
        ({RiskCheck.SINGLE_AUDIT: Finding.CONCERN}, 0, "concern_unmet"),
        ({RiskCheck.SINGLE_AUDIT: Finding.CONCERN}, 1, None),
        ({RiskCheck.EXCLUSIONS: Finding.BARRED}, 1, "barred"),
    ],
)
def test_risk_decides_whether_an_award_is_recommended(changes, conditions, code):
    refusal = risk_refusal({**CLEAR, **changes}, conditions)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize("missing", RiskCheck)
def test_every_check_is_needed(missing):
    found = {one: words for one, words in CLEAR.items() if one is not missing}
    assert risk_refusal(found, 3).code == "checks_missing"


@pytest.mark.parametrize("kind", StepKind)
def test_nobody_signs_two_steps(kind):
    refusal = signing_refusal(kind=kind, signer="a", signed={"other": "a"}, workers=())
    assert refusal.code == "signed_another_step"


def test_whoever_worked_on_an_award_does_not_select_it():
    given = {"signer": "a", "signed": {}, "workers": {"a"}}
    assert signing_refusal(kind=StepKind.SELECT, **given).code == "worker_is_decider"
    assert signing_refusal(kind=StepKind.RECOMMEND, **given) is None


@pytest.mark.parametrize(
    ("last", "following"),
    [
        ("", "ORC-27-0001"),
        ("ORC-27-0009", "ORC-27-0010"),
        ("ORC-27-9999", "ORC-27-10000"),
        ("ORC-26-0041", "ORC-27-0001"),
    ],
)
def test_award_numbers_follow_one_another_within_a_fiscal_year(last, following):
    assert award_number("orc", date(2026, 11, 22), last) == following


@pytest.mark.parametrize(
    ("ends_on", "code"),
    [
        (date(2027, 1, 1), "period_in_order"),
        (date(2028, 12, 31), None),
        (date(2029, 1, 1), "period_too_long"),
    ],
)
def test_a_period_is_no_longer_than_the_proposal_asks(ends_on, code):
    refusal = period_refusal(starts_on=date(2027, 1, 1), ends_on=ends_on, years=2)
    assert (refusal.code if refusal else None) == code


def test_every_verb_of_the_lifecycle_has_words():
    assert verbs_without_words() == frozenset()
    assert len(AWARD.transitions) == 10
