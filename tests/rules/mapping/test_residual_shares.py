"""The model residual-shares-1: repeatable, bounded, and right as often as it says."""

from dataclasses import fields, replace

import numpy as np

from mapping.rules.assignment import assign
from mapping.rules.quotient_arrays import quotients
from mapping.rules.residual_shares import (
    CONCENTRATION,
    Published,
    hidden_jobs,
    probability_at_least,
    seed_of,
)
from tests.rules.mapping.economies import CODES, DEFINITION, PARENTS, plan_for, published_panel

SIZES = np.array([30, 10, 20, 40, 10, 15, 25, 50])
REGIONS, LINE = 60, 1.1
MACHINES = DEFINITION.position("2")


def asked(panel, plan, index, line, seed=1):
    """The model's answer about the first region of a panel."""
    first = published_part(panel)
    here, nation = assign(first, plan), assign(panel, plan).of_all()
    published = Published(
        int(here.reported[0, index]),
        int(here.rest[0, index]),
        int(nation.reported[0, index] - here.reported[0, index]),
        int(nation.rest[0, index] - here.rest[0, index]),
    )
    far = hidden_jobs(panel, plan, SIZES).without(hidden_jobs(first, plan, SIZES))
    return probability_at_least(line, (first, plan, SIZES), index, published, far, seed)


def published_part(panel):
    first = {
        field.name: getattr(panel, field.name)[:1]
        for field in fields(panel)
        if field.name not in ("codes", "parents", "totals", "most")
    }
    parents = panel.parents
    totals = {
        name: getattr(parents, name)[:1] for name in ("establishments", "employment", "payroll")
    }
    return replace(panel, **first, parents=replace(parents, **totals))


def economy(chance):
    """A truth drawn by the model's own assumptions, and the panel that hides a part of it."""
    jobs = chance.integers(20, 200, (REGIONS, len(CODES)))
    shown = chance.random(jobs.shape) < 0.5
    for parent in PARENTS:
        of_parent = np.array([code.startswith(parent) for code in CODES])
        for region in range(REGIONS):
            hidden = of_parent & ~shown[region]
            total = jobs[region, hidden].sum()
            if total:
                alpha = CONCENTRATION * SIZES[hidden] / SIZES[hidden].sum()
                split = np.round(total * chance.dirichlet(alpha)).astype(int)
                split[0] += total - split.sum()
                jobs[region, hidden] = np.maximum(split, 0)
    return jobs, shown


def test_stated_probabilities_happen_about_that_often():
    chance = np.random.default_rng(5)
    stated, happened = [], []
    for number in range(250):
        jobs, shown = economy(chance)
        # A hidden cell without jobs keeps its establishment: only its jobs are nothing.
        panel = published_panel(np.maximum(jobs, 1), shown)
        plan = plan_for(panel)
        truth = assign(published_panel(jobs, np.ones_like(shown)), plan)
        x, y = truth.employment[0, MACHINES], truth.rest[0, MACHINES]
        whole = truth.of_all()
        a, b = whole.employment[0, MACHINES] - x, whole.rest[0, MACHINES] - y
        stated.append(asked(panel, plan, MACHINES, LINE, number).probability)
        happened.append(quotients(*(np.float64(part) for part in (x, y, a, b))) >= LINE)
    stated, happened = np.array(stated), np.array(happened)
    assert abs(stated.mean() - happened.mean()) < 0.05
    for low, high in ((0, 0.25), (0.25, 0.75), (0.75, 1.01)):
        inside = (stated >= low) & (stated < high)
        assert inside.sum() > 20
        assert abs(stated[inside].mean() - happened[inside].mean()) < 0.15


def test_same_question_same_answer_and_what_is_proven_is_sure():
    chance = np.random.default_rng(6)
    jobs, _ = economy(chance)
    panel = published_panel(jobs, np.ones_like(jobs, dtype=bool))
    plan = plan_for(panel)
    assert asked(panel, plan, MACHINES, 0.01) == asked(panel, plan, MACHINES, 0.01)
    assert asked(panel, plan, MACHINES, 0.01).probability == 1.0
    assert asked(panel, plan, MACHINES, 99.0).probability == 0.0
    assert seed_of("a", "b") == seed_of("a", "b") != seed_of("b", "a")


def test_moments_stay_inside_the_bounds():
    jobs, shown = economy(np.random.default_rng(7))
    panel = published_panel(jobs, shown)
    plan = plan_for(panel)
    found, hidden = assign(panel, plan).of_all(), hidden_jobs(panel, plan, SIZES)
    could = (found.employment_high - found.employment)[0]
    must = (found.employment_certain - found.employment)[0]
    assert (np.maximum(must, 0) <= hidden.cluster_mean + 1e-6).all()
    assert (hidden.cluster_mean <= could + 1e-6).all()
