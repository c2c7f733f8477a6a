"""C5: the organization that convenes the group is managed, open and fair."""

from dataclasses import dataclass
from fractions import Fraction

from certification.rules.judging import Test, judge, judge_nothing, judge_statement
from certification.rules.participants import CONVENING_FORM_WORDS, ConveningForm
from certification.rules.results import TestResult
from certification.rules.rulebook import Rulebook
from certification.rules.wording import decimal_text, percent_text, whole_text
from mapping.rules.bounds import Bounds


@dataclass(frozen=True)
class ConveningFacts:
    """What the group says about its convening organization.

    ``members_jobs`` are the jobs of the member firms in the region, None where not stated;
    ``cluster_jobs`` the published jobs of the whole cluster there.
    ``largest_class_seats`` are the board seats of the largest class of firms (for example all
    component suppliers).
    """

    form: ConveningForm | None
    management_posts: Fraction
    has_open_admission: bool
    members_jobs: int | None
    cluster_jobs: int
    board_seats: int
    largest_class_seats: int
    has_published_dues: bool
    has_dues_relief: bool
    has_antitrust_statement: bool


@dataclass(frozen=True)
class _Statement:
    """A yes-or-no test: its sentences for yes and for no, and the way to close the gap."""

    id: str
    title: str
    yes: str
    no: str
    gap: str


def convening(facts: ConveningFacts, rulebook: Rulebook) -> tuple[TestResult, ...]:
    """The eight tests of C5, in the order of the rulebook."""
    return (
        _form(facts, rulebook),
        _management(facts, rulebook),
        _stated(_ADMISSION, rulebook, is_met=facts.has_open_admission),
        _members(facts, rulebook),
        _board(facts, rulebook),
        _stated(_DUES, rulebook, is_met=facts.has_published_dues),
        _stated(_RELIEF, rulebook, is_met=facts.has_dues_relief),
        _stated(_ANTITRUST, rulebook, is_met=facts.has_antitrust_statement),
    )


_ADMISSION = _Statement(
    "C5.admission",
    "Open admission",
    "A written rule lets every firm and institution of the cluster join.",
    "There is no written rule yet that lets every firm and institution of the cluster join.",
    "Adopt and add your admission rule.",
)
_DUES = _Statement(
    "C5.dues",
    "Published dues",
    "The dues are published.",
    "The dues are not published yet.",
    "Publish the dues, also if there are none.",
)
_RELIEF = _Statement(
    "C5.relief",
    "Dues that small firms can bear",
    "A relief rule keeps the dues within the reach of small firms.",
    "There is no rule yet that keeps the dues within the reach of small firms.",
    "Adopt a relief rule for small firms.",
)
_ANTITRUST = _Statement(
    "C5.antitrust",
    "Antitrust statement",
    "The group has made its antitrust statement.",
    "The group has not made its antitrust statement yet.",
    "Make the antitrust statement.",
)


def _stated(statement: _Statement, rulebook: Rulebook, *, is_met: bool) -> TestResult:
    test = Test(
        id=statement.id,
        title=statement.title,
        citation=rulebook.citation("c5.management"),
        sentence=statement.yes if is_met else statement.no,
        gap=statement.gap,
    )
    return judge_statement(test, is_met=is_met)


def _form(facts: ConveningFacts, rulebook: Rulebook) -> TestResult:
    if facts.form is None:
        sentence = "The group has not said what its convening organization is."
    else:
        words = CONVENING_FORM_WORDS[facts.form]
        sentence = f"The convening organization: {words[0].lower()}{words[1:]}."
    test = Test(
        id="C5.form",
        title="An organization that convenes",
        citation=rulebook.citation("c5.management"),
        sentence=sentence,
        gap="Name the organization, its fiscal sponsor, or add a plan to form it.",
    )
    return judge_statement(test, is_met=facts.form is not None)


def _management(facts: ConveningFacts, rulebook: Rulebook) -> TestResult:
    line = rulebook.floor("c5.management")
    have = facts.management_posts
    missing = decimal_text(max(Fraction(0), line.line - have), 2)
    test = Test(
        id="C5.management",
        title="Someone manages the group",
        citation=rulebook.citation("c5.management"),
        sentence=(
            f"{decimal_text(have, 2, against=line.line)} full-time posts of management are paid "
            f"or pledged; {decimal_text(line.line, 2)} are needed."
        ),
        gap=f"Find pay or a pledge for {missing} of a full-time post more.",
    )
    return judge(test, Bounds.exact(have), line)


def _members(facts: ConveningFacts, rulebook: Rulebook) -> TestResult:
    if facts.members_jobs is None:
        sentence = "The jobs of the member firms are not stated, so their share cannot be shown."
    else:
        jobs = whole_text(Fraction(facts.members_jobs))
        sentence = f"The member firms state {jobs} jobs in the region{_of_cluster(facts)}."
    test = Test(
        id="C5.members",
        title="The members' share of the cluster is shown",
        citation=rulebook.citation("c5.management"),
        sentence=sentence,
        gap="State how many jobs the member firms have in the region.",
    )
    return judge_statement(test, is_met=facts.members_jobs is not None)


def _of_cluster(facts: ConveningFacts) -> str:
    """The members' share in words; firms may state more than the published figure."""
    if not facts.cluster_jobs or facts.members_jobs is None:
        return ""
    share = Fraction(facts.members_jobs, facts.cluster_jobs)
    if share > 1:
        return ", more than the published jobs of the whole cluster"
    return f", {percent_text(share)} of the published jobs of the cluster"


def _board(facts: ConveningFacts, rulebook: Rulebook) -> TestResult:
    line = rulebook.ceiling("c5.board_class")
    title = "No class of firms controls the board"
    citation = rulebook.citation("c5.board_class")
    if facts.board_seats <= 0:
        sentence = "The board has no seats yet."
        gap = "Enter the seats of the board, also if they are only planned."
        return judge_nothing(Test("C5.board", title, citation, sentence, gap), line)
    share = Fraction(facts.largest_class_seats, facts.board_seats)
    test = Test(
        id="C5.board",
        title=title,
        citation=citation,
        sentence=(
            f"The largest class of firms holds {percent_text(share, against=line.line)} of the "
            f"board's seats; at most {percent_text(line.line)} are allowed."
        ),
        gap="Give seats to firms of other classes or to institutions.",
    )
    return judge(test, Bounds.exact(share), line)
