"""What missing cells can hold: engine 1 as it was, engine 2 by establishments and state totals."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from mapping.rules.assignment import assign
from mapping.rules.open_cells import UNLIMITED, Reading
from mapping.rules.panel import Panel, Parents, Table
from mapping.rules.region_measures import measure_regions
from mapping.rules.state_limits import state_limits
from tests.rules.mapping.economies import (
    CODES,
    DEFINITION,
    PARENTS,
    absent_size,
    make_plan,
    parent_sums,
)

REGIONS = 5
SHAPE = (REGIONS, len(CODES))
firms_arrays = hnp.arrays(np.int64, SHAPE, elements=st.integers(0, 6))
size_arrays = hnp.arrays(np.int64, SHAPE, elements=st.integers(0, 90))
ORCHARDS, MACHINES, BAKERIES = 0, 1, 2


def by_the_files_rule(firms, jobs, least_shown=3):
    """The panel of a true economy whose cells under three establishments are left out."""
    shown = firms >= least_shown
    seen = np.where(shown, jobs, 0)
    return Panel(
        units=tuple(f"{i % 2:02d}{i:03d}" for i in range(len(jobs))),
        codes=CODES,
        establishments=np.where(shown, firms, 0),
        employment=seen,
        floor=seen,
        ceiling=seen,
        payroll=seen * 50,
        missing=~shown,
        parents=Parents(PARENTS, parent_sums(firms), parent_sums(jobs), parent_sums(jobs * 50)),
        totals=None,
    )


def plan_of(panel, reading):
    nothing = np.zeros(len(PARENTS), dtype=np.int64)
    return make_plan(DEFINITION, panel.codes, PARENTS, absent_size(nothing, nothing, 0), reading)


def with_state_limits(panel, jobs, firms):
    """The same panel beside a state file that shows every code with three establishments."""
    states = sorted({unit[:2] for unit in panel.units})
    of = np.array([states.index(unit[:2]) for unit in panel.units])
    sums = []
    for cells in (firms, jobs):
        summed = np.zeros((len(states), len(CODES)), dtype=np.int64)
        np.add.at(summed, of, cells)
        sums.append(summed)
    shown = sums[0] >= 3
    cells = Table(
        CODES,
        np.zeros_like(sums[0]),
        np.where(shown, sums[0], 0),
        np.where(shown, sums[1], 0),
        np.zeros_like(sums[0]),
    )
    own = Table(CODES, np.zeros(SHAPE, int), panel.establishments, panel.employment, panel.payroll)
    return replace(panel, most=state_limits(states, cells, panel.units, own).of(panel.units))


READINGS = {
    "engine 1": (Reading(engine=1), False),
    "engine 2": (Reading(), False),
    "beside a state file": (Reading(), True),
    "hierarchical": (Reading(weights=np.arange(1, 9)), False),
    "hierarchical beside a state file": (Reading(weights=np.arange(1, 9)), True),
}


@pytest.mark.parametrize("name", READINGS)
@settings(max_examples=60, deadline=None)
@given(firms_arrays, size_arrays)
def test_truth_and_value_lie_between_the_bounds(name, firms, sizes):
    reading, has_states = READINGS[name]
    jobs = firms * sizes
    panel = by_the_files_rule(firms, jobs)
    if has_states:
        panel = with_state_limits(panel, jobs, firms)
    plan = plan_of(panel, reading)
    found, truth = assign(panel, plan), assign(by_the_files_rule(firms, jobs, 0), plan)
    assert (found.employment_certain <= truth.employment).all()
    assert (truth.employment <= found.employment_high).all()
    assert (found.rest_certain <= truth.rest).all()
    assert (truth.rest <= found.rest_high).all()
    assert (found.employment <= found.employment_high).all()
    assert (found.reported <= found.employment).all()
    measured = measure_regions(found, found.of_all(), plan)
    true = measure_regions(truth, truth.of_all(), plan)
    for spans, exact in ((measured.lq, true.lq), (measured.lq_total, true.lq_total)):
        assert (spans.certain <= np.minimum(exact.value, spans.value) * (1 + 1e-9)).all()
        assert (np.maximum(exact.value, spans.value) <= spans.high * (1 + 1e-9)).all()
    if reading.engine == 2:
        assert (found.establishments_certain <= truth.establishments).all()
        assert (truth.establishments <= found.establishments_high).all()


@settings(max_examples=60, deadline=None)
@given(firms_arrays, size_arrays)
def test_each_engine_is_at_least_as_tight_as_the_one_before(firms, sizes):
    jobs = firms * sizes
    panel = by_the_files_rule(firms, jobs)
    old = assign(panel, plan_of(panel, Reading(engine=1)))
    new = assign(panel, plan_of(panel, Reading()))
    beside = assign(with_state_limits(panel, jobs, firms), plan_of(panel, Reading()))
    for wide, tight in ((old, new), (new, beside)):
        assert (wide.employment_certain <= tight.employment_certain).all()
        assert (tight.employment_high <= wide.employment_high).all()
        assert (tight.rest_high <= wide.rest_high).all()


@settings(max_examples=60, deadline=None)
@given(firms_arrays, size_arrays)
def test_hierarchical_gives_out_every_residual_to_the_job(firms, sizes):
    jobs = firms * sizes
    panel = by_the_files_rule(firms, jobs)
    found = assign(panel, plan_of(panel, Reading(weights=np.arange(1, 9))))
    assert (found.employment.sum(axis=1) == jobs.sum(axis=1)).all()
    assert (found.employment_certain <= found.employment).all()


def small_panel(firms, jobs, parent_firms=None, parent_jobs=None):
    """One county: parent 1111 has orchards twice and machines, the other parents nothing."""
    cells = np.zeros((2, 1, len(CODES)), dtype=np.int64)
    cells[0, 0, :3], cells[1, 0, :3] = firms, jobs
    panel = by_the_files_rule(*cells)
    totals = panel.parents
    totals.establishments[0, 0] = parent_firms or totals.establishments[0, 0]
    totals.employment[0, 0] = parent_jobs or totals.employment[0, 0]
    return panel


def test_noise_without_establishments_belongs_to_nobody():
    panel = small_panel((4, 0, 5), (40, 0, 50), parent_jobs=97)
    old = assign(panel, plan_of(panel, Reading(engine=1)))
    new = assign(panel, plan_of(panel, Reading()))
    assert old.employment_high[0, ORCHARDS] == 47
    assert new.employment_high[0, ORCHARDS] == 40
    assert (new.employment_certain[0, ORCHARDS], new.total[0]) == (40, 97)


def test_establishments_that_do_not_fit_are_read_widely():
    # Five establishments are left, but the one absent child can hold two.
    panel = small_panel((4, 0, 5), (40, 0, 50), parent_firms=14, parent_jobs=97)
    new = assign(panel, plan_of(panel, Reading()))
    assert new.employment_high[0, ORCHARDS] == 47
    assert new.establishments_high[0, ORCHARDS] == 9
    assert new.establishments_certain[0, ORCHARDS] == 4


def test_more_establishments_than_the_others_can_hold_are_the_clusters_own():
    # Five are left among three absent children of at most two.
    panel = small_panel((2, 2, 1), (20, 30, 9))
    new = assign(panel, plan_of(panel, Reading()))
    assert new.establishments_certain[0, [ORCHARDS, MACHINES]].tolist() == [3, 1]
    assert new.establishments_high[0, [ORCHARDS, MACHINES]].tolist() == [4, 2]


def test_state_cell_smaller_than_its_counties_tells_nothing():
    state = Table(("111111",), *(np.array([[n]]) for n in (0, 5, 30, 0)))
    counties = Table(("111111", "111112"), *(np.array([[n, 0]]) for n in (0, 4, 40, 0)))
    found = state_limits(["01"], state, ["01001"], counties)
    assert found.most.tolist() == [[UNLIMITED, UNLIMITED]]
    assert found.of(["02001"]).tolist() == [[UNLIMITED, UNLIMITED]]
