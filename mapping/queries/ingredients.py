"""Which Bases the loaded releases and definition sets allow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mapping.models import DefinitionSet, Release
from mapping.queries.panels import Earlier, Sources
from mapping.rules.parameters import absent_establishments
from mapping.rules.terms import Imputation

LEAF_DIGITS, TOTAL_DIGITS = 6, 4
IMPUTATIONS = {
    "county": (Imputation.PUBLISHED,),
    "state": (Imputation.PUBLISHED, Imputation.MIDPOINT),
}


def possible_sources(on: date) -> list[Sources]:
    """Every release of six-digit cells with every current definition set of its vintage.

    The sample economy stays with its own set: `load_sample` makes its Basis.
    """
    sets = _current_sets()
    real = Release.objects.filter(is_synthetic=False)
    leaves = real.filter(digits=LEAF_DIGITS, unit__in=IMPUTATIONS).order_by("year", "loaded_at")
    return [
        Sources(
            release=release,
            totals_release=_totals_of(release),
            definition_set=owner,
            imputation=imputation,
            # State files show small cells by flag; nothing is left out of them.
            absent_establishments=(absent_establishments(on) if release.unit == "county" else 0),
            state_release=_states_of(release),
            earlier=_earlier(release, owner),
        )
        for release in leaves
        for owner in sets
        if release.naics_vintage in owner.vintages
        for imputation in IMPUTATIONS[release.unit]
    ]


def hierarchical(sources: Sources) -> Sources | None:
    """The same ingredients read hierarchically; None where there are no totals to share out."""
    if sources.totals_release is None:
        return None
    return replace(sources, imputation=Imputation.HIERARCHICAL)


def _states_of(release: Release) -> Release | None:
    """The state file of the same source, year and codes, which limits what counties can hide."""
    if release.unit != "county":
        return None
    return _beside(release, unit="state", digits=LEAF_DIGITS)


def _earlier(release: Release, owner: DefinitionSet) -> Earlier | None:
    """The newest earlier release that the same set can read."""
    found = (
        Release.objects.filter(
            year__lt=release.year,
            unit=release.unit,
            digits=LEAF_DIGITS,
            source=release.source,
            naics_vintage__in=owner.vintages,
            is_synthetic=False,
        )
        .order_by("-year", "-loaded_at")
        .first()
    )
    return None if found is None else Earlier(found, _totals_of(found))


def _beside(release: Release, *, unit: str, digits: int) -> Release | None:
    return (
        Release.objects.filter(
            year=release.year,
            unit=unit,
            digits=digits,
            source=release.source,
            naics_vintage=release.naics_vintage,
            is_synthetic=False,
        )
        .order_by("-loaded_at")
        .first()
    )


def _current_sets() -> list[DefinitionSet]:
    newest: dict[str, DefinitionSet] = {}
    for owner in DefinitionSet.objects.order_by("code", "version"):
        newest[owner.code] = owner
    return list(newest.values())


def _totals_of(release: Release) -> Release | None:
    return (
        Release.objects.filter(
            year=release.year,
            unit=release.unit,
            digits=TOTAL_DIGITS,
            is_synthetic=False,
        )
        .order_by("-loaded_at")
        .first()
    )
