"""A notice of funding opportunity in six parts, and what each must say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from grants.rules.terms import PoolKind
from kit.refusals import Refusal

WHOLE = 100
FEWEST_ANCHORS = 3
FEWEST_REVIEWS = 3
LARGE_AWARD = Decimal(1_000_000)
REVIEWS_OF_LARGE = 5
MOST_CRITERIA, MOST_QUESTIONS, MOST_STATES = 8, 8, 6


class Part(StrEnum):
    """A part of the builder, edited on a page of its own."""

    BASICS = "basics"
    DATES = "dates"
    MONEY = "money"
    FORM = "form"
    RUBRIC = "rubric"
    JUDGING = "judging"


PART_WORDS = {
    Part.BASICS: "What it is for",
    Part.DATES: "Dates",
    Part.MONEY: "Money and match",
    Part.FORM: "What is asked",
    Part.RUBRIC: "Criteria and anchors",
    Part.JUDGING: "How it is decided",
}


@dataclass(frozen=True, slots=True)
class Basics:
    """What the competition is for."""

    opportunity_number: str
    listing_number: str
    title: str
    summary: str
    shortest_years: int
    longest_years: int
    activities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dates:
    """When it opens and closes; ``closes_at`` is the first instant too late."""

    opens_at: datetime | None
    closes_at: datetime | None
    time_zone: str
    exigency: str


@dataclass(frozen=True, slots=True)
class PoolLine:
    """Money of one source; a state's serves its own groups."""

    kind: str
    agency_id: int
    agency: str
    state_fips: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Money:
    """What may be asked, and what must be matched, how fast, by whom."""

    federal_floor: Decimal
    federal_ceiling: Decimal
    federal_share: Fraction
    match_pace: str
    giver_classes: tuple[str, ...]
    pools: tuple[PoolLine, ...]


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question of the short form."""

    heading: str
    prompt: str
    word_limit: int


@dataclass(frozen=True, slots=True)
class ShortForm:
    """What applicants answer."""

    questions: tuple[QuestionLine, ...]


@dataclass(frozen=True, slots=True)
class AnchorLine:
    """What earns a score."""

    score: int
    words: str


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One thing that is scored."""

    name: str
    question: str
    weight: int
    anchors: tuple[AnchorLine, ...]


@dataclass(frozen=True, slots=True)
class Rubric:
    """By what reviewers score."""

    score_low: int
    score_high: int
    criteria: tuple[CriterionLine, ...]


@dataclass(frozen=True, slots=True)
class Judging:
    """By what rules scores become a decision; all fixed before opening."""

    reviews_per_proposal: int
    ranking_rule: str
    tie_rule: str
    line_rule: str
    quality_threshold: Decimal | None
    programme_factors: str


PartText = Basics | Dates | Money | ShortForm | Rubric | Judging


@dataclass(frozen=True, slots=True)
class Notice:
    """The whole notice, as it stands."""

    basics: Basics
    dates: Dates
    money: Money
    form: ShortForm
    rubric: Rubric
    judging: Judging

    def part(self, part: Part) -> PartText:
        """Return one part."""
        parts: dict[Part, PartText] = {
            Part.BASICS: self.basics,
            Part.DATES: self.dates,
            Part.MONEY: self.money,
            Part.FORM: self.form,
            Part.RUBRIC: self.rubric,
            Part.JUDGING: self.judging,
        }
        return parts[part]


def part_refusals(text: PartText) -> list[Refusal]:
    """Return what is wrong with a part by itself; an unfinished draft may still lack its dates."""
    if isinstance(text, Basics):
        return _basics(text)
    if isinstance(text, Dates):
        return _dates(text)
    if isinstance(text, Money):
        return _money(text)
    if isinstance(text, ShortForm):
        return _form(text)
    if isinstance(text, Rubric):
        return _rubric(text)
    return _judging(text)


def missing(notice: Notice) -> dict[Part, list[str]]:
    """Return what each part still needs before clearance can be asked for, in sentences."""
    found: dict[Part, list[str]] = {}
    for part in Part:
        sentences = [refusal.sentence for refusal in part_refusals(notice.part(part))]
        if part is Part.DATES and not (notice.dates.opens_at and notice.dates.closes_at):
            sentences.append("Say when the competition opens and when it closes.")
        if part is Part.MONEY:
            sentences += _whole_money(notice.money)
        if part is Part.JUDGING:
            sentences += _readers(notice)
        if sentences:
            found[part] = sentences
    return found


def _whole_money(text: Money) -> list[str]:
    found = []
    if text.federal_ceiling <= 0:
        found.append("Say how much federal money one proposal may ask for at most.")
    if not any(pool.kind == PoolKind.FEDERAL for pool in text.pools):
        found.append("Say how much federal money the competition has in all.")
    return found


def _readers(notice: Notice) -> list[str]:
    """Large awards are read by more people (programme.md 3.4)."""
    large = notice.money.federal_ceiling > LARGE_AWARD
    if large and FEWEST_REVIEWS <= notice.judging.reviews_per_proposal < REVIEWS_OF_LARGE:
        sentence = (
            f"One proposal may ask for more than ${LARGE_AWARD:,}: every proposal is then read by "
            f"at least {REVIEWS_OF_LARGE} reviewers."
        )
        return [sentence]
    return []


def _basics(text: Basics) -> list[Refusal]:
    found = []
    if not 1 <= text.shortest_years <= text.longest_years <= 2:
        found.append(
            Refusal("years", "A planning grant runs one or two years; the longest is not shorter.")
        )
    if not text.activities:
        found.append(Refusal("activities", "Choose at least one activity that the grant pays for."))
    if not text.summary.strip():
        found.append(Refusal("summary", "Say in a few sentences what the competition is for."))
    return found


def _dates(text: Dates) -> list[Refusal]:
    if text.opens_at and text.closes_at and text.closes_at <= text.opens_at:
        return [Refusal("closes_first", "The competition must close after it opens.")]
    return []


def _money(text: Money) -> list[Refusal]:
    found = []
    if text.federal_ceiling < text.federal_floor:
        found.append(Refusal("ceiling", "The most that may be asked is below the least."))
    if not 0 < text.federal_share <= 1:
        found.append(Refusal("share", "The federal share lies above 0 and at most at 100 percent."))
    if not text.giver_classes and text.federal_share < 1:
        found.append(Refusal("givers", "Choose who may give matching funds."))
    total = sum((pool.amount for pool in text.pools if pool.kind == PoolKind.FEDERAL), Decimal(0))
    if total and text.federal_ceiling > total:
        found.append(
            Refusal("pool_small", "One proposal could ask for more than the federal money in all.")
        )
    states = Counter(pool.state_fips for pool in text.pools if pool.kind == PoolKind.STATE)
    if any(count > 1 for count in states.values()):
        found.append(Refusal("pool_twice", "Each state's money stands on one line."))
    return found


def _form(text: ShortForm) -> list[Refusal]:
    found = []
    if not text.questions:
        found.append(Refusal("questions", "Ask at least one question."))
    if len({one.heading.casefold() for one in text.questions}) < len(text.questions):
        found.append(Refusal("question_twice", "Two questions have the same heading."))
    return found


def _rubric(text: Rubric) -> list[Refusal]:
    found = []
    total = sum(one.weight for one in text.criteria)
    if total != WHOLE:
        found.append(
            Refusal("weights", f"The weights sum to {total}. They must sum to exactly 100.")
        )
    if len({one.name.casefold() for one in text.criteria}) < len(text.criteria):
        found.append(Refusal("criterion_twice", "Two criteria have the same name."))
    if not text.score_low < text.score_high:
        found.append(Refusal("scale", "The highest score lies above the lowest."))
    for one in text.criteria:
        found += _anchors(one, text)
    return found


def _anchors(criterion: CriterionLine, rubric: Rubric) -> list[Refusal]:
    scores = [anchor.score for anchor in criterion.anchors]
    if len(scores) < FEWEST_ANCHORS:
        return [
            Refusal(
                "anchors_few",
                f"“{criterion.name}” has {len(scores)} anchors. Every criterion needs at least 3.",
            )
        ]
    if len(set(scores)) < len(scores):
        return [Refusal("anchor_twice", f"“{criterion.name}” describes a score twice.")]
    if any(not rubric.score_low <= score <= rubric.score_high for score in scores):
        return [
            Refusal(
                "anchor_outside",
                f"“{criterion.name}” describes a score outside {rubric.score_low} to "
                f"{rubric.score_high}.",
            )
        ]
    return []


def _judging(text: Judging) -> list[Refusal]:
    if text.reviews_per_proposal < FEWEST_REVIEWS:
        return [Refusal("reviews_few", "Every proposal is read by at least three reviewers.")]
    return []
