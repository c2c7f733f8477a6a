"""The first rulebook as rows: what a new portal starts with, until an agency changes it."""

from datetime import date
from fractions import Fraction

from certification.rules.rulebook import Parameter, Rulebook

CODE = "DC"
VERSION = 1
EFFECTIVE_FROM = date(2020, 1, 1)

# key, value as written in the row, title, section of the programme rules
ROWS = (
    ("near.share", "0.10", "A miss of up to this share of the line counts as near", "2.3 Results"),
    ("near.count", "1", "A count that misses by this many counts as near", "2.3 Results"),
    ("c1.lq.small", "1.50", "Times the national share of jobs, small region", "2.3 C1"),
    ("c1.lq.medium", "1.30", "Times the national share of jobs, medium region", "2.3 C1"),
    ("c1.lq.large", "1.20", "Times the national share of jobs, large region", "2.3 C1"),
    ("c1.lq.above", "1.00", "More than this, if among the top quarter of its size", "2.3 C1"),
    ("c1.jobs", "500", "Jobs in the cluster", "2.3 C1 size"),
    ("c1.nation_share", "0.005", "Or this share of the nation's jobs in it", "2.3 C1 size"),
    ("c1.few_establishments", "10", "Fewer places of work than this: a warning", "2.3 C1 warning"),
    ("c2.firms", "15", "Confirmed firms", "2.3 C2"),
    ("c2.roles", "4", "Different roles of firms", "2.3 C2"),
    ("c2.largest_role", "0.50", "Largest role's share of firms, at most", "2.3 C2"),
    ("c2.largest_family", "0.25", "Largest corporate family's share of votes, at most", "2.3 C2"),
    ("c2.small_firms", "0.30", "Small firms' share of firms", "2.3 C2"),
    ("c3.institutions", "3", "Confirmed institutions", "2.3 C3"),
    ("c3.kinds", "2", "Different kinds of institutions", "2.3 C3"),
    ("c3.colleges", "1", "Universities or community colleges", "2.3 C3"),
    ("c3.training", "1", "Training providers", "2.3 C3"),
    ("c3.votes", "1", "Institutions with a vote", "2.3 C3"),
    ("c4.state_share", "0.10", "A state with this share of the cluster's jobs must sign", "2.3 C4"),
    ("c5.management", "0.5", "Paid or pledged management, full-time posts", "2.3 C5"),
    ("c5.board_class", "0.50", "Largest class of firms' share of board seats, at most", "2.3 C5"),
    ("clock.intake_business_days", "10", "Business days for the first look", "2.4 Clocks"),
    ("clock.criteria_days", "30", "Days for the criteria review", "2.4 Clocks"),
    ("clock.decision_days", "90", "Days from acceptance to the decision", "2.4 Clocks"),
    ("clock.answer_days", "30", "Days to answer our questions", "2.4 request_information"),
    ("clock.answer_grace_days", "15", "Days of grace after that", "2.4 lapse"),
    ("clock.reminder_days", "7", "Days before the end of grace for the reminder", "2.4 lapse"),
    ("clock.denial_answer_days", "15", "Days to answer a proposed denial", "2.4 propose_denial"),
    ("clock.appeal_days", "30", "Days to appeal", "2.5 Appeal"),
    ("term.full_years", "4", "Years of a full term", "2.4 designate"),
)

KEYS = tuple(key for key, _, _, _ in ROWS)


def citation(section: str) -> str:
    """The citation that a row carries."""
    return f"Designated Clusters programme rules, section {section}"


def rulebook_v1() -> Rulebook:
    """The first rulebook, for tests and for the migration that writes its rows."""
    return Rulebook(
        code=CODE,
        version=VERSION,
        effective_from=EFFECTIVE_FROM,
        effective_to=None,
        parameters=tuple(
            Parameter(key, Fraction(value), title, citation(section))
            for key, value, title, section in ROWS
        ),
    )
