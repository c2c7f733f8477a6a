"""What publishers have before them: decisions to prepare, snapshots to release."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from certification.models import Application, Decision
from certification.rules.register import KIND_DENIAL, KIND_DESIGNATION
from records.models import Publication
from trail.models import Case


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A decision and its latest snapshot, if there is one."""

    decision: Decision
    publication: Publication | None

    @property
    def case(self) -> Case:
        """The case that is published."""
        return published_case(self.decision)

    @property
    def is_released(self) -> bool:
        """Whether the public can read it."""
        return self.publication is not None and self.publication.released_at is not None


def published_case(decision: Decision) -> Case:
    """The case whose publications show a decision."""
    if decision.outcome == Decision.Outcome.DESIGNATED:
        return decision.application.designation.case
    return decision.application.case


def publication_desk(agencies: Collection[int]) -> list[DeskRow]:
    """Every decision of the agencies, those that wait first, then the newest."""
    decisions = (
        Decision.objects.filter(application__agency_id__in=agencies)
        .select_related(
            "application__case",
            "application__group",
            "application__agency",
            "application__designation__case",
        )
        .order_by("-decided_at")
    )
    rows = list(decisions)
    latest = _latest({published_case(one).pk for one in rows})
    desk = [DeskRow(one, latest.get(published_case(one).pk)) for one in rows]
    return sorted(desk, key=lambda row: row.is_released)


def publication_of(application: Application, number: int) -> Publication | None:
    """A snapshot of the application's decision, by its key."""
    decision = (
        Decision.objects.select_related("application").filter(application=application).first()
    )
    if decision is None:
        return None
    snapshots = Publication.objects.select_related("case")
    return snapshots.filter(pk=number, case=published_case(decision)).first()


def has_public_version(decision: Decision) -> bool:
    """Whether a version was released before: a newer one must then say what is new."""
    rows = Publication.objects.filter(case=published_case(decision), version__isnull=False)
    return rows.exists()


def _latest(cases: Collection[int]) -> dict[int, Publication]:
    rows = Publication.objects.filter(
        case_id__in=cases, kind__in=[KIND_DESIGNATION, KIND_DENIAL], discarded_at=None
    ).order_by("number")
    return {row.case_id: row for row in rows}
