"""The state file of 2006 gives the paper's figures: quotients, headline, Figure 1."""

import csv
import io

import numpy as np
import pytest

from mapping.rules.assignment import assign
from mapping.rules.blocks import split_by_region
from mapping.rules.definitions import Definition
from mapping.rules.panel import build_panel, spread
from mapping.rules.plan import absent_size, make_plan
from mapping.rules.readers.cells import KnownCodes
from mapping.rules.readers.sheets import read_sheet
from mapping.rules.readers.state_cells import read_state_cells
from mapping.rules.readers.tables import read_industries, read_publisher_titles
from mapping.rules.region_measures import measure_regions
from mapping.rules.states import STATES
from mapping.rules.terms import ClusterKind, Imputation
from tests.rules.mapping.real_data import needs_real_data, real_file

pytestmark = needs_real_data


def rows_of(path):
    return list(csv.DictReader(io.StringIO(real_file(path).text)))


@pytest.fixture(scope="module")
def year_2006():
    industries = {}
    for vintage in (2002, 2007):
        _, table = read_industries(real_file(f"naics/naics_{vintage}.csv"))
        industries[vintage] = frozenset(row.code for row in table.rows)
    titles = read_publisher_titles(real_file("cbp/naics_titles_cbp2007.csv"))
    known = KnownCodes(frozenset(STATES), industries, {row.code: row.title for row in titles.rows})
    years, left_out = read_state_cells(real_file("cbp/state_naics_2000_2011.csv.gz"), known)
    assert sorted(left_out) == [2000, 2001, 2002]
    sheet = read_sheet(real_file("clusters_gpl/porter41_naics2007.csv"), industries)
    parsed = next(parsed for parsed in years if parsed.year == 2006)
    return parsed, Definition(sheet.clusters, sheet.cluster_of)


def measured_with(year_2006, imputation):
    parsed, definition = year_2006
    blocks = dict(split_by_region(parsed.regions, parsed.cells))
    units = sorted(blocks)
    panel = build_panel(units, spread(units, parsed.codes, blocks), imputation)
    nothing = np.zeros(len(panel.codes), dtype=np.int64)
    plan = make_plan(definition, panel.codes, None, absent_size(nothing, nothing, 0))
    found = assign(panel, plan)
    return units, measure_regions(found, found.of_all(), plan), plan


@pytest.fixture(scope="module")
def at_midpoints(year_2006):
    return measured_with(year_2006, Imputation.MIDPOINT)


def test_quotients_agree_to_four_decimals_on_both_bases(at_midpoints):
    units, measured, plan = at_midpoints
    expected = rows_of("expected/state_2006_porter41_half.csv")
    for row in expected:
        at = units.index(row["fipstate"]), plan.definition.position(row["cluster_code"])
        assert measured.regions.employment[at] == float(row["emp_midpoint"])
        assert f"{measured.lq.value[at]:.4f}" == f"{float(row['lq_traded_base']):.4f}"
        assert f"{measured.lq_total.value[at]:.4f}" == f"{float(row['lq_total_base']):.4f}"
    assert len(expected) == 26 * 41


def headline_of(found):
    _, measured, plan = found
    traded = [i for i, c in enumerate(plan.definition.clusters) if c.kind is ClusterKind.TRADED]
    jobs = np.sort(measured.regions.employment[:, traded], axis=1)[:, ::-1]
    strong = (measured.lq.value[:, traded] >= 1.5).sum(axis=1).mean()
    return strong, (jobs[:, :5].sum(axis=1) / jobs.sum(axis=1)).mean()


def test_headline_is_the_papers(at_midpoints, year_2006):
    strong, top_five = headline_of(at_midpoints)
    assert (f"{strong:.2f}", f"{top_five:.1%}") == ("7.16", "51.5%")
    strong, top_five = headline_of(measured_with(year_2006, Imputation.PUBLISHED))
    assert (f"{strong:.2f}", f"{top_five:.1%}") == ("6.37", "60.2%")


def test_pairs_of_figure_1_are_among_the_top_ten(at_midpoints):
    units, measured, plan = at_midpoints
    traded = [i for i, c in enumerate(plan.definition.clusters) if c.kind is ClusterKind.TRADED]
    for row in rows_of("expected/paper_figure1_2006_part.csv"):
        quotients = measured.lq.value[units.index(row["fips"]), traded]
        ranked = [plan.definition.clusters[traded[i]].code for i in np.argsort(-quotients)]
        assert row["cluster_code"] in ranked[:10], row


def test_bounds_contain_both_readings_of_withheld_cells(at_midpoints, year_2006):
    _, zeros, _ = measured_with(year_2006, Imputation.PUBLISHED)
    _, midpoints, _ = at_midpoints
    assert (zeros.standing.cluster.certain <= midpoints.regions.employment).all()
    assert (midpoints.regions.employment <= zeros.standing.cluster.high).all()
    assert (midpoints.standing.cluster.certain >= zeros.standing.cluster.certain).all()
