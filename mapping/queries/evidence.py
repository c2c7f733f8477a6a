"""How one figure is made: every line that was read for it, beside the answer itself."""

from __future__ import annotations

from dataclasses import dataclass

from mapping.models import Basis, County
from mapping.queries.basis import sources_of
from mapping.queries.concentration import concentration, frame_of, refuse_unknown
from mapping.queries.panels import ReadPanel, Sources, read_panel
from mapping.queries.regions import areas_of_basis
from mapping.rules.assignment import assign
from mapping.rules.concentration import place_of
from mapping.rules.evidence import Lines, lines_of
from mapping.rules.measures import Concentration
from mapping.rules.panel import Table, spread
from mapping.rules.quotients import Place
from mapping.rules.region_measures import elsewhere
from mapping.rules.terms import RegionType


@dataclass(frozen=True, slots=True)
class Evidence:
    """One answer with everything that it is made of.

    Attributes:
        answer: The exact answer, the same as determinations read.
        here: Whole numbers of the region, absent parents included.
        elsewhere: Whole numbers of the nation without the region.
        lines: Cells, residuals and absent parents of the region.
    """

    basis: Basis
    answer: Concentration
    here: Place
    elsewhere: Place
    lines: Lines


def evidence(basis: Basis, units: frozenset[str], cluster_code: str) -> Evidence:
    """Take one figure apart.

    Args:
        basis: What it rests on.
        units: The region's counties; for a Basis on state files, states.
        cluster_code: Code of the cluster.
    """
    frame = frame_of(basis)
    refuse_unknown(frame.plan, cluster_code)
    sources = sources_of(basis)
    read = read_panel(sources, frame.code_sizes, units)
    index = frame.plan.definition.position(cluster_code)
    region = assign(read.panel, frame.plan).of_all()
    return Evidence(
        basis=basis,
        answer=concentration(basis, units, cluster_code),
        here=place_of(region, frame.plan, index),
        elsewhere=place_of(elsewhere(frame.nation, region), frame.plan, index),
        lines=lines_of(read.panel, _table(sources, read), frame.plan, index),
    )


def units_of(basis: Basis, region_type: RegionType, code: str) -> frozenset[str]:
    """Return the counties (or states) that a region was made of when the Basis was made."""
    if basis.release.unit == "state":
        return frozenset({code}) if region_type is RegionType.STATE else frozenset()
    if region_type is RegionType.COUNTY:
        return frozenset({code})
    if region_type is RegionType.STATE:
        return frozenset(County.objects.filter(state_id=code).values_list("fips", flat=True))
    areas = areas_of_basis(basis, region_type)
    return frozenset(unit for unit, area in areas.items() if area == code)


def _table(sources: Sources, read: ReadPanel) -> Table:
    return spread(read.panel.units, sources.release.codes, read.cells.by_region)
