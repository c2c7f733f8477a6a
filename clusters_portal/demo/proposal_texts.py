"""What groups of the demo world propose, in their words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from grants.rules.budget_lines import IndirectBasis
from grants.rules.proposal_form import (
    ABOUT,
    ACCESS,
    BUDGET,
    MILESTONES,
    RAISING,
    activity_id,
    narrative_id,
)

Answers = dict[str, dict[str, str | bool]]


@dataclass(frozen=True)
class Theme:
    """What one proposal is about; ``asks`` is the federal money."""

    title: str
    summary: str
    need: str
    work: str
    output: str
    asks: int


THEMES = (
    Theme(
        "A map of suppliers and three joint projects",
        "Members find out who makes what in the region, and plan three projects together.",
        "Members buy from far away what is made twenty miles from them. Last year four firms "
        "turned down orders because they knew of no supplier for one step of the work.",
        "A coordinator interviews every member in the first half. A working group of nine draws "
        "the map of suppliers, and members vote on three joint projects in the second half.",
        "An open map of suppliers and skills, a study of competitors abroad, and three costed "
        "plans for joint projects.",
        200_000,
    ),
    Theme(
        "A shared test laboratory: what it takes, and who would use it",
        "A study whether small firms of the region could share one laboratory for tests.",
        "Tests that customers ask for are done in three other states. A small firm waits seven "
        "weeks for a result that two large members obtain in their own halls in a day.",
        "We count the tests that members pay for, visit five shared laboratories elsewhere, and "
        "work out with the university what a laboratory costs to build and to run.",
        "A business plan for the laboratory with prices per test, a draft agreement between the "
        "university and the members, and the figures behind both.",
        160_000,
    ),
    Theme(
        "Skills for the next ten years",
        "Firms and colleges agree which skills are missing, and how they are taught together.",
        "One skilled worker in three retires within eight years. Colleges teach what they taught "
        "in 2015, because nobody has told them with one voice what is needed.",
        "Twelve firms describe ten jobs as they will be. The two colleges compare them with their "
        "courses; a joint group drafts three courses and finds their teachers.",
        "Ten open descriptions of jobs, three outlines of courses with their costs, and a promise "
        "of places for apprentices, signed by firms.",
        240_000,
    ),
    Theme(
        "Two markets abroad, entered together",
        "Members study two export markets and plan a common way into them.",
        "Only six members export at all. Certification abroad costs a small firm more than a "
        "year's profit, and each firm pays for it alone.",
        "A market study of two countries, a round of talks with forty buyers, and a plan for one "
        "common office with shared certification.",
        "The study, a list of buyers who answered, and a plan for the office with its costs for "
        "three years.",
        120_000,
    ),
    Theme(
        "Energy and waste heat as a common good",
        "Neighbors in two industrial parks plan to use one another's waste heat.",
        "Energy is the second largest cost of our members. Two plants blow heat into the air "
        "that three neighbors buy as gas.",
        "Engineers measure flows at eleven sites, draw a network, and members decide which of "
        "three variants they would pay for.",
        "Measured flows of eleven sites, a design with its costs, and letters of the firms that "
        "would connect.",
        180_000,
    ),
    Theme(
        "A register of idle machines and tools",
        "A plan for lending machines between members, with rules for insurance and fees.",
        "Half of the large machine tools of the region stand still on two days in five. Small "
        "firms turn down work for want of the very same machines.",
        "We list machines with members who want to lend, settle insurance with two brokers, and "
        "try the lending with six firms for three months.",
        "Rules for lending, model contracts, and a report on what worked and what did not.",
        140_000,
    ),
)
WHO = (
    "Twenty-three members took part in the three meetings that prepared this proposal. Eleven of "
    "them have fewer than twenty employees. Colleges and governments of the region sat at the "
    "table. Every kind of member leads one of the four working groups."
)
RAISED = (
    "All members were asked in an open letter. Shares follow the number of employees; whoever "
    "wants to join later still can."
)
SHARES = (
    ("personnel", Decimal("0.60")),
    ("travel", Decimal("0.05")),
    ("supplies", Decimal("0.03")),
    ("contractual", Decimal("0.27")),
    ("other", Decimal("0.05")),
)


def answers_of(theme: Theme, activities: list[str], years: int) -> Answers:
    """Return an answer to everything that the form asks."""
    narratives = (theme.need, WHO, theme.work, theme.output, RAISED)
    found: Answers = {
        narrative_id(number): {"answer": text} for number, text in enumerate(narratives, 1)
    }
    found[ABOUT] = {
        "title": theme.title,
        "summary": theme.summary,
        "years": str(years),
        activity_id(activities[0]): True,
    }
    found[MILESTONES] = {
        "what_1": "Everybody who takes part has been heard",
        "month_1": "5",
        "proof_1": "Published list of interviews",
        "what_2": "Members have chosen between variants",
        "month_2": "11",
        "proof_2": "Minutes of the vote",
    }
    found[BUDGET] = _budget(theme.asks)
    found[ACCESS] = {
        "outputs": theme.output,
        "access": "On the group's pages within thirty days, free of charge for every member.",
        "smaller": "Evening meetings, plain summaries, an hour of help per firm on request.",
    }
    found[RAISING] = {
        "how": RAISED,
        "fair": "Members have one vote each; what somebody gave stands on no ballot.",
        "later": "",
    }
    return found


def _budget(asks: int) -> dict[str, str | bool]:
    found: dict[str, str | bool] = {
        f"federal_{category}": f"{asks * share:,.0f}" for category, share in SHARES
    }
    return found | {
        "match_personnel": f"{asks * 3 // 4:,}",
        "match_contractual": f"{asks // 4:,}",
        "indirect_basis": IndirectBasis.NONE.value,
        **{f"cash_{number}": f"{asks // 4:,}" for number in (1, 2)},
        "justification": "One coordinator for twelve months, twenty visits, two studies bought "
        "from outside after asking for three offers each.",
    }
