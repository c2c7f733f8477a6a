"""The one next action of a group."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """What the overview knows about a group, in counts."""

    has_representative: bool
    confirmed_firms: int
    waiting: int
    confirmed_institutions: int
    listed: int
    commitments: int
    signed_commitments: int
    has_convening: bool


@dataclass(frozen=True)
class Step:
    """What to do next, why, and on which page (its route)."""

    title: str
    text: str
    route: str
    button: str


ADD_FIRMS = Step(
    "Put your members on the roster",
    "Each firm and institution gets a letter and confirms for itself. Start with those who "
    "already work together.",
    "certification:add_member",
    "Add a member",
)
INVITE_REPRESENTATIVE = Step(
    "Ask an authorized representative to join",
    "A second person certifies and submits the application. Ask early: it can take days.",
    "certification:team",
    "Go to the team",
)
ADD_INSTITUTIONS = Step(
    "Add colleges and other institutions",
    "A college, a training provider and a third institution are needed, one of them with a vote.",
    "certification:add_institution",
    "Add an institution",
)
ASK_GOVERNMENT = Step(
    "Ask the governments of your region",
    "Each state with a tenth of the jobs, and a city, county or tribe in it, signs that it will "
    "answer you.",
    "certification:partners",
    "See whom to ask",
)
DESCRIBE_CONVENING = Step(
    "Describe your convening body",
    "Who manages the group, who may join, who sits on the board, what members pay.",
    "certification:convening",
    "Describe it",
)
SEE_READINESS = Step(
    "See how ready you are",
    "Everything has been started. The five criteria tell you what is still missing.",
    "certification:readiness",
    "See the five criteria",
)


def next_step(standing: Standing) -> Step:
    """The first thing that has not been started, in the order in which people find it easy."""
    if not standing.listed:
        return ADD_FIRMS
    if not standing.has_representative:
        return INVITE_REPRESENTATIVE
    if not standing.confirmed_institutions:
        return ADD_INSTITUTIONS
    if not standing.commitments:
        return ASK_GOVERNMENT
    if not standing.has_convening:
        return DESCRIBE_CONVENING
    return SEE_READINESS
