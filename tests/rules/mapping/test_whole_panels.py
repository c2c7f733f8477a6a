"""Quotients of whole panels, and Porter's criteria, against plain sums."""

import numpy as np
import pytest

from mapping.rules.panel_quotients import panel_quotients
from mapping.rules.terms import ClusterKind
from mapping.rules.traded_test import TradedCriteria, locational_gini, traded_test


def test_panel_quotients_equal_plain_arithmetic():
    jobs = np.random.default_rng(3).integers(0, 4000, (3, 20, 30)).astype(np.int32)
    jobs[0, 4], jobs[1, :, 7] = 0, 0
    found = panel_quotients(jobs)
    for year, region, industry in np.ndindex(*jobs.shape):
        cells = jobs[year].tolist()
        own, base = cells[region][industry], sum(cells[region])
        of_all = sum(row[industry] for row in cells)
        whole = sum(map(sum, cells))
        expected = own * whole / (base * of_all) if own else 0.0
        assert found[year, region, industry] == pytest.approx(expected, rel=1e-6)


def test_weighted_mean_of_panel_quotients_is_one():
    jobs = np.random.default_rng(4).integers(1, 4000, (2, 50, 40)).astype(np.int32)
    weights = jobs.sum(axis=2) / jobs.sum(axis=(1, 2))[:, None]
    assert np.einsum("yr,yri->yi", weights, panel_quotients(jobs)) == pytest.approx(1, rel=1e-5)


def test_cluster_in_few_regions_is_traded_and_one_that_is_everywhere_is_not():
    totals = np.array([1000] * 20)
    few = np.array([200, 150, 120, 80, 50] + [2] * 15)
    found = traded_test(few, totals)
    assert found.is_traded
    assert found.agrees_with(ClusterKind.TRADED)
    assert not found.agrees_with(ClusterKind.LOCAL)
    everywhere = traded_test(totals // 10, totals)
    assert not everywhere.is_traded
    assert everywhere.gini == pytest.approx(0)
    assert everywhere.agrees_with(ClusterKind.RESOURCE)


def test_criteria_are_parameters_and_nobody_working_is_no_answer():
    totals = np.array([1000] * 20)
    few = np.array([200, 150, 120, 80, 50] + [2] * 15)
    assert not traded_test(few, totals, TradedCriteria(gini=0.99)).is_traded
    assert traded_test(np.zeros(20, dtype=int), totals) is None


def test_gini_of_everything_in_one_small_region_is_nearly_one():
    jobs, bases = np.array([0.0] * 99 + [10.0]), np.ones(100)
    assert locational_gini(jobs, bases) == pytest.approx(0.99)
