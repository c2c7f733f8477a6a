"""A proposal before it is submitted, and everything that is still wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from certification.rules.application_form import Problem, Section, problems
from certification.rules.submission import Answers
from certification.rules.wording import counted, listed
from grants.rules.budget import NOTHING, Budget, read_budget
from grants.rules.budget_checks import MATCH, BudgetTerms, Money, budget_problems
from grants.rules.panel_states import MatchState
from grants.rules.proposal_form import ABOUT, BUDGET, MILESTONES, PARTS, filled_rows
from grants.rules.states import CompetitionState, ProposalState
from grants.rules.terms import GIVER_CLASS_WORDS, GiverClass, PersonRole

PEOPLE, PARTNERS = "people", "subrecipients"
ROW_STEPS = {PEOPLE: "People", PARTNERS: "Subawards", MATCH: "Matching funds"}


@dataclass(frozen=True)
class Promise:
    """What one giver promises, and what it has answered."""

    giver: str
    giver_class: str
    amount: Decimal
    state: MatchState


@dataclass(frozen=True)
class ProposalDraft:
    """A proposal as the rules see it.

    Attributes:
        state: Where it stands.
        form, answers: What is asked, and what was written.
        terms: The notice's rules about money.
        giver_classes: Who may give.
        promises, roles, subawards: What the lists hold; ``roles`` are those of named people.
        is_designated: Whether the designation is still in force.
        competition: Where the competition stands; ``closes_at`` is the first instant too late.
        starter, certifier: Actors; ``certifier`` is empty while nobody has certified.
        certified_hash, content_hash: Fingerprints of what was certified and what stands now.
    """

    state: ProposalState
    form: tuple[Section, ...]
    answers: Answers
    terms: BudgetTerms
    giver_classes: frozenset[str] = frozenset()
    promises: tuple[Promise, ...] = ()
    roles: tuple[str, ...] = ()
    subawards: tuple[Decimal, ...] = ()
    is_designated: bool = True
    competition: CompetitionState = CompetitionState.OPEN
    closes_at: datetime | None = None
    starter: str = ""
    certifier: str = ""
    certified_hash: str = ""
    content_hash: str = ""

    @property
    def budget(self) -> Budget:
        """The budget as it is typed now."""
        return read_budget(self.answers.get(BUDGET, {}))

    @property
    def signed(self) -> Decimal:
        """What givers have signed."""
        return sum((one.amount for one in self.promises if one.state is MatchState.SIGNED), NOTHING)

    @property
    def money(self) -> Money:
        """The budget with what it must agree with."""
        return Money(self.budget, self.terms, self.signed, self.subawards)


@dataclass(frozen=True)
class StepStanding:
    """How far one step has come."""

    id: str
    title: str
    problems: tuple[Problem, ...] = field(default=())

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.problems

    @property
    def is_list(self) -> bool:
        """Whether the step is a list of rows with a page of its own."""
        return self.id in ROW_STEPS

    @property
    def words(self) -> str:
        """The standing in words."""
        if self.is_complete:
            return "Complete"
        return f"{counted(len(self.problems), 'point').capitalize()} to mend"


def standings(draft: ProposalDraft) -> tuple[StepStanding, ...]:
    """Every step in the order in which it is written, with what is wrong in it."""
    found: dict[str, list[Problem]] = {}
    for problem in all_problems(draft):
        found.setdefault(problem.section_id, []).append(problem)
    return tuple(
        StepStanding(step, title, tuple(found.get(step, ()))) for step, title in _steps(draft.form)
    )


def all_problems(draft: ProposalDraft) -> tuple[Problem, ...]:
    """Everything that is missing, too long or does not add up."""
    written = tuple(
        problem
        for section in draft.form
        for problem in problems(section, draft.answers.get(section.id, {}))
    )
    return (
        *written,
        *_activities(draft),
        *_milestones(draft),
        *budget_problems(draft.money),
        *_agreement(draft),
        *_givers(draft),
        *_lead(draft),
    )


def _steps(form: tuple[Section, ...]) -> Iterator[tuple[str, str]]:
    for section in form:
        if section.id == MILESTONES:
            yield PEOPLE, ROW_STEPS[PEOPLE]
        if section.id == BUDGET:
            yield PARTNERS, ROW_STEPS[PARTNERS]
        yield section.id, section.title
        if section.id == BUDGET:
            yield MATCH, ROW_STEPS[MATCH]


def _activities(draft: ProposalDraft) -> Iterator[Problem]:
    about = draft.answers.get(ABOUT, {})
    boxes = [name for name in about if name.startswith("activity_")]
    if boxes and not any(about[name] is True for name in boxes):
        yield Problem(ABOUT, boxes[0], "Tick at least one activity that the project is about.")


def _milestones(draft: ProposalDraft) -> Iterator[Problem]:
    answers = dict(draft.answers.get(MILESTONES, {}))
    years = str(draft.answers.get(ABOUT, {}).get("years", ""))
    months = (int(years) if years.isdecimal() else 2) * 12
    for number in filled_rows(answers):
        for part in PARTS:
            text = str(answers.get(f"{part}_{number}", "")).strip()
            if not text and number > 1:
                yield Problem(
                    MILESTONES, f"{part}_{number}", f"Finish milestone {number}, or empty it."
                )
        month = str(answers.get(f"month_{number}", "")).strip()
        if month and not (month.isascii() and month.isdecimal() and 1 <= int(month) <= months):
            yield Problem(
                MILESTONES,
                f"month_{number}",
                f"Enter the month of milestone {number} as a number from 1 to {months}.",
            )


def _agreement(draft: ProposalDraft) -> Iterator[Problem]:
    answers = draft.answers.get(BUDGET, {})
    is_named = bool(str(answers.get("indirect_agreement", "")).strip())
    if answers.get("indirect_basis") == "negotiated" and not is_named:
        yield Problem(
            BUDGET, "indirect_agreement", "Name the agency and the date of the rate agreement."
        )


def _givers(draft: ProposalDraft) -> Iterator[Problem]:
    for one in draft.promises:
        if one.state is MatchState.SIGNED and one.giver_class not in draft.giver_classes:
            yield Problem(MATCH, "commitments", giver_class_sentence(one, draft.giver_classes))
    waiting = [one.giver for one in draft.promises if one.state == MatchState.ASKED]
    if waiting:
        verb = "has" if len(waiting) == 1 else "have"
        yield Problem(
            MATCH,
            "commitments",
            f"{listed(waiting)} {verb} not answered yet. Remind them, or take the promise out.",
        )


def giver_class_sentence(promise: Promise, allowed: frozenset[str]) -> str:
    """Why money of this giver does not count here."""
    given = GIVER_CLASS_WORDS[GiverClass(promise.giver_class)].lower()
    may = listed([GIVER_CLASS_WORDS[one].lower() for one in GiverClass if one.value in allowed])
    return (
        f"{promise.giver} belongs to a class that may not give here ({given}). "
        f"This competition takes matching funds from {may}."
    )


def _lead(draft: ProposalDraft) -> Iterator[Problem]:
    if PersonRole.LEAD.value not in draft.roles:
        yield Problem(PEOPLE, "lead", "Name the person who leads the project.")
