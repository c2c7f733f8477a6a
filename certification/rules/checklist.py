"""What a group will need, in plain words and with the numbers of a rulebook."""

from dataclasses import dataclass

from certification.rules.criteria import BY_CODE, Criterion, CriterionText
from certification.rules.rulebook import Rulebook
from certification.rules.wording import counted, decimal_text, listed, percent_text


@dataclass(frozen=True)
class ChecklistItem:
    """One criterion with the lines that somebody can tick off."""

    text: CriterionText
    lines: tuple[str, ...]


def checklist(rulebook: Rulebook, states: tuple[str, ...] = ()) -> tuple[ChecklistItem, ...]:
    """The four criteria that data cannot check in advance.

    Args:
        rulebook: Where the numbers come from.
        states: Names of the states that must sign, where the region is known.
    """
    lines = {
        Criterion.DIVERSITY: _firms(rulebook),
        Criterion.INSTITUTIONS: _institutions(rulebook),
        Criterion.GOVERNMENT: _governments(rulebook, states),
        Criterion.CONVENING: _convening(rulebook),
    }
    return tuple(ChecklistItem(BY_CODE[criterion], found) for criterion, found in lines.items())


def _firms(rulebook: Rulebook) -> tuple[str, ...]:
    return (
        f"At least {counted(rulebook.whole('c2.firms'), 'firm')} that confirm for themselves.",
        (
            f"At least {counted(rulebook.whole('c2.roles'), 'role')} among them, such as end "
            "producers, suppliers, toolmakers, logistics and service firms."
        ),
        (
            f"No role with more than {percent_text(rulebook.value('c2.largest_role'))} of the "
            "firms, no corporate family with more than "
            f"{percent_text(rulebook.value('c2.largest_family'))} of the votes."
        ),
        f"At least {percent_text(rulebook.value('c2.small_firms'))} small firms.",
    )


def _institutions(rulebook: Rulebook) -> tuple[str, ...]:
    institutions = counted(rulebook.whole("c3.institutions"), "institution")
    return (
        (
            f"At least {institutions} of "
            f"{counted(rulebook.whole('c3.kinds'), 'kind')}, with at least one vote among them."
        ),
        (
            "Among them a university or community college, and a training provider; one "
            "organization may be both."
        ),
    )


def _governments(rulebook: Rulebook, states: tuple[str, ...]) -> tuple[str, ...]:
    if states:
        whom = f"In {listed(list(states))} the state"
    else:
        share = percent_text(rulebook.value("c4.state_share"))
        whom = f"Each state with at least {share} of the cluster's jobs in your region"
    return (f"{whom} signs that it will answer you, and so does a city, county or tribe in it.",)


def _convening(rulebook: Rulebook) -> tuple[str, ...]:
    posts = decimal_text(rulebook.value("c5.management"), 1)
    return (
        "An organization that convenes you, a fiscal sponsor, or a plan to form one.",
        f"Paid or pledged management of at least {posts} full-time posts.",
        (
            "A written rule that every firm of the cluster may join; dues that are published and "
            "that small firms can bear."
        ),
        (
            f"A board in which no class of firms holds more than "
            f"{percent_text(rulebook.value('c5.board_class'))} of the seats, and an antitrust "
            "statement."
        ),
    )
