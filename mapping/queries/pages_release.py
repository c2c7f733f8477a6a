"""The report of one release: what its file held, what was left out, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from mapping.models import Basis, Release
from mapping.queries.basis import published_bases
from mapping.queries.downloads import published_releases
from mapping.queries.made_bases import contradictions_of
from mapping.rules.contradictions import Contradictions
from mapping.rules.load_reports import coverage_in_words
from mapping.rules.states import STATES
from records.exports import Column, Kind, Table

ROW, CODE, STATE = "rows left out", "unknown code", "statewide jobs"
DROPPED_COLUMNS = (
    Column("what", f"{ROW}, {CODE}, or {STATE} that no county has."),
    Column("code", "The code as the file has it; FIPS code of a state; empty for a reason."),
    Column("words", "The reason, or the state's name."),
    Column("rows", "Rows of the file, where they were counted.", Kind.WHOLE),
    Column("jobs", "Jobs lost with them, where the file tells.", Kind.WHOLE),
)


@dataclass(frozen=True, slots=True)
class Statewide:
    """Jobs of one state that its file gives to no county (999 and the like)."""

    code: str
    name: str
    jobs: int


@dataclass(frozen=True, slots=True)
class RestingBasis:
    """A set of measures that reads the release, and what was counted when it was made."""

    basis: Basis
    contradictions: Contradictions | None


@dataclass(frozen=True, slots=True)
class ReleaseReport:
    """Everything that the load found.

    `siblings` are the other releases of the same file: its totals, or its other years.
    """

    release: Release
    dropped: Mapping[str, int]
    unknown_codes: Mapping[str, int]
    statewide: Sequence[Statewide]
    lost_employment: int
    coverage: Sequence[tuple[str, int | float]]
    notes: Sequence[str]
    siblings: Sequence[Release]
    bases: Sequence[RestingBasis]

    @property
    def left_out(self) -> int:
        """Rows left out, whatever the reason."""
        return sum(self.dropped.values())

    @property
    def lost_share(self) -> float | None:
        """Lost jobs as a share of all six-digit jobs of the file; None where none were read."""
        kept = self.release.report.get("coverage", {}).get("employment", 0)
        whole = kept + self.lost_employment
        return self.lost_employment / whole if whole else None


def release_report(reference: str, *, is_public: bool) -> ReleaseReport | None:
    """Gather the report of a release; None for one that the reader may not see.

    Args:
        reference: The release's name.
        is_public: Whether only published releases and sets of measures are shown.
    """
    rows = published_releases() if is_public else Release.objects.select_related("case")
    release = rows.filter(case__reference=reference).first()
    if release is None:
        return None
    found = release.report
    return ReleaseReport(
        release=release,
        dropped=found.get("dropped", {}),
        unknown_codes=found.get("unknown_codes", {}),
        statewide=[
            Statewide(code, STATES[code].name if code in STATES else code, jobs)
            for code, jobs in found.get("statewide", {}).items()
        ],
        lost_employment=found.get("lost_employment", 0),
        coverage=coverage_in_words(found.get("coverage", {})),
        notes=found.get("notes", []),
        siblings=list(
            rows.filter(digest=release.digest).exclude(pk=release.pk).order_by("year", "digits")
        ),
        bases=_bases(release, is_public=is_public),
    )


def _bases(release: Release, *, is_public: bool) -> list[RestingBasis]:
    rows = (
        published_bases()
        if is_public
        else Basis.objects.select_related("case", "release", "definition_set")
    )
    reads = Q(release=release) | Q(totals_release=release) | Q(state_release=release)
    bases = list(rows.filter(reads))
    counted = contradictions_of(bases)
    return [RestingBasis(basis, counted.get(basis.pk)) for basis in bases]


def dropped_table(report: ReleaseReport) -> Table:
    """What was left out of a file, as a table that leaves the portal."""
    release = report.release
    is_sample = release.is_synthetic
    return Table(
        stem=f"{'sample-' if is_sample else ''}left-out-{release.year}-{release.reference}",
        title=f"What was left out of {release.file_name}",
        columns=DROPPED_COLUMNS,
        rows=_dropped(report),
        source=f"{release}; release {release.reference}",
        notes=("Sample data, not statistics.",) if is_sample else (),
    )


def _dropped(report: ReleaseReport) -> Iterator[tuple[object, ...]]:
    for reason, rows in report.dropped.items():
        yield ROW, "", reason, rows, None
    for code, jobs in report.unknown_codes.items():
        yield CODE, code, "", None, jobs
    for state in report.statewide:
        yield STATE, state.code, state.name, None, state.jobs
