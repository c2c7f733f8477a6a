"""What a decision may rest on: tests, findings from further evidence, terms, who may decide."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from certification.rules.readiness import open_tests, unanswered, unmet
from certification.rules.reasons import DenialReason
from certification.rules.results import (
    Direction,
    Outcome,
    TestResult,
    Threshold,
    compare,
)
from certification.rules.wording import counted, listed
from kit.periods import Period, add_years
from kit.refusals import Refusal
from mapping.rules.bounds import Bounds

# Verbs by which staff work on a case; whoever did one of them does not decide it. Returning a
# case is the deciding official's own verb and makes nobody a worker.
STAFF_VERBS = frozenset(
    {
        "open_intake",
        "request_information",
        "accept",
        "prepare_ineligible",
        "find_ineligible",
        "return_ineligible",
        "write_finding",
        "resolve_unknown",
        "return_finding",
        "recommend",
        "propose_denial",
    }
)

OWN_CASE = Refusal(
    "own_case",
    "You hold or held a seat in this group, so the rule does not let you work on its case or "
    "decide it. A colleague must do it.",
)


@dataclass(frozen=True)
class Assessment:
    """The tests of a determination together with what further evidence has answered."""

    results: tuple[TestResult, ...]
    settled: Mapping[str, bool]

    @property
    def open(self) -> tuple[TestResult, ...]:
        """What stands in the way of a recommendation."""
        return open_tests(self.results, self.settled)

    @property
    def unanswered(self) -> tuple[TestResult, ...]:
        """What neither data nor evidence have answered."""
        return unanswered(self.results, self.settled)

    @property
    def unmet(self) -> tuple[TestResult, ...]:
        """What was answered with no."""
        return unmet(self.results, self.settled)

    @property
    def met(self) -> tuple[TestResult, ...]:
        """What was answered with yes."""
        waiting = {one.id for one in self.open}
        return tuple(one for one in self.results if one.id not in waiting)


def own_case(*, seats: Collection[int], user_pk: int | None) -> Refusal | None:
    """Nobody works on or decides the case of a group in which they hold or held a seat."""
    return OWN_CASE if user_pk in seats else None


def may_recommend(assessment: Assessment) -> Refusal | None:
    """A recommendation needs every test met, by the data or by checked evidence."""
    waiting = assessment.open
    if not waiting:
        return None
    return Refusal(
        "tests_open",
        f"The rule asks that every test is met or settled by evidence; {_named(waiting)}.",
    )


def may_propose_denial(assessment: Assessment, named: Collection[str]) -> Refusal | None:
    """A denial rests on tests that were answered with no; an open question never denies."""
    waiting = {one.id: one for one in assessment.unanswered}
    if wrong := [waiting[test] for test in named if test in waiting]:
        return Refusal(
            "unknown_never_denies",
            "The rule does not let an open question deny: "
            f"{_named(wrong)}. Settle it by evidence first.",
        )
    grounds = {one.id for one in assessment.unmet}
    if not grounds and waiting:
        return Refusal(
            "unknown_never_denies",
            "No test was answered with no. The rule does not let an open question deny: settle "
            "it by evidence first.",
        )
    if not named or not set(named) <= grounds:
        return Refusal(
            "no_ground_to_deny",
            "A denial must name tests that are not met, and only those. "
            + (f"Not met here: {_titles(assessment.unmet)}." if grounds else "All tests are met."),
        )
    return None


def may_designate(assessment: Assessment) -> Refusal | None:
    """A designation needs what a recommendation needs, also on the day of the decision."""
    return may_recommend(assessment)


def may_deny(
    assessment: Assessment, reason: DenialReason, *, answer_until: datetime | None, at: datetime
) -> Refusal | None:
    """A denial waits for the applicant's time to answer, and has a ground."""
    if answer_until is not None and at < answer_until:
        return Refusal(
            "answer_time_runs",
            "The applicant may still answer the proposed denial. The rule lets you deny only "
            "when that time has passed.",
        )
    if reason is DenialReason.TESTS and not assessment.unmet:
        return Refusal(
            "no_ground_to_deny",
            "Every test is met or settled by evidence, so the rule gives no ground to deny on "
            "tests. Return the case and say what is wrong, or designate.",
        )
    return None


def settle_by_evidence(result: TestResult, low: Fraction, high: Fraction) -> bool | Refusal:
    """Whether evidence answers a test with yes or no; a refusal where it does not answer it."""
    if result.outcome is not Outcome.UNKNOWN:
        return Refusal(
            "already_answered",
            f"The published data already answer “{result.title}”. Evidence may settle only what "
            "they leave open.",
        )
    if low > high or result.threshold is None:
        return Refusal("bounds_cross", "The lowest figure cannot be above the highest.")
    line = Threshold(result.threshold, result.direction)
    outcome = compare(Bounds(low, (low + high) / 2, high), line)
    if outcome is Outcome.UNKNOWN:
        side = "at or above" if result.direction is Direction.MINIMUM else "at or below"
        return Refusal(
            "evidence_leaves_open",
            "The evidence leaves the question open too: its lowest and highest figures lie on "
            f"both sides of the line. It must put both {side} it, or both on the other side.",
        )
    return outcome is Outcome.PASS


def answer_until(asked_on: date, days: int) -> date:
    """The last day on which an answer is in time."""
    return asked_on + timedelta(days=days)


def full_term(first_day: date, years: int) -> Period:
    """The term that starts on the day of the decision."""
    return Period(first_day, add_years(first_day, years))


def terms_overlap(one: Period, other: Period) -> bool:
    """Whether two terms share a day."""
    begins_before = other.end is None or one.start < other.end
    return begins_before and (one.end is None or other.start < one.end)


def _named(results: Iterable[TestResult]) -> str:
    given = tuple(results)
    return f"{counted(len(given), 'test')} not there yet: {_titles(given)}"


def _titles(results: Iterable[TestResult]) -> str:
    return listed([f"“{one.title}”" for one in results])
