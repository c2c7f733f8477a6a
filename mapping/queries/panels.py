"""Panels and plans of a Basis, from its release rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from mapping.models import DefinitionSet, Release
from mapping.queries.blocks import Blocks, blocks_of, nation_block
from mapping.queries.definitions import definition_of
from mapping.queries.state_limits import limits_of
from mapping.rules.national import national_table
from mapping.rules.open_cells import ENGINE, Reading
from mapping.rules.panel import TOTAL_CODE, Ints, Panel, Table, as_parents, build_panel, spread
from mapping.rules.plan import Plan, absent_size, make_plan, mean_size
from mapping.rules.sub_definitions import sub_definition
from mapping.rules.terms import NATION_CODE, Imputation


@dataclass(frozen=True, slots=True)
class Earlier:
    """The newest earlier release of the same source, from which growth is counted."""

    release: Release
    totals_release: Release | None


@dataclass(frozen=True, slots=True)
class Sources:
    """What a panel is read from: the ingredients of a Basis, whether stored yet or not."""

    release: Release
    totals_release: Release | None
    definition_set: DefinitionSet
    imputation: Imputation
    absent_establishments: int
    engine: int = ENGINE
    state_release: Release | None = None
    earlier: Earlier | None = None


@dataclass(frozen=True, slots=True)
class ReadPanel:
    """A panel with the blocks that it was read from."""

    panel: Panel
    cells: Blocks
    totals: Blocks | None


@dataclass(frozen=True, slots=True)
class NationalSums:
    """A release's sums over the nation: by code, and by four-digit parent where there is one."""

    cells: Table
    parents: Table | None

    @property
    def mean_size(self) -> Ints:
        """Jobs per establishment of every code, rounded up."""
        return mean_size(self.cells.employment[0], self.cells.establishments[0])


def read_panel(sources: Sources, code_sizes: Ints, units: Iterable[str] | None = None) -> ReadPanel:
    """Read the cells of some units, or of all that either release shows.

    Args:
        sources: The ingredients.
        code_sizes: National mean size of every code (see `NationalSums.mean_size`).
        units: County or state codes.
    """
    wanted = None if units is None else sorted(units)
    cells = blocks_of(sources.release, wanted)
    totals = blocks_of(sources.totals_release, wanted) if sources.totals_release else None
    shown = set(cells.by_region) | set(totals.by_region if totals else ())
    names = sorted(shown) if wanted is None else wanted
    table = spread(names, sources.release.codes, cells.by_region)
    parents = None
    if totals is not None and sources.totals_release is not None:
        parents = as_parents(spread(names, sources.totals_release.codes, totals.by_region))
    panel = build_panel(names, table, sources.imputation, parents, code_sizes)
    if sources.state_release is not None and parents is not None:
        most = limits_of(sources.release, sources.state_release, names)
        panel = replace(panel, most=most)
    return ReadPanel(panel, cells, totals)


def national_sums(sources: Sources) -> NationalSums:
    """Read the stored national sums."""
    return NationalSums(_nation(sources.release), _optional_nation(sources.totals_release))


def summed(panel: ReadPanel, sources: Sources) -> NationalSums:
    """Add the national sums up anew from a whole panel's blocks."""
    units = sorted(panel.panel.units)
    cells = national_table(spread(units, sources.release.codes, panel.cells.by_region))
    if panel.totals is None or sources.totals_release is None:
        return NationalSums(cells, None)
    totals = spread(units, sources.totals_release.codes, panel.totals.by_region)
    return NationalSums(cells, national_table(totals))


def plan_of(sources: Sources, sums: NationalSums, *, has_sub_clusters: bool = False) -> Plan:
    """Lay out the definition, or its sub-clusters, over the release's codes."""
    definition = definition_of(sources.definition_set)
    parents = sums.parents or sums.cells
    leaf = np.array([code != TOTAL_CODE for code in parents.codes], dtype=bool)
    return make_plan(
        sub_definition(definition) if has_sub_clusters else definition,
        [code for code in sums.cells.codes if code != TOTAL_CODE],
        sums.parents.codes if sums.parents else None,
        absent_size(
            parents.employment[0, leaf],
            parents.establishments[0, leaf],
            sources.absent_establishments,
        ),
        Reading(
            engine=sources.engine,
            hidden=sources.absent_establishments,
            weights=(
                sums.mean_size[[code != TOTAL_CODE for code in sums.cells.codes]]
                if sources.imputation is Imputation.HIERARCHICAL
                else None
            ),
        ),
    )


def _optional_nation(release: Release | None) -> Table | None:
    return None if release is None else _nation(release)


def _nation(release: Release) -> Table:
    return spread([NATION_CODE], release.codes, nation_block(release).by_region)
