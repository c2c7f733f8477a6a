"""The county files of 2021: size bands, the count of strong pairs, bounds of every pair."""

import numpy as np
import pytest

from mapping.rules.assignment import assign
from mapping.rules.bands import tercile_cuts
from mapping.rules.blocks import split_by_region
from mapping.rules.definitions import Definition
from mapping.rules.panel import as_parents, build_panel, spread
from mapping.rules.plan import absent_size, make_plan
from mapping.rules.readers.cells import KnownCodes
from mapping.rules.readers.county_cells import read_county_cells
from mapping.rules.readers.geography import read_county_changes, read_economic_areas
from mapping.rules.readers.sheets import read_sheet
from mapping.rules.readers.tables import read_industries
from mapping.rules.region_measures import measure_regions
from mapping.rules.terms import Band, ClusterKind, Imputation
from tests.rules.mapping.real_data import needs_real_data, real_file

pytestmark = needs_real_data
LINES = {Band.SMALL: 1.5, Band.MEDIUM: 1.3, Band.LARGE: 1.2}


@pytest.fixture(scope="module")
def areas_2021():
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
    plan = make_plan(
        Definition(sheet.clusters, sheet.cluster_of), panel.codes, parents.codes, sizes
    )
    found = assign(panel, plan)
    codes = sorted(set(areas.values()))
    group = np.array([codes.index(areas[unit]) for unit in units])
    regions = found.sum_by(group, len(codes))
    traded = [i for i, c in enumerate(plan.definition.clusters) if c.kind is ClusterKind.TRADED]
    return regions, measure_regions(regions, found.of_all(), plan), np.array(traded)


def test_bands_are_cut_near_19_000_and_84_000(areas_2021):
    regions, _, _ = areas_2021
    cuts = tercile_cuts(regions.traded.tolist())
    assert (cuts.medium_from, cuts.large_from) == (19_111, 84_112)


def test_default_lines_let_1235_pairs_through(areas_2021):
    regions, measured, traded = areas_2021
    cuts = tercile_cuts(regions.traded.tolist())
    bands = np.array([cuts.band_of(jobs) for jobs in regions.traded.tolist()])
    lq, jobs = measured.lq.value[:, traded], regions.employment[:, traded]
    line = np.array([LINES[band] for band in bands])[:, None]
    quartile = np.zeros_like(lq)
    for band in Band:
        quartile[bands == band] = np.quantile(lq[bands == band], 0.75, axis=0)
    passes = (lq >= line) | ((lq > 1) & (lq >= quartile))
    passes &= (jobs >= 500) | (jobs >= 0.005 * jobs.sum(axis=0))
    assert passes.size == 7_339
    assert passes.sum() == 1_235
    assert np.median(passes.sum(axis=1)) == 6
    assert passes.any(axis=1).all()


def test_bounds_at_1_2_sort_every_pair(areas_2021):
    _, measured, traded = areas_2021
    low, value, high = (
        part[:, traded] for part in (measured.lq.certain, measured.lq.value, measured.lq.high)
    )
    assert (value >= 1.2).sum() == 1_465
    certain, open_, below = (low >= 1.2), (low < 1.2) & (high >= 1.2), (high < 1.2)
    assert certain.sum() + open_.sum() + below.sum() == 7_339
    assert (low <= value).all()
    assert (value <= high).all()
