"""What must be true before an application is certified, and before it is submitted.

One list for the action, the button and the overview: each function returns every reason, in the
order in which people can remove them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from certification.rules.application_form import (
    CERTIFICATION,
    SECTIONS,
    Problem,
    Section,
    all_problems,
    problems,
)
from certification.rules.groups import SeatRole
from certification.rules.states import APPLICATION, ApplicationState
from certification.rules.wording import counted
from kit.refusals import Refusal

Answers = Mapping[str, Mapping[str, str | bool]]
WRITABLE = tuple(section for section in SECTIONS if section.id != CERTIFICATION)


@dataclass(frozen=True)
class Draft:
    """An application before it is submitted, as the rules see it.

    Attributes:
        state: Where it stands.
        answers: What was written, by section and question.
        starter: The actor who started it.
        certifier: The actor who certified it as it is now; empty when nobody has.
        is_same_request: Whether the group still names the cluster and region of the application.
        other_live: Reference of another application under way for the same; empty when none.
    """

    state: ApplicationState
    answers: Answers = field(default_factory=dict)
    starter: str = ""
    certifier: str = ""
    is_same_request: bool = True
    other_live: str = ""

    @property
    def gaps(self) -> tuple[Problem, ...]:
        """What is missing or too long, over all sections."""
        return all_problems(self.answers)


@dataclass(frozen=True)
class Person:
    """Somebody who wants to act for the group."""

    actor: str
    seat: SeatRole | None


@dataclass(frozen=True)
class SectionStanding:
    """How far one section has come."""

    section: Section
    problems: tuple[Problem, ...]

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.problems

    @property
    def words(self) -> str:
        """The standing in words."""
        if self.is_complete:
            return "Complete"
        return f"{counted(len(self.problems), 'answer').capitalize()} to give or shorten"


def standings(answers: Answers) -> tuple[SectionStanding, ...]:
    """How far each section has come, in the order of the form."""
    return tuple(
        SectionStanding(section, problems(section, answers.get(section.id, {})))
        for section in WRITABLE
    )


def edit_refusal(state: ApplicationState) -> Refusal | None:
    """Why a section cannot be changed: only drafts are written.

    >>> edit_refusal(ApplicationState.DRAFT) is None
    True
    """
    if state is ApplicationState.DRAFT:
        return None
    return Refusal(
        "not_a_draft",
        "This application was submitted, so its words no longer change. "
        "If something is wrong, tell the office that reviews it.",
    )


def certify_refusals(draft: Draft, person: Person) -> tuple[Refusal, ...]:
    """Every reason why this person cannot certify the application now."""
    return tuple(
        refusal
        for refusal in (
            _not_a_draft(draft),
            _not_representative(person, "certifies"),
            _is_starter(draft, person),
            _incomplete(draft),
            _moved(draft),
        )
        if refusal
    )


def submit_refusals(draft: Draft, person: Person) -> tuple[Refusal, ...]:
    """Every reason why this person cannot submit the application now."""
    return tuple(
        refusal
        for refusal in (
            _not_a_draft(draft),
            _not_representative(person, "submits"),
            _incomplete(draft),
            _moved(draft),
            _uncertified(draft),
            _rival(draft),
        )
        if refusal
    )


def withdraw_refusals(state: ApplicationState, person: Person) -> tuple[Refusal, ...]:
    """Every reason why this person cannot withdraw the application now."""
    decided = not APPLICATION.allows(state, "withdraw")
    over = Refusal("already_decided", "This application is decided: there is nothing to withdraw.")
    found = (over if decided else None, _not_representative(person, "withdraws"))
    return tuple(refusal for refusal in found if refusal)


def _not_a_draft(draft: Draft) -> Refusal | None:
    if draft.state is ApplicationState.DRAFT:
        return None
    return Refusal("already_submitted", "This application was already submitted.")


def _not_representative(person: Person, act: str) -> Refusal | None:
    if person.seat is SeatRole.AUTHORIZED_REPRESENTATIVE:
        return None
    return Refusal(
        "not_representative",
        f"An authorized representative of the group {act} the application. "
        "Ask one of them; they are listed under Team.",
    )


def _is_starter(draft: Draft, person: Person) -> Refusal | None:
    if person.actor != draft.starter:
        return None
    return Refusal(
        "second_person",
        "You started this application. The rule asks for a second person to certify it: "
        "ask another authorized representative.",
    )


def _incomplete(draft: Draft) -> Refusal | None:
    if not draft.gaps:
        return None
    answers = counted(len(draft.gaps), "answer")
    verb = "is" if len(draft.gaps) == 1 else "are"
    return Refusal(
        "incomplete",
        f"{answers.capitalize()} {verb} missing or too long. The list on this page leads to each.",
    )


def _moved(draft: Draft) -> Refusal | None:
    if draft.is_same_request:
        return None
    return Refusal(
        "group_changed",
        "The group's cluster or region changed after this application was started. "
        "Withdraw it and start a new one.",
    )


def _uncertified(draft: Draft) -> Refusal | None:
    if draft.certifier:
        return None
    return Refusal(
        "not_certified",
        "Nobody has certified the application as it is now. "
        "An authorized representative reads it and certifies it first.",
    )


def _rival(draft: Draft) -> Refusal | None:
    if not draft.other_live:
        return None
    return Refusal(
        "other_live",
        f"Application {draft.other_live} of your group is under way for the same cluster and "
        "region. Withdraw one of the two.",
    )
