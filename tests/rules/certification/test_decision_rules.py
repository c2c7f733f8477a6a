"""What a decision may rest on."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.rules.debrief import debrief, findings
from certification.rules.decision import (
    STAFF_VERBS,
    Assessment,
    full_term,
    may_deny,
    may_designate,
    may_propose_denial,
    may_recommend,
    own_case,
    settle_by_evidence,
    terms_overlap,
)
from certification.rules.reasons import DenialReason
from certification.rules.results import Direction, Outcome, TestResult
from certification.rules.states import APPLICATION
from kit.periods import Period
from kit.refusals import Refusal

AT = datetime(2026, 3, 20, 12, tzinfo=UTC)


def result(test_id, outcome, *, threshold="1.5", direction=Direction.MINIMUM):
    return TestResult(
        id=test_id,
        criterion=test_id.partition(".")[0],
        title=f"Test {test_id}",
        value=Fraction(1),
        low=Fraction(1),
        high=Fraction(2),
        threshold=Fraction(threshold),
        direction=direction,
        margin=Fraction(0),
        outcome=Outcome(outcome),
        sentence="What was found.",
        gap="" if outcome == "pass" else "What to do.",
        citation="section 2.3",
    )


def assessment(*outcomes, settled=None):
    results = tuple(result(f"C{n}.x", outcome) for n, outcome in enumerate(outcomes, 1))
    return Assessment(results, settled or {})


# outcomes of C1.x, C2.x ...   settled     recommend   propose denial on C1.x
TABLE = """
pass pass         -           yes         no_ground_to_deny
unknown pass      -           tests_open  unknown_never_denies
unknown pass      C1.x=yes    yes         no_ground_to_deny
unknown pass      C1.x=no     tests_open  yes
near pass         -           tests_open  yes
fail fail         -           tests_open  yes
pass fail         -           tests_open  no_ground_to_deny
fail pass         C1.x=yes    tests_open  yes
"""


@pytest.mark.parametrize("line", TABLE.strip().splitlines())
def test_what_may_be_recommended_and_denied(line):
    *outcomes, settled, recommend, deny = line.split()
    given_settled = {}
    if settled != "-":
        test, answer = settled.split("=")
        given_settled = {test: answer == "yes"}
    judged = assessment(*outcomes, settled=given_settled)
    assert _code(may_recommend(judged)) == recommend
    assert _code(may_designate(judged)) == recommend
    assert _code(may_propose_denial(judged, ["C1.x"])) == deny


def _code(refusal):
    return "yes" if refusal is None else refusal.code


def test_where_only_open_questions_are_left_the_refusal_says_so():
    assert may_propose_denial(assessment("unknown"), []).code == "unknown_never_denies"


def test_a_denial_names_at_least_one_test():
    assert may_propose_denial(assessment("fail"), []).code == "no_ground_to_deny"


def test_a_denial_waits_for_the_answer_time():
    judged = assessment("fail")
    until = datetime(2026, 3, 21, tzinfo=UTC)
    assert (
        may_deny(judged, DenialReason.TESTS, answer_until=until, at=AT).code == "answer_time_runs"
    )
    assert may_deny(judged, DenialReason.TESTS, answer_until=until, at=until) is None
    assert may_deny(judged, DenialReason.TESTS, answer_until=None, at=AT) is None


def test_a_denial_on_tests_needs_an_unmet_test():
    met = assessment("pass", "unknown", settled={"C2.x": True})
    assert may_deny(met, DenialReason.TESTS, answer_until=None, at=AT).code == "no_ground_to_deny"
    assert may_deny(met, DenialReason.UNTRUE, answer_until=None, at=AT) is None
    waiting = assessment("unknown")
    assert may_deny(waiting, DenialReason.TESTS, answer_until=None, at=AT) is not None


def test_nobody_with_a_seat_works_on_the_case():
    assert own_case(seats={4, 7}, user_pk=7).code == "own_case"
    assert own_case(seats={4, 7}, user_pk=8) is None


# low   high   line   direction  answer
EVIDENCE = """
1.5     1.9    1.5    minimum    yes
1.0     1.4    1.5    minimum    no
1.4     1.6    1.5    minimum    evidence_leaves_open
0.3     0.5    0.5    maximum    yes
0.6     0.7    0.5    maximum    no
0.4     0.6    0.5    maximum    evidence_leaves_open
2.0     1.0    1.5    minimum    bounds_cross
"""


@pytest.mark.parametrize("line", EVIDENCE.strip().splitlines())
def test_evidence_settles_or_leaves_open(line):
    low, high, against, direction, expected = line.split()
    asked = result("C1.x", "unknown", threshold=against, direction=Direction(direction))
    answer = settle_by_evidence(asked, Fraction(low), Fraction(high))
    if isinstance(answer, Refusal):
        assert answer.code == expected
    else:
        assert ("yes" if answer else "no") == expected


def test_evidence_never_overrides_the_data():
    answer = settle_by_evidence(result("C1.x", "fail"), Fraction(2), Fraction(2))
    assert answer.code == "already_answered"


outcomes = st.lists(st.sampled_from([one.value for one in Outcome]), min_size=1, max_size=6)


@given(outcomes, st.dictionaries(st.sampled_from(["C1.x", "C2.x", "C3.x"]), st.booleans()))
def test_every_test_is_met_unmet_or_unanswered(given_outcomes, settled):
    judged = assessment(*given_outcomes, settled=settled)
    parts = [one.id for one in (*judged.met, *judged.unmet, *judged.unanswered)]
    assert sorted(parts) == sorted(one.id for one in judged.results)
    for one in judged.unanswered:
        assert may_propose_denial(judged, [one.id]).code == "unknown_never_denies"


@given(outcomes, st.dictionaries(st.sampled_from(["C1.x", "C2.x"]), st.booleans()))
def test_designating_and_denying_on_tests_exclude_each_other(given_outcomes, settled):
    judged = assessment(*given_outcomes, settled=settled)
    designates = may_designate(judged) is None
    denies = may_deny(judged, DenialReason.TESTS, answer_until=None, at=AT) is None
    assert not (designates and denies)


def test_debrief_names_strengths_and_gaps():
    judged = assessment("pass", "fail", "unknown", settled={"C3.x": False})
    kept = findings(judged, {"C3.x": "A survey shows 400 jobs."})
    told = debrief(kept)
    assert [one.id for one in told.strengths] == ["C1.x"]
    assert [(one.id, one.gap) for one in told.gaps] == [
        ("C2.x", "What to do."),
        ("C3.x", "What to do."),
    ]
    assert kept[2].words == "Not met, by further evidence"
    assert kept[2].evidence == "A survey shows 400 jobs."


def test_terms_are_half_open():
    term = full_term(date(2026, 3, 3), 4)
    assert term == Period(date(2026, 3, 3), date(2030, 3, 3))
    assert not terms_overlap(term, full_term(date(2030, 3, 3), 4))
    assert terms_overlap(term, full_term(date(2030, 3, 2), 4))


def test_staff_verbs_are_verbs_of_the_lifecycle_or_steps_of_two_persons():
    steps = {
        "prepare_ineligible",
        "return_ineligible",
        "write_finding",
        "return_finding",
    }
    assert steps | {row.verb for row in APPLICATION.transitions} >= STAFF_VERBS
    assert not {"designate", "deny", "return_case"} & STAFF_VERBS
