"""Files that contradict each other are counted by what is wrong with them."""

from dataclasses import replace

import numpy as np

from mapping.rules.contradictions import Contradictions, contradictions
from mapping.rules.open_cells import Reading
from tests.rules.mapping.test_open_cells import SHAPE, by_the_files_rule, plan_of


def panel_of(**changed):
    """Every cell has five workplaces and fifty jobs; some totals are altered."""
    panel = by_the_files_rule(np.full(SHAPE, 5), np.full(SHAPE, 50))
    parents = {
        name: getattr(panel.parents, name).copy() for name in ("establishments", "employment")
    }
    for name, (row, column, more) in changed.items():
        parents[name][row, column] += more
    return replace(panel, parents=replace(panel.parents, **parents))


def counted(panel, reading=None):
    return contradictions(panel, plan_of(panel, reading or Reading()))


def test_files_that_fit_contradict_each_other_nowhere():
    panel = panel_of()
    assert counted(panel) == Contradictions(panel.parents.employment.size, 0, 0, 0)
    assert counted(panel).as_facts()["totals"] == panel.parents.employment.size


def test_each_kind_is_counted_apart():
    assert counted(panel_of(establishments=(0, 0, -1))).establishments == 1
    assert counted(panel_of(establishments=(0, 0, +9))).establishments == 1
    fewer = counted(panel_of(employment=(1, 0, -1)))
    assert (fewer.jobs, fewer.establishments) == (1, 0)


def test_limits_of_a_state_that_leave_too_little_room():
    firms = np.full(SHAPE, 5)
    firms[0, 0] = 1  # a cell that the file leaves out, with fifty jobs
    panel = by_the_files_rule(firms, np.full(SHAPE, 50))
    roomy = replace(panel, most=np.where(panel.missing, 50, 0))
    tight = replace(panel, most=np.where(panel.missing, 49, 0))
    assert (counted(roomy).states, counted(tight).states) == (0, 1)


def test_nothing_is_compared_without_totals_or_by_the_first_engine():
    panel = panel_of(establishments=(0, 0, -1))
    assert counted(panel, Reading(engine=1)) is None
    assert counted(replace(panel, parents=None)) is None
