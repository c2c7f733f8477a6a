"""The county files of 2021 as economic areas, read once for all tests that ask."""

from functools import lru_cache

import numpy as np

from mapping.rules.assignment import assign
from mapping.rules.blocks import split_by_region
from mapping.rules.definitions import Definition
from mapping.rules.open_cells import Reading
from mapping.rules.panel import as_parents, build_panel, spread
from mapping.rules.plan import absent_size, make_plan, mean_size
from mapping.rules.readers.cells import KnownCodes
from mapping.rules.readers.county_cells import read_county_cells
from mapping.rules.readers.geography import read_county_changes, read_economic_areas
from mapping.rules.readers.sheets import read_sheet
from mapping.rules.readers.tables import read_industries
from mapping.rules.region_measures import measure_regions
from mapping.rules.terms import ClusterKind, Imputation
from tests.rules.mapping.real_data import real_file


@lru_cache(maxsize=1)
def panel_2021():
    _, table = read_industries(real_file("naics/naics_2017.csv"))
    industries = {2017: frozenset(row.code for row in table.rows)}
    areas = {
        row.fips: row.area
        for row in read_economic_areas(real_file("geo/bea_ea_2004_counties.csv")).rows
    }
    for row in read_county_changes(real_file("geo/fips_changes_for_ea2004.csv")).rows:
        areas.setdefault(row.newer, areas[row.older])
    known = KnownCodes(frozenset(areas), industries)
    cells = read_county_cells(real_file("cbp/county_naics6_2021.csv.gz"), 2021, known)
    totals = read_county_cells(real_file("cbp/county_naics4_2021.csv.gz"), 2021, known)
    assert (cells.rows_read, totals.rows_read) == (348_104, 232_911)
    blocks, total_blocks = (
        dict(split_by_region(parsed.regions, parsed.cells)) for parsed in (cells, totals)
    )
    units = sorted(set(blocks) | set(total_blocks))
    parents = as_parents(spread(units, totals.codes, total_blocks))
    panel = build_panel(units, spread(units, cells.codes, blocks), Imputation.PUBLISHED, parents)
    sheet = read_sheet(real_file("clusters_gpl/porter41_naics2017_derived.csv"), industries)
    sizes = absent_size(parents.employment.sum(axis=0), parents.establishments.sum(axis=0), 2)
    codes = sorted(set(areas.values()))
    group = np.array([codes.index(areas[unit]) for unit in units])
    return panel, Definition(sheet.clusters, sheet.cluster_of), sizes, (group, len(codes))


@lru_cache(maxsize=3)
def areas_2021(engine=2, *, is_hierarchical=False):
    """Areas as assigned, their measures, and the positions of the traded clusters."""
    panel, definition, sizes, groups = panel_2021()
    weights = None
    if is_hierarchical:
        weights = mean_size(panel.employment.sum(axis=0), panel.establishments.sum(axis=0))
    reading = Reading(engine=engine, weights=weights)
    plan = make_plan(definition, panel.codes, panel.parents.codes, sizes, reading)
    found = assign(panel, plan)
    regions = found.sum_by(*groups)
    traded = [i for i, c in enumerate(plan.definition.clusters) if c.kind is ClusterKind.TRADED]
    return regions, measure_regions(regions, found.of_all(), plan), np.array(traded)
