"""Which contributions may be recorded, and who may verify: one table of cases each."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from grants.rules.match import recording
from grants.rules.match.accounts import MatchStep
from grants.rules.match.caps import beyond_cap, noncash_rule_on
from grants.rules.match.limits import Standing, Terms
from grants.rules.match.posting import Posted, Taken, posting_refusal
from grants.rules.match.recording import Frame, Gift, Witness
from grants.rules.match.states import ContributionKind, Origin, SourceKind
from grants.rules.terms import GiverClass, MatchKind, MatchPace

TODAY = date(2026, 6, 1)
FRAME = Frame(date(2026, 1, 1), date(2026, 12, 31), 30, frozenset({"personnel", "travel"}))
GIFT = Gift(
    kind=ContributionKind.CASH,
    category="personnel",
    given_from=date(2026, 2, 1),
    given_through=date(2026, 2, 1),
    pledge_kind=MatchKind.CASH,
    giver_class=GiverClass.PRIVATE,
    origin=Origin.PRIVATE,
    statute="",
    paper=SourceKind.PAYMENT,
    paper_dated_on=date(2026, 2, 1),
)
FEDERAL = {"origin": Origin.FEDERAL}
THROUGH = {"origin": Origin.FEDERAL_PASSED_THROUGH, "giver_class": GiverClass.STATE}
CASES = [
    ({}, ""),
    ({"kind": ContributionKind.GOODS}, "kind_not_promised"),
    ({"pledge_kind": MatchKind.IN_KIND}, "kind_not_promised"),
    ({"given_through": date(2026, 1, 31)}, "days_in_order"),
    ({"given_from": date(2026, 6, 2), "given_through": date(2026, 6, 2)}, "not_given_yet"),
    ({"given_from": date(2025, 12, 2)}, ""),
    ({"given_from": date(2025, 12, 1)}, "outside_period"),
    ({"category": "equipment"}, "not_in_budget"),
    ({"category": "Personnel"}, "not_in_budget"),
    (FEDERAL, "federal_money"),
    (THROUGH, "federal_money"),
    (THROUGH | {"statute": "   "}, "federal_money"),
    (THROUGH | {"statute": "42 U.S.C. 5305(a)(9)"}, ""),
    ({"statute": "42 U.S.C. 5305(a)(9)"}, "statute_not_needed"),
    ({"origin": Origin.STATE}, "origin_of_another"),
    ({"paper": SourceKind.TIME_RECORD}, "paper_of_another_kind"),
    ({"paper_dated_on": date(2026, 6, 2)}, "paper_of_tomorrow"),
]


def code(refusal):
    return refusal.code if refusal else ""


@pytest.mark.parametrize(("changes", "said"), CASES)
def test_recording(changes, said):
    assert code(recording.recording_refusal(FRAME, replace(GIFT, **changes), TODAY)) == said


def test_the_period_ends_on_its_last_day():
    late = replace(GIFT, given_from=date(2026, 12, 31), given_through=date(2026, 12, 31))
    assert recording.recording_refusal(FRAME, late, date(2027, 3, 1)) is None
    later = replace(late, given_through=date(2027, 1, 1))
    assert code(recording.recording_refusal(FRAME, later, date(2027, 3, 1))) == "outside_period"


@pytest.mark.parametrize(
    ("of_pledge", "of_source", "said"),
    [("10", "10", ""), ("9.99", "10", "pledge_used"), ("10", "9.99", "source_used")],
)
def test_no_more_than_promise_and_paper_have(of_pledge, of_source, said):
    refusal = recording.room_refusal(
        Decimal(10), of_pledge=Decimal(of_pledge), of_source=Decimal(of_source)
    )
    assert code(refusal) == said


FINE = Witness(
    is_recorder=False,
    is_of_giver=False,
    is_of_group=False,
    has_evidence=True,
    is_evidence_checked=True,
)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"is_recorder": True}, "recorded_it"),
        ({"is_of_giver": True}, "belongs_to_giver"),
        ({"is_of_group": True}, "belongs_to_giver"),
        ({"has_evidence": False}, "no_evidence"),
        ({"is_evidence_checked": False}, "evidence_unchecked"),
    ],
)
def test_verifying(changes, said):
    assert code(recording.verifier_refusal(replace(FINE, **changes))) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"is_recorder": True}, "recorded_it"),
        ({"is_of_giver": True}, "belongs_to_giver"),
        ({"is_of_group": True}, "belongs_to_giver"),
        # Who asks about the evidence does not need it first.
        ({"has_evidence": False, "is_evidence_checked": False}, ""),
    ],
)
def test_judging(changes, said):
    assert code(recording.judge_refusal(replace(FINE, **changes))) == said


TEN = Decimal(10)
BACK = Taken(MatchStep.VERIFY, TEN, Decimal(4), is_reversal=False, is_same=True)


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        (Posted(MatchStep.PLEDGE, TEN, Decimal(0)), ""),
        (Posted(MatchStep.PLEDGE, Decimal(0), TEN), "not_an_amount"),
        (Posted(MatchStep.PLEDGE, Decimal("0.001"), TEN), "not_an_amount"),
        (Posted(MatchStep.PLEDGE, Decimal("1.001"), TEN), "not_an_amount"),
        (Posted(MatchStep.COMMIT, TEN, TEN), ""),
        (Posted(MatchStep.COMMIT, TEN, Decimal("9.99")), "not_there"),
        (Posted(MatchStep.CONTRIBUTE, TEN, TEN, Decimal(0)), ""),
        (Posted(MatchStep.VERIFY, TEN, TEN, Decimal("9.99")), "not_there"),
        (Posted(MatchStep.VERIFY, Decimal(6), TEN, TEN, BACK), ""),
        (Posted(MatchStep.VERIFY, Decimal("6.01"), TEN, TEN, BACK), "reversed_before"),
        (Posted(MatchStep.COMMIT, TEN, TEN, None, BACK), "not_the_mirror"),
        (
            Posted(MatchStep.VERIFY, TEN, TEN, TEN, replace(BACK, is_reversal=True)),
            "reversal_of_reversal",
        ),
        (
            Posted(MatchStep.VERIFY, TEN, TEN, TEN, replace(BACK, is_same=False)),
            "not_the_mirror",
        ),
    ],
)
def test_postings(posted, said):
    assert code(posting_refusal(posted)) == said


def test_the_cap_of_match_other_than_cash_is_a_dated_row():
    percent = noncash_rule_on(TODAY).percent
    pace = MatchPace.PRO_RATA
    terms = Terms(Decimal(1000), Fraction(1, 2), percent, pace, FRAME.starts_on, FRAME.ends_on)
    assert beyond_cap(terms, Standing(noncash=Decimal(550))) == 150
    assert beyond_cap(terms, Standing(noncash=Decimal(400))) == 0
