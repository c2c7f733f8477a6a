"""Readiness: one sentence and one gap per criterion; who may be recommended or denied."""

from dataclasses import replace

from certification.rules.determination import derive
from certification.rules.diversity import DiversityFacts
from certification.rules.readiness import cards, open_tests, unanswered, unmet
from certification.rules.rulebook_v1 import rulebook_v1
from tests.rules.certification.facts import case_facts, concentration_facts, firms, reading

RULES = rulebook_v1()
UNSURE = replace(
    case_facts(), concentration=concentration_facts(lq=reading("1.4/1.45/1.6"), top_quarter_lq=None)
)


def test_five_cards_in_the_order_of_the_rulebook():
    found = cards(derive(case_facts(), RULES).results)
    assert [card.criterion.value for card in found] == ["C1", "C2", "C3", "C4", "C5"]
    assert {card.words for card in found} == {"Met"}
    assert found[1].sentence == "16 firms have confirmed; 15 are needed."
    assert not any(card.gap for card in found)


def test_the_worst_test_speaks_for_its_criterion():
    facts = replace(case_facts(), diversity=DiversityFacts(firms(12)))
    card = cards(derive(facts, RULES).results)[1]
    assert card.words == "Not met yet"
    assert card.gap == "Add three firms."


def test_an_open_question_blocks_until_evidence_settles_it():
    results = derive(UNSURE, RULES).results
    assert [one.id for one in unanswered(results, {})] == ["C1.concentration"]
    assert [one.id for one in open_tests(results, {})] == ["C1.concentration"]
    assert open_tests(results, {"C1.concentration": True}) == ()


def test_an_open_question_never_denies():
    results = derive(UNSURE, RULES).results
    assert unmet(results, {}) == ()
    assert [one.id for one in unmet(results, {"C1.concentration": False})] == ["C1.concentration"]


def test_evidence_never_overrides_a_test_that_the_data_answered():
    facts = replace(case_facts(), diversity=DiversityFacts(firms(12)))
    results = derive(facts, RULES).results
    assert [one.id for one in open_tests(results, {"C2.firms": True})] == ["C2.firms"]
    assert [one.id for one in unmet(results, {"C2.firms": True})] == ["C2.firms"]
