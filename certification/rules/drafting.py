"""Two people write one section: when a save is taken, and when both texts are shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from certification.rules.application_form import Answer, Question, Section

Value = str | bool


@dataclass(frozen=True)
class Difference:
    """One question to which two people gave different answers."""

    question: Question
    mine: Value
    theirs: Value


def cleaned(section: Section, given: Mapping[str, object]) -> dict[str, Value]:
    """The answers of a section as they are kept: every question, nothing else, nothing trimmed.

    Browsers send line ends as CR LF; they are kept as LF, so that the same text is the same.
    """
    return {question.id: _kept(question, given.get(question.id)) for question in section.questions}


def differences(
    section: Section, mine: Mapping[str, Value], theirs: Mapping[str, Value]
) -> tuple[Difference, ...]:
    """The questions that were answered differently, in the order of the form."""
    return tuple(
        Difference(question, mine[question.id], theirs[question.id])
        for question in section.questions
        if mine[question.id] != theirs[question.id]
    )


def as_field(value: Value) -> str:
    """An answer as a form field holds it: a ticked box is "on"."""
    if isinstance(value, bool):
        return "on" if value else ""
    return value


def _kept(question: Question, given: object) -> Value:
    if question.answer is Answer.STATEMENT:
        return given is True
    text = given if isinstance(given, str) else ""
    return text.replace("\r\n", "\n").replace("\r", "\n")
