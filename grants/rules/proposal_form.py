"""The proposal as data: what every one is asked, beside the questions of its own notice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from certification.rules.application_form import Answer, Measure, Question, Section
from grants.rules.budget_lines import CATEGORY_WORDS, COLUMN_WORDS, LEFT_OUT_WORDS, IndirectBasis
from grants.rules.budget_lines import INDIRECT_BASIS_WORDS as BASES

ABOUT, BUDGET, MILESTONES = "about", "budget", "milestones"
ACCESS, RAISING = "access", "match-raising"
MILESTONE_ROWS = 8
QUARTERS = 4
CONTENT_LIMIT = 4000


@dataclass(frozen=True)
class Asked:
    """One question that a notice asks in words."""

    position: int
    heading: str
    prompt: str
    word_limit: int


@dataclass(frozen=True)
class Notice:
    """What a competition lays down for the form of its proposals."""

    questions: tuple[Asked, ...] = ()
    shortest_years: int = 1
    longest_years: int = 2
    activities: tuple[tuple[str, str], ...] = ()


def narrative_id(position: int) -> str:
    """The id of the section that answers a question of the notice.

    >>> narrative_id(2)
    'question-2'
    """
    return f"question-{position}"


def sections_of(notice: Notice) -> tuple[Section, ...]:
    """The steps of a proposal in the order in which they are written."""
    return (
        _about(notice),
        *(_narrative(one) for one in notice.questions),
        _milestones(notice.longest_years),
        _budget(),
        _access(),
        _raising(),
    )


def section_ids(sections: Iterable[Section]) -> list[str]:
    """Their ids."""
    return [section.id for section in sections]


def activity_id(activity: str) -> str:
    """The box of an activity that the notice allows."""
    return f"activity_{activity}"


def _about(notice: Notice) -> Section:
    years = tuple(
        (str(number), "One year" if number == 1 else f"{number} years")
        for number in range(notice.shortest_years, notice.longest_years + 1)
    )
    boxes = tuple(
        Question(activity_id(code), words, "", Answer.STATEMENT, is_required=False)
        for code, words in notice.activities
    )
    return Section(
        ABOUT,
        "About the project",
        "In one minute: what you want to do, for how long.",
        (
            Question("title", "Title", "", Answer.LINE, limit=200, is_public=True),
            Question(
                "summary",
                "Summary for the public",
                "For a reader who does not know your field. Published if you are selected.",
                limit=150,
                measure=Measure.WORDS,
                is_public=True,
            ),
            Question("years", "How long is the project?", "", Answer.CHOICE, choices=years),
            *boxes,
        ),
    )


def _narrative(asked: Asked) -> Section:
    return Section(
        narrative_id(asked.position),
        asked.heading,
        "Reviewers read and score this answer.",
        (Question("answer", asked.prompt, "", limit=asked.word_limit, measure=Measure.WORDS),),
    )


def _milestones(longest_years: int) -> Section:
    rows = []
    for number in range(1, MILESTONE_ROWS + 1):
        rows += [
            Question(f"what_{number}", f"Milestone {number}", "", Answer.LINE, 200, number == 1),
            Question(
                f"month_{number}",
                f"Month of the project in which milestone {number} is reached",
                f"From 1 to {longest_years * 12}.",
                Answer.LINE,
                3,
                number == 1,
            ),
            Question(
                f"proof_{number}",
                f"How anybody can see that milestone {number} is reached",
                "",
                Answer.LINE,
                200,
                number == 1,
            ),
        ]
    return Section(
        MILESTONES,
        "Milestones",
        "What will be there, in which month, and how anybody can see it. One is enough to begin.",
        tuple(rows),
    )


def _budget() -> Section:
    grid = [
        Question(f"{column}_{category}", f"{words}, {heading.lower()}", "", Answer.MONEY, 20, False)
        for category, words in CATEGORY_WORDS.items()
        for column, heading in COLUMN_WORDS.items()
    ]
    left_out = [
        Question(f"left_out_{code}", words, "", Answer.MONEY, 20, False)
        for code, words in LEFT_OUT_WORDS.items()
    ]
    quarters = [
        Question(f"cash_{number}", f"Quarter {number}", "", Answer.MONEY, 20, False)
        for number in range(1, QUARTERS + 1)
    ]
    return Section(
        BUDGET,
        "Budget",
        "What the project costs, and who pays. Totals are worked out as you type.",
        (
            *grid,
            *_indirect(),
            *left_out,
            *quarters,
            Question(
                "justification",
                "What stands behind the figures?",
                "For each line with money: how many, at what price, for what.",
                limit=1000,
                measure=Measure.WORDS,
            ),
        ),
    )


def _indirect() -> tuple[Question, ...]:
    return (
        Question(
            "indirect_basis",
            "How do you charge indirect costs?",
            "",
            Answer.CHOICE,
            choices=tuple((one.value, words) for one, words in BASES.items()),
        ),
        Question(
            "indirect_rate",
            "Negotiated rate, in percent",
            "Only with a negotiated agreement; like 26.5.",
            Answer.LINE,
            10,
            False,
        ),
        Question(
            "indirect_agreement",
            "Agreement: with which agency, of which date",
            "Only with a negotiated agreement.",
            Answer.LINE,
            200,
            False,
        ),
    )


def _access() -> Section:
    return Section(
        ACCESS,
        "Access and outputs plan",
        "What comes out of the project is open to all members.",
        (
            Question("outputs", "What will the project produce?", "", limit=CONTENT_LIMIT),
            Question(
                "access",
                "How do members get at it, and when?",
                "Where it is published, for whom, at what price if any.",
                limit=CONTENT_LIMIT,
            ),
            Question(
                "smaller",
                "How do smaller firms and members that are no businesses get the same access?",
                "",
                limit=CONTENT_LIMIT,
            ),
        ),
    )


def _raising() -> Section:
    return Section(
        RAISING,
        "Match-raising plan",
        "How the matching funds are found, fairly.",
        (
            Question(
                "how",
                "How did you ask for matching funds, and whom?",
                "Who was asked, who may still join, how shares were set.",
                limit=CONTENT_LIMIT,
            ),
            Question(
                "fair",
                "How do you make sure that giving decides nothing about who benefits?",
                "No member is left out because it gave little or nothing.",
                limit=CONTENT_LIMIT,
            ),
            Question(
                "later",
                "What if a giver drops out?",
                "Leave empty if no share depends on a single giver.",
                limit=2000,
                is_required=False,
            ),
        ),
    )


def filled_rows(answers: dict[str, str | bool]) -> Sequence[int]:
    """The numbers of the milestones in which anything is written."""
    return [
        number
        for number in range(1, MILESTONE_ROWS + 1)
        if any(str(answers.get(f"{part}_{number}", "")).strip() for part in PARTS)
    ]


PARTS = ("what", "month", "proof")


def is_negotiated(answers: dict[str, str | bool]) -> bool:
    """Whether indirect costs follow a negotiated agreement."""
    return answers.get("indirect_basis") == IndirectBasis.NEGOTIATED
