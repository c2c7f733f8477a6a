"""Readiness: for each criterion one sentence, one gap, and the tests behind it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from certification.rules.criteria import CRITERIA, Criterion
from certification.rules.results import OUTCOME_WORDS, RANKING, Outcome, TestResult, worst


@dataclass(frozen=True)
class Card:
    """One criterion as a card: where it stands, and the next step."""

    criterion: Criterion
    title: str
    question: str
    outcome: Outcome
    sentence: str
    gap: str
    results: tuple[TestResult, ...]

    @property
    def words(self) -> str:
        """The outcome as people read it."""
        return OUTCOME_WORDS[self.outcome]


def cards(results: Iterable[TestResult]) -> tuple[Card, ...]:
    """The five cards, in the order of the rulebook."""
    given = tuple(results)
    return tuple(_card(text.criterion, text.title, text.question, given) for text in CRITERIA)


def open_tests(
    results: Iterable[TestResult], settled: Mapping[str, bool]
) -> tuple[TestResult, ...]:
    """The tests that stand in the way of a recommendation.

    ``settled`` holds, for tests that the data could not answer, whether further evidence
    answered them with yes. It never overrides a test that the data answered.
    """
    return tuple(result for result in results if not _is_met(result, settled))


def unanswered(
    results: Iterable[TestResult], settled: Mapping[str, bool]
) -> tuple[TestResult, ...]:
    """The tests that neither the data nor further evidence have answered."""
    return tuple(
        result
        for result in results
        if result.outcome is Outcome.UNKNOWN and result.id not in settled
    )


def unmet(results: Iterable[TestResult], settled: Mapping[str, bool]) -> tuple[TestResult, ...]:
    """The tests that were answered with no: the only ones on which a denial may rest."""
    given = tuple(results)
    waiting = {result.id for result in unanswered(given, settled)}
    return tuple(one for one in open_tests(given, settled) if one.id not in waiting)


def _is_met(result: TestResult, settled: Mapping[str, bool]) -> bool:
    if result.outcome is Outcome.UNKNOWN:
        return settled.get(result.id, False)
    return result.outcome is Outcome.PASS


def _card(criterion: Criterion, title: str, question: str, given: tuple[TestResult, ...]) -> Card:
    results = tuple(one for one in given if one.criterion == criterion)
    outcome = worst(one.outcome for one in results)
    # The worst test speaks for the criterion; the first of equals, so that it stays the same.
    leading = min(results, key=lambda one: RANKING.index(one.outcome), default=None)
    return Card(
        criterion=criterion,
        title=title,
        question=question,
        outcome=outcome,
        sentence=leading.sentence if leading else "",
        gap=leading.gap if leading else "",
        results=results,
    )
