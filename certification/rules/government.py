"""C4: the governments that matter have signed that they will answer the group."""

from dataclasses import dataclass
from fractions import Fraction

from certification.rules.judging import Test, judge_statement
from certification.rules.participants import LOCAL_LEVELS, STATE_LEVELS, GovernmentLevel
from certification.rules.results import TestResult
from certification.rules.rulebook import Rulebook
from certification.rules.wording import percent_text

DISTRICT_FIPS = "11"


@dataclass(frozen=True)
class StateFacts:
    """A state with counties in the region, and its share of the cluster's jobs there."""

    fips: str
    name: str
    share: Fraction


@dataclass(frozen=True)
class CommitmentFacts:
    """A government that was asked to sign, and whether it did."""

    state_fips: str
    level: GovernmentLevel
    is_signed: bool


@dataclass(frozen=True)
class GovernmentFacts:
    """The states of the region and the commitments asked for."""

    states: tuple[StateFacts, ...]
    commitments: tuple[CommitmentFacts, ...]


def governments_needed(facts: GovernmentFacts, rulebook: Rulebook) -> tuple[StateFacts, ...]:
    """The states that must sign: those with enough of the jobs; all where no job is published."""
    line = rulebook.value("c4.state_share")
    if not any(state.share for state in facts.states):
        return facts.states
    return tuple(state for state in facts.states if state.share >= line)


def government(facts: GovernmentFacts, rulebook: Rulebook) -> tuple[TestResult, ...]:
    """Two tests for each state that counts: the state itself, and a government within it."""
    results = []
    for state in governments_needed(facts, rulebook):
        results.append(_signed_by_state(state, facts, rulebook))
        results.append(_signed_locally(state, facts, rulebook))
    return tuple(results)


def _signed_by_state(state: StateFacts, facts: GovernmentFacts, rulebook: Rulebook) -> TestResult:
    asked = _commitments(state, facts, STATE_LEVELS)
    is_met = any(one.is_signed for one in asked)
    jobs = percent_text(state.share, against=rulebook.value("c4.state_share"))
    signed = "has signed" if is_met else "has not signed yet"
    test = Test(
        id=f"C4.{state.fips}.state",
        title=f"{state.name} answers",
        citation=rulebook.citation("c4.state_share"),
        sentence=(
            f"{state.name}, with {jobs} of the cluster's jobs in the region, {signed} that it "
            "will answer the group."
        ),
        gap=_gap(asked, f"an office of {state.name}"),
    )
    return judge_statement(test, is_met=is_met)


def _signed_locally(state: StateFacts, facts: GovernmentFacts, rulebook: Rulebook) -> TestResult:
    asked = _commitments(state, facts, LOCAL_LEVELS)
    is_met = any(one.is_signed for one in asked)
    if state.fips == DISTRICT_FIPS:
        place = "the District of Columbia"
    else:
        place = f"a city, county or tribe in {state.name}"
    signed = "has signed" if is_met else "has not signed yet"
    test = Test(
        id=f"C4.{state.fips}.local",
        title=f"A local government in {state.name} answers",
        citation=rulebook.citation("c4.state_share"),
        sentence=f"{place[0].upper()}{place[1:]} {signed} that it will answer the group.",
        gap=_gap(asked, place),
    )
    return judge_statement(test, is_met=is_met)


def _commitments(
    state: StateFacts, facts: GovernmentFacts, levels: frozenset[GovernmentLevel]
) -> list[CommitmentFacts]:
    return [
        one for one in facts.commitments if one.state_fips == state.fips and one.level in levels
    ]


def _gap(asked: list[CommitmentFacts], whom: str) -> str:
    if asked:
        return f"Remind {whom}: you have asked, but there is no signature yet."
    return f"Ask {whom} to sign the commitment."
