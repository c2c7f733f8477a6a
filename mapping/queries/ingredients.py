"""Which Bases the loaded releases and definition sets allow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db.models import QuerySet

from mapping.models import DefinitionSet, Release
from mapping.queries.panels import Earlier, Sources
from mapping.rules.parameters import absent_establishments
from mapping.rules.terms import Imputation

LEAF_DIGITS, TOTAL_DIGITS = 6, 4
UNITS = ("county", "state")
LAST_YEAR_OF_FLAGS = 2017


def possible_sources() -> list[Sources]:
    """Every release of six-digit cells with every current definition set of its vintage.

    The sample economy stays with its own set: `load_sample` makes its Basis. A slice of a nation
    is no nation: nothing is measured against it.
    """
    sets = _current_sets()
    real = Release.objects.filter(is_synthetic=False)
    leaves = real.filter(digits=LEAF_DIGITS, unit__in=UNITS).order_by("year", "loaded_at")
    return [
        Sources(
            release=release,
            totals_release=_totals_of(release),
            definition_set=owner,
            imputation=imputation,
            absent_establishments=_absent(release),
            state_release=_states_of(release),
            earlier=_earlier(release, owner),
        )
        for release in leaves
        if not _covers(release, "is_slice")
        for owner in sets
        if release.naics_vintage in owner.vintages
        for imputation in _imputations(release)
    ]


def _absent(release: Release) -> int:
    """State files and county files before 2017 leave nothing out: they flag small cells."""
    year = date(release.year, 1, 1)
    return absent_establishments(year) if release.unit == "county" else 0


def _imputations(release: Release) -> tuple[Imputation, ...]:
    """Midpoints only where withheld cells have size classes."""
    has_classes = release.unit == "state" or (
        release.year <= LAST_YEAR_OF_FLAGS and _covers(release, "withheld_cells")
    )
    plain = (Imputation.PUBLISHED,)
    return (*plain, Imputation.MIDPOINT) if has_classes else plain


def _covers(release: Release, name: str) -> int:
    return int(release.report.get("coverage", {}).get(name, 0))


def hierarchical(sources: Sources) -> Sources | None:
    """The same ingredients read hierarchically; None where there are no totals to share out."""
    if sources.totals_release is None:
        return None
    return replace(sources, imputation=Imputation.HIERARCHICAL)


def _states_of(release: Release) -> Release | None:
    """The state file of the same source, year and codes, which limits what counties can hide."""
    if release.unit != "county":
        return None
    return _of_year(release, unit="state", digits=LEAF_DIGITS).first()


def _earlier(release: Release, owner: DefinitionSet) -> Earlier | None:
    """The newest earlier release that the same set can read."""
    earlier = Release.objects.filter(
        year__lt=release.year,
        unit=release.unit,
        digits=LEAF_DIGITS,
        source=release.source,
        naics_vintage__in=owner.vintages,
        is_synthetic=False,
    ).order_by("-year", "-loaded_at")
    found = next((one for one in earlier if not _covers(one, "is_slice")), None)
    return None if found is None else Earlier(found, _totals_of(found))


def _of_year(release: Release, *, unit: str, digits: int) -> QuerySet[Release]:
    """Releases of the same source, year and codes, the last loaded first."""
    return Release.objects.filter(
        year=release.year,
        unit=unit,
        digits=digits,
        source=release.source,
        naics_vintage=release.naics_vintage,
        is_synthetic=False,
    ).order_by("-loaded_at")


def _current_sets() -> list[DefinitionSet]:
    newest: dict[str, DefinitionSet] = {}
    for owner in DefinitionSet.objects.order_by("code", "version"):
        newest[owner.code] = owner
    return list(newest.values())


def _totals_of(release: Release) -> Release | None:
    """Four-digit totals of the same source and year, of the same file before others.

    Totals that are withheld themselves would say that nothing is hidden: they are none.
    """
    found = _of_year(release, unit=release.unit, digits=TOTAL_DIGITS)
    whole = [totals for totals in found if not _covers(totals, "withheld_cells")]
    same_file = [totals for totals in whole if totals.digest == release.digest]
    return next(iter(same_file or whole), None)
