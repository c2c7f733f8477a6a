"""C3: colleges, trainers and other institutions take part and have a voice."""

from dataclasses import dataclass

from certification.rules.judging import Test, judge
from certification.rules.participants import COLLEGES, InstitutionKind
from certification.rules.results import TestResult
from certification.rules.rulebook import Rulebook
from certification.rules.wording import count_word, counted, whole_text
from mapping.rules.bounds import Bounds


@dataclass(frozen=True)
class InstitutionFacts:
    """One confirmed institution. It may be of more than one kind."""

    kinds: frozenset[InstitutionKind]
    has_vote: bool


@dataclass(frozen=True)
class _Count:
    """One of the counts of C3: what is counted, its parameter, and its words."""

    id: str
    key: str
    title: str
    singular: str
    plural: str
    verb: str


_INSTITUTIONS = _Count(
    "C3.institutions",
    "c3.institutions",
    "Confirmed institutions",
    "institution",
    "institutions",
    "confirmed",
)
_KINDS = _Count(
    "C3.kinds",
    "c3.kinds",
    "Different kinds of institutions",
    "kind of institution",
    "kinds of institutions",
    "represented",
)
_COLLEGE = _Count(
    "C3.college",
    "c3.colleges",
    "A university or community college",
    "university or community college",
    "universities or community colleges",
    "confirmed",
)
_TRAINING = _Count(
    "C3.training",
    "c3.training",
    "A training provider",
    "training provider",
    "training providers",
    "confirmed",
)
_VOTE = _Count(
    "C3.vote",
    "c3.votes",
    "A vote for institutions",
    "institution with a vote",
    "institutions with a vote",
    "confirmed",
)


def institutions(facts: tuple[InstitutionFacts, ...], rulebook: Rulebook) -> tuple[TestResult, ...]:
    """The five counts of C3, in the order of the rulebook."""
    kinds = {kind for one in facts for kind in one.kinds}
    trainers = sum(InstitutionKind.TRAINING_PROVIDER in one.kinds for one in facts)
    counts = (
        (_INSTITUTIONS, len(facts)),
        (_KINDS, len(kinds)),
        (_COLLEGE, sum(bool(one.kinds & COLLEGES) for one in facts)),
        (_TRAINING, trainers),
        (_VOTE, sum(one.has_vote for one in facts)),
    )
    return tuple(_judge(count, number, rulebook) for count, number in counts)


def _judge(count: _Count, number: int, rulebook: Rulebook) -> TestResult:
    line = rulebook.floor(count.key, is_count=True)
    needed = whole_text(line.line)
    noun = count.singular if number == 1 else count.plural
    is_are = "is" if number == 1 else "are"
    short = max(0, int(line.line) - number)
    test = Test(
        id=count.id,
        title=count.title,
        citation=rulebook.citation(count.key),
        sentence=(
            f"{count_word(number).capitalize()} {noun} {is_are} {count.verb}; "
            f"{needed} {'is' if needed == '1' else 'are'} needed."
        ),
        gap=f"Add {counted(short, count.singular, count.plural)}.",
    )
    return judge(test, Bounds.exact(number), line)
