"""The standard notice of a planning grant: what a new draft starts from, to be edited."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from grants.rules.notice import (
    AnchorLine,
    Basics,
    CriterionLine,
    Dates,
    Judging,
    Money,
    Notice,
    QuestionLine,
    Rubric,
    ShortForm,
)
from grants.rules.terms import (
    GiverClass,
    LineRule,
    MatchPace,
    PlanningActivity,
    RankingRule,
    TieRule,
)

SUMMARY = (
    "Planning grants let a Designated Cluster prepare what its members will do together: plans, "
    "market data, an assessment of its competitive position."
)
QUESTIONS = (
    ("Need and opportunity", "What keeps the cluster from growing, and what could it win?", 600),
    (
        "Who takes part",
        "Which firms, institutions and governments take part in the planning, and how?",
        500,
    ),
    ("Plan of work", "What will you do, in which order, and who answers for it?", 800),
    (
        "Outputs and access",
        "What will exist at the end, and how do all members, small ones included, get it?",
        500,
    ),
    ("Raising the match", "How will matching funds be raised, fairly and from whom?", 400),
)
CRITERIA = (
    (
        "Merit of the plan",
        40,
        "Will the plan give the cluster knowledge or agreements that it lacks?",
        (
            (9, "Every step answers a shown need; the results would change what members do."),
            (5, "Most steps answer a shown need; some results would stay on paper."),
            (1, "Steps do not follow from a need, or would be done anyway."),
        ),
    ),
    (
        "Active participation",
        35,
        "Do firms of all sizes, institutions and governments shape and carry the work?",
        (
            (
                9,
                "All kinds of members have named tasks, and small firms have a say in the results.",
            ),
            (5, "Several kinds of members have tasks; others are told."),
            (1, "One organization plans for the others."),
        ),
    ),
    (
        "Commitment and track record",
        25,
        "Are promises firm, and were earlier ones kept? A new group is judged neutrally.",
        (
            (9, "Match and staff are firm; earlier promises were kept, or the group is new."),
            (5, "Most of the match is likely; earlier promises were mostly kept."),
            (1, "Little is firm, or earlier promises were broken without a reason."),
        ),
    ),
)


def standard_notice(*, opportunity_number: str, title: str, time_zone: str) -> Notice:
    """Return the notice of a new draft; dates and money are still to be said."""
    return Notice(
        Basics(opportunity_number, "", title, SUMMARY, 1, 2, tuple(PlanningActivity)),
        Dates(None, None, time_zone, ""),
        Money(
            Decimal(0),
            Decimal(0),
            Fraction(1, 2),
            MatchPace.PRO_RATA,
            tuple(GiverClass),
            (),
        ),
        ShortForm(tuple(QuestionLine(*one) for one in QUESTIONS)),
        Rubric(1, 9, tuple(_criterion(*one) for one in CRITERIA)),
        Judging(3, RankingRule.RAW, TieRule.MERIT_CRITERION, LineRule.RANK, None, ""),
    )


def _criterion(
    name: str, weight: int, question: str, anchors: tuple[tuple[int, str], ...]
) -> CriterionLine:
    return CriterionLine(name, question, weight, tuple(AnchorLine(*one) for one in anchors))
