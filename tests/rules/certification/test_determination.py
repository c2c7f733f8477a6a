"""Snapshots: the same facts give the same digest, and any change shows where it is."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from certification.rules.canonical import decode, digest_of, encode
from certification.rules.determination import (
    ENGINE_VERSION,
    ENGINES,
    CaseFacts,
    Determination,
    derive,
    differences,
    rederive,
)
from certification.rules.rulebook import (
    Parameter,
    Rulebook,
    RulebookIncompleteError,
    check_whole,
    parse_value,
)
from certification.rules.rulebook_v1 import KEYS, rulebook_v1
from mapping.rules.bounds import Bounds
from tests.rules.certification.facts import case_facts, concentration_facts

RULES = rulebook_v1()
# Golden: a change of any rule, sentence or parameter shows here. It then needs a new engine.
GOLDEN = "7ac90277967f0697da4259ae44349ce7a56a8ba2eae0f6872fa9fa28bf934961"


def stored(determination):
    """As a database would give it back: through JSON text."""
    return json.loads(json.dumps(encode(determination)))


def test_a_good_case_meets_every_test():
    assert {result.outcome.value for result in derive(case_facts(), RULES).results} == {"pass"}


def test_the_digest_is_golden():
    assert derive(case_facts(), RULES).digest == GOLDEN


def test_the_engine_in_force_is_kept_among_the_engines():
    assert ENGINE_VERSION in ENGINES
    assert derive(case_facts(), RULES).engine == ENGINE_VERSION


def test_a_snapshot_derives_to_itself():
    first = derive(case_facts(), RULES)
    again, found = rederive(stored(first))
    assert again == first
    assert again.digest == first.digest
    assert found == ()


def test_a_snapshot_decodes_to_the_very_objects():
    first = derive(case_facts(), RULES)
    assert decode(Determination, stored(first)) == first
    assert decode(CaseFacts, stored(first.facts)) == case_facts()


def test_a_changed_result_is_named():
    snapshot = stored(derive(case_facts(), RULES))
    snapshot["results"][2]["outcome"] = "fail"
    _, found = rederive(snapshot)
    assert [(one.path, one.pinned, one.derived) for one in found] == [
        ("results.C2.firms.outcome", "fail", "pass")
    ]


def test_a_changed_fact_moves_results_and_digest():
    first = derive(case_facts(), RULES)
    weaker = concentration_facts(lq=Bounds.exact("1.2"))
    facts = replace(case_facts(), concentration=weaker)
    other = derive(facts, RULES)
    assert other.digest != first.digest
    paths = {one.path for one in differences(encode(first), encode(other))}
    assert "facts.concentration.lq.value" in paths
    assert "results.C1.concentration.outcome" in paths
    assert not any(path.startswith("results.C2") for path in paths)


def test_sets_and_key_order_do_not_move_the_digest():
    assert digest_of({"b": frozenset({"y", "x"}), "a": 1}) == digest_of(
        {"a": 1, "b": frozenset({"x", "y"})}
    )


def test_binary_fractions_have_no_canonical_form():
    with pytest.raises(TypeError):
        encode(0.1)


def test_the_first_rulebook_is_whole_and_cited():
    assert check_whole(RULES, KEYS) is RULES
    assert all(parameter.citation for parameter in RULES.parameters)


@pytest.mark.parametrize("change", ["missing", "extra", "repeated"])
def test_a_rulebook_that_is_not_whole_is_refused(change):
    one = RULES.parameters[0]
    parameters = {
        "missing": RULES.parameters[1:],
        "extra": (*RULES.parameters, Parameter("c9.new", Fraction(1), "New", "none")),
        "repeated": (*RULES.parameters, one),
    }[change]
    broken = Rulebook("DC", 2, date(2027, 1, 1), None, parameters)
    with pytest.raises(RulebookIncompleteError):
        check_whole(broken, KEYS)


def test_parameters_are_read_exactly():
    assert parse_value(" 1.50 ") == Fraction(3, 2)
    with pytest.raises(RulebookIncompleteError):
        parse_value("one half")
    with pytest.raises(RulebookIncompleteError):
        RULES.whole("c1.lq.small")
    with pytest.raises(RulebookIncompleteError):
        RULES.value("c1.lq.tiny")
