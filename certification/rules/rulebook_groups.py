"""A rulebook as people read it: its numbers under the question that they belong to."""

from dataclasses import dataclass
from fractions import Fraction

from certification.rules.criteria import CRITERIA
from certification.rules.rulebook import Parameter, Rulebook
from certification.rules.wording import decimal_text, whole_text

OTHER_GROUPS = (
    ("near", "What counts as nearly met", "A figure just beside its line is named apart."),
    ("clock", "Times", "How long each step may take; our clock stops while it is your turn."),
    ("term", "Term", "How long a designation lasts."),
)


@dataclass(frozen=True)
class ParameterLine:
    """One number with its words."""

    title: str
    value: str
    citation: str


@dataclass(frozen=True)
class ParameterGroup:
    """The numbers of one criterion, or of one kind."""

    title: str
    question: str
    lines: tuple[ParameterLine, ...]


def parameter_groups(rulebook: Rulebook) -> tuple[ParameterGroup, ...]:
    """Every number of the rulebook, each in one group."""
    groups = [(text.criterion.lower(), text.title, text.question) for text in CRITERIA]
    return tuple(
        ParameterGroup(title, question, _lines(rulebook, prefix))
        for prefix, title, question in [*groups, *OTHER_GROUPS]
    )


def _lines(rulebook: Rulebook, prefix: str) -> tuple[ParameterLine, ...]:
    return tuple(
        ParameterLine(one.title, _value(one), one.citation)
        for one in rulebook.parameters
        if one.key.partition(".")[0] == prefix
    )


def _value(parameter: Parameter) -> str:
    """Whole numbers whole, others with as many places as they need, at least two."""
    value = parameter.value
    if value.denominator == 1 and ".lq." not in parameter.key:
        return whole_text(value)
    text = decimal_text(value)
    return text if Fraction(text) == value else decimal_text(value, 3)
