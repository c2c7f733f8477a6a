"""Residuals go to the clusters that could hold them, and the truth lies between the bounds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from mapping.rules.assignment import assign
from mapping.rules.region_measures import elsewhere, measure_regions
from tests.rules.mapping.economies import CODES, DEFINITION, plan_for, published_panel

REGIONS = 5
jobs_arrays = hnp.arrays(np.int64, (REGIONS, len(CODES)), elements=st.integers(0, 400))
shown_arrays = hnp.arrays(np.bool_, (REGIONS, len(CODES)), elements=st.booleans())


def assigned(jobs, shown):
    panel = published_panel(jobs, shown)
    plan = plan_for(panel)
    return assign(panel, plan), plan


def test_residual_of_one_cluster_is_certainly_its_own():
    # Parent 3333 holds only bakeries: its hidden 40 jobs are theirs.
    jobs = [[0, 0, 0, 0, 0, 60, 40, 0]]
    shown = [[1, 1, 1, 1, 1, 1, 0, 1]]
    found, _ = assigned(jobs, shown)
    bakeries = DEFINITION.position("101")
    assert found.employment[0, bakeries] == 60
    assert found.employment_certain[0, bakeries] == 100
    assert found.employment_high[0, bakeries] == 100


def test_residual_between_clusters_could_be_either():
    # Parent 1111 hides 111112 (orchards) and 111113 (machines).
    jobs = [[50, 30, 20, 0, 0, 0, 0, 0]]
    shown = [[1, 0, 0, 1, 1, 1, 1, 1]]
    found, _ = assigned(jobs, shown)
    assert found.employment_certain[0].tolist() == [50, 0, 0, 0]
    assert found.employment_high[0].tolist() == [100, 50, 0, 0]
    # Beside the orchards the traded base could hold the same fifty jobs of machines.
    assert (found.rest_certain[0, 0], found.rest_high[0, 0]) == (0, 50)


def true_quotients(jobs, base):
    truth, plan = assigned(jobs, np.ones_like(jobs, dtype=bool))
    measured = measure_regions(truth, truth.of_all(), plan)
    return truth, (measured.lq if base == "own" else measured.lq_total).value


@settings(max_examples=150, deadline=None)
@given(jobs_arrays, shown_arrays)
def test_truth_lies_between_the_bounds(jobs, shown):
    truth, own = true_quotients(jobs, "own")
    _, over_all = true_quotients(jobs, "all")
    found, plan = assigned(jobs, shown)
    measured = measure_regions(found, found.of_all(), plan)
    standing = measured.standing.cluster
    assert (standing.certain <= truth.employment).all()
    assert (truth.employment <= standing.high).all()
    for spans, true in ((measured.lq, own), (measured.lq_total, over_all)):
        assert (spans.certain <= true * (1 + 1e-9)).all()
        assert (true <= spans.high * (1 + 1e-9)).all()


@settings(max_examples=60, deadline=None)
@given(jobs_arrays, shown_arrays)
def test_published_value_lies_between_the_bounds(jobs, shown):
    found, plan = assigned(jobs, shown)
    measured = measure_regions(found, found.of_all(), plan)
    for spans in (measured.lq, measured.lq_total):
        assert (spans.certain <= spans.value).all()
        assert (spans.value <= spans.high).all()


@settings(max_examples=60, deadline=None)
@given(jobs_arrays, shown_arrays, st.lists(st.integers(-1, 1), min_size=5, max_size=5))
def test_a_union_is_the_sum_of_its_parts(jobs, shown, groups):
    found, _ = assigned(jobs, shown)
    group = np.array(groups)
    unions = found.sum_by(group, 2)
    for union in (0, 1):
        members = group == union
        assert (unions.employment[union] == found.employment[members].sum(axis=0)).all()
        assert unions.total[union] == found.total[members].sum()
    rest = elsewhere(found.of_all(), unions)
    assert (rest.employment + unions.employment == found.of_all().employment).all()


def test_weighted_mean_of_the_quotients_is_one():
    jobs = np.random.default_rng(7).integers(1, 300, (REGIONS, len(CODES)))
    found, plan = assigned(jobs, np.ones_like(jobs, dtype=bool))
    measured = measure_regions(found, found.of_all(), plan)
    weights = found.total / found.total.sum()
    assert (weights @ measured.lq_total.value) == pytest.approx(1)
    traded = found.traded / found.traded.sum()
    assert (traded @ measured.lq.value)[:2] == pytest.approx(1)


def test_drafts_change_no_published_measure():
    jobs = np.random.default_rng(8).integers(0, 300, (REGIONS, len(CODES)))
    found, plan = assigned(jobs, np.ones_like(jobs, dtype=bool))
    before = measure_regions(found, found.of_all(), plan).lq.value
    for first in range(REGIONS):
        draft = np.where(np.arange(REGIONS) >= first, 0, -1)
        measure_regions(found.sum_by(draft, 1), found.of_all(), plan)
    assert (measure_regions(found, found.of_all(), plan).lq.value == before).all()
