"""What was determined in a case, and what has been settled since."""

from __future__ import annotations

from certification.models import Determination
from certification.rules.readiness import open_tests, unanswered, unmet
from certification.rules.results import TestResult
from trail.models import Case


def determinations_of(case: Case) -> list[Determination]:
    """All determinations of a case, the latest first."""
    rows = Determination.objects.filter(case=case).select_related("case", "basis", "rulebook")
    return list(rows.order_by("-number"))


def latest_determination(case: Case) -> Determination | None:
    """The determination that counts: the last one."""
    return next(iter(determinations_of(case)), None)


def settled(determination: Determination) -> dict[str, bool]:
    """Tests that an agreed finding answered, and how."""
    rows = determination.findings.filter(is_agreed=True)
    return dict(rows.values_list("test_id", "is_met"))


def open_points(determination: Determination) -> tuple[TestResult, ...]:
    """What still forbids a recommendation: tests not met and not settled."""
    return open_tests(determination.content().results, settled(determination))


def unanswered_points(determination: Determination) -> tuple[TestResult, ...]:
    """Tests that neither the data nor an agreed finding has answered."""
    return unanswered(determination.content().results, settled(determination))


def unmet_points(determination: Determination) -> tuple[TestResult, ...]:
    """Tests that were answered with no: a denial may rest on these and on nothing else."""
    return unmet(determination.content().results, settled(determination))
