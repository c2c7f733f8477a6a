"""The application as data: its sections, questions, limits, and what becomes public."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    STATEMENT = "statement"
    LINE = "line"
    CHOICE = "choice"
    MONEY = "money"


class Measure(StrEnum):
    """In what the length of a text is limited."""

    CHARACTERS = "characters"
    WORDS = "words"


@dataclass(frozen=True)
class Question:
    """One question. Text has a limit in characters or words; a statement is a box to tick."""

    id: str
    text: str
    help: str
    answer: Answer = Answer.TEXT
    limit: int = 2000
    is_required: bool = True
    is_public: bool = False
    measure: Measure = Measure.CHARACTERS
    choices: tuple[tuple[str, str], ...] = ()

    def length(self, text: str) -> int:
        """How long a text is, in what its limit is set."""
        return len(text.split()) if self.measure is Measure.WORDS else len(text)


@dataclass(frozen=True)
class Section:
    """One step of the application."""

    id: str
    title: str
    lead: str
    questions: tuple[Question, ...]

    def question(self, question_id: str) -> Question:
        """The question of this id.

        Raises:
            KeyError: the section has no such question.
        """
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)


SECTIONS = (
    Section(
        "cluster",
        "Your cluster",
        "Say what the cluster is and why its members belong together.",
        (
            Question(
                "summary",
                "Describe the cluster in a few sentences",
                "For a reader who does not know your field. Shown on the register if you are "
                "designated.",
                limit=800,
                is_public=True,
            ),
            Question(
                "belonging",
                "Why do these firms and institutions belong together?",
                "What they buy from and sell to one another, the skills and knowledge they share, "
                "and why this region.",
                limit=3000,
            ),
            Question(
                "beyond_data",
                "What do the published figures not show?",
                "New kinds of firms, work that the industry codes do not describe, recent growth. "
                "Leave empty if the figures tell the story.",
                limit=2000,
                is_required=False,
            ),
        ),
    ),
    Section(
        "working-together",
        "How members work together",
        "Not what you produce, but how. These answers are read; they are not scored.",
        (
            Question(
                "ties",
                "Which ties between members already exist?",
                "Supplier relations, joint projects, shared equipment, training done together.",
                limit=3000,
            ),
            Question(
                "small_firms",
                "How do small firms take part?",
                "Their part in decisions, what they gain, how dues are kept within their reach.",
                limit=2000,
            ),
        ),
    ),
    Section(
        "government",
        "What government could do",
        "Name the needs that members cannot meet by themselves.",
        (
            Question(
                "needs",
                "What do you need from federal, state or local government?",
                "Skills, infrastructure, standards, market data, rules that stand in the way.",
                limit=3000,
            ),
            Question(
                "partners",
                "What have your government partners done for the cluster so far?",
                "Leave empty if the work together is only beginning.",
                limit=2000,
                is_required=False,
            ),
        ),
    ),
    Section(
        "plans",
        "Plans for the term",
        "A designation lasts several years. Say what you want to have reached by its end.",
        (
            Question(
                "goals",
                "What will be different at the end of the term?",
                "Three to five goals, each with a way to see whether it was reached.",
                limit=3000,
                is_public=True,
            ),
            Question(
                "first_year",
                "What will you do in the first year?",
                "The steps, who leads them, and what they cost.",
                limit=2000,
            ),
        ),
    ),
    Section(
        "statements",
        "Statements",
        "The convening organization makes these statements for the whole group.",
        (
            Question(
                "open_admission",
                "Any firm or institution of the cluster that meets our published rule may join, "
                "and none is turned away to keep out competition.",
                "",
                Answer.STATEMENT,
            ),
            Question(
                "antitrust",
                "We do not discuss or agree on prices, customers, territories or bids, and our "
                "meetings follow a written antitrust policy.",
                "",
                Answer.STATEMENT,
            ),
            Question(
                "collective",
                "What we do together is of use to many members, and its results are open to all.",
                "",
                Answer.STATEMENT,
            ),
        ),
    ),
    Section(
        "certification",
        "Certification",
        "A second person, who may sign for the group, checks everything and certifies it.",
        (
            Question(
                "true_and_complete",
                "I may sign for this group. I have read the whole application, and to the best of "
                "my knowledge it is true and complete.",
                "A false statement to a federal agency can be punished (18 U.S.C. 1001).",
                Answer.STATEMENT,
            ),
        ),
    ),
)

CERTIFICATION = "certification"
BY_ID: Mapping[str, Section] = {section.id: section for section in SECTIONS}


@dataclass(frozen=True)
class Problem:
    """What keeps a section from being complete, said where the reader can mend it."""

    section_id: str
    question_id: str
    sentence: str


def problems(section: Section, answers: Mapping[str, str | bool]) -> tuple[Problem, ...]:
    """What is missing or too long. Nothing is ever trimmed silently."""
    found = []
    for question in section.questions:
        sentence = _problem(question, answers.get(question.id, ""))
        if sentence:
            found.append(Problem(section.id, question.id, sentence))
    return tuple(found)


def all_problems(answers: Mapping[str, Mapping[str, str | bool]]) -> tuple[Problem, ...]:
    """The problems of every section but the certification, which comes last and by itself."""
    return tuple(
        problem
        for section in SECTIONS
        if section.id != CERTIFICATION
        for problem in problems(section, answers.get(section.id, {}))
    )


def _problem(question: Question, given: str | bool) -> str:  # noqa: FBT001 - an answer, not a flag
    if question.answer is Answer.STATEMENT:
        is_made = given is True or not question.is_required
        return "" if is_made else "Tick the box if you can make this statement."
    text = str(given).strip() if given else ""
    if question.is_required and not text:
        return f"Answer the question “{question.text}”."
    if text and question.choices and text not in dict(question.choices):
        return f"Choose an answer of the list for “{question.text}”."
    return _too_long(question, text)


def _too_long(question: Question, text: str) -> str:
    over = question.length(text) - question.limit
    if over <= 0:
        return ""
    unit = question.measure.value
    return f"Shorten this answer by {over:,} {unit}; the limit is {question.limit:,}."
