"""The five criteria in plain words: one list for the home page, the check and the decision."""

from dataclasses import dataclass
from enum import StrEnum


class Criterion(StrEnum):
    """The five questions asked of every group."""

    CONCENTRATION = "C1"
    DIVERSITY = "C2"
    INSTITUTIONS = "C3"
    GOVERNMENT = "C4"
    CONVENING = "C5"


@dataclass(frozen=True)
class CriterionText:
    """How a criterion is named and asked on a page."""

    criterion: Criterion
    title: str
    question: str
    why: str


CRITERIA = (
    CriterionText(
        Criterion.CONCENTRATION,
        "Concentration",
        "Does your region hold clearly more than its share of the nation's jobs in this cluster?",
        "A cluster is a place where an industry and its suppliers are unusually present.",
    ),
    CriterionText(
        Criterion.DIVERSITY,
        "Firms of different kinds",
        "Have enough firms confirmed, in different roles, without one of them dominating?",
        "Producers, suppliers, toolmakers and service firms strengthen one another.",
    ),
    CriterionText(
        Criterion.INSTITUTIONS,
        "Colleges and other institutions",
        "Do a college and a training provider take part, and does one of them have a vote?",
        "Skills and research are what the firms of a cluster share most.",
    ),
    CriterionText(
        Criterion.GOVERNMENT,
        "Governments that answer",
        "Have the states, and a city, county or tribe in each, signed that they will answer you?",
        "Much of what a cluster needs is in the hands of state and local government.",
    ),
    CriterionText(
        Criterion.CONVENING,
        "A fair convening organization",
        "Is there a managed organization, open to all who qualify, that no one class controls?",
        "Public money may only help a group that any firm of the cluster can join.",
    ),
)

BY_CODE = {text.criterion: text for text in CRITERIA}
