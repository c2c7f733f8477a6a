"""Assignment: limits always kept, the optimum against brute force, shortages explained."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grants.rules.assignment import solve
from grants.rules.assignment.problem import Load, Problem
from grants.rules.assignment.program import likely_pairs
from grants.rules.assignment.relaxation import nearest
from grants.rules.assignment.shortage import Shortage
from grants.rules.assignment.solve import Assignment, assign, check
from kit.refusals import Refused


def problem_of(seed, proposals=12, reviewers=8, *, reviews=3, load=(3, 6), conflicts=0.1, **more):
    rng = np.random.default_rng(seed)
    topics = rng.dirichlet(np.full(5, 0.3), proposals + reviewers)
    fits = topics[:proposals] @ topics[proposals:].T
    forbidden = rng.random(fits.shape) < conflicts
    return Problem(fits, forbidden, reviews, Load(*load), **more)


def by_brute_force(problem):
    """Best worst, then best total, over every assignment there is."""
    proposals, reviewers = problem.affinity.shape
    teams = [
        [
            team
            for team in itertools.combinations(range(reviewers), problem.reviews)
            if not problem.forbidden[row, list(team)].any()
        ]
        for row in range(proposals)
    ]
    best = None
    for choice in itertools.product(*teams):
        loads = np.bincount(np.concatenate(choice), minlength=reviewers)
        if loads.min() < problem.load.low or loads.max() > problem.load.high:
            continue
        worth = [problem.affinity[row, list(team)].sum() for row, team in enumerate(choice)]
        best = max(best or (-1.0, -1.0), (min(worth), sum(worth)))
    return best


@given(st.integers(0, 10_000))
@settings(max_examples=15)
def test_small_panels_equal_brute_force(seed):
    problem = problem_of(seed, 4, 5, reviews=2, load=(1, 3))
    found, best = assign(problem), by_brute_force(problem)
    if best is None:
        assert isinstance(found, Shortage)
        return
    assert found.worst == pytest.approx(best[0], abs=1e-6)
    assert found.total == pytest.approx(best[1], abs=1e-5)
    assert found.is_proved
    assert found.gap < 1e-6


@given(st.integers(0, 10_000))
@settings(max_examples=20)
def test_limits_hold_and_bounds_are_above(seed):
    problem = problem_of(seed)
    found = assign(problem, seed=seed)
    if isinstance(found, Shortage):
        return
    assert check(problem, found) == []
    assert found.total <= found.bound + 1e-6 <= found.free_total + 1e-5
    assert found.worst <= found.worst_bound + 1e-6
    assert (found.per_proposal <= found.best_possible + 1e-9).all()


def test_large_ones_keep_the_limits_too(monkeypatch):
    monkeypatch.setattr(solve, "EXACT_PAIRS", 0)
    problem = problem_of(3, 40, 20, load=(2, 8))
    found = assign(problem)
    assert check(problem, found) == []
    monkeypatch.undo()
    exact = assign(problem)
    assert found.worst_bound == pytest.approx(exact.worst_bound, abs=1e-6)
    assert found.worst >= 0.9 * exact.worst
    assert found.bound >= found.total - 1e-9


def test_check_finds_each_broken_limit():
    problem = problem_of(1, institutions=("one", "one", "", "", "", "", "", ""))
    sound = assign(problem)
    assert check(problem, sound) == []
    forbidden = tuple(int(x) for x in np.argwhere(problem.forbidden)[0])
    spoiled = Assignment(**{**_fields(sound), "pairs": (forbidden, *sound.pairs[1:])})
    assert "a pair in conflict was made" in check(problem, spoiled)
    twice = tuple((row, column) for row in range(12) for column in (0, 1, 2))
    assert "two of one read one proposal" in check(
        problem, Assignment(**{**_fields(sound), "pairs": twice})
    )


def _fields(found):
    return {name: getattr(found, name) for name in found.__slots__}


def test_one_institution_reads_a_proposal_once():
    labels = ("north", "north", "south", "south", "", "", "", "")
    problem = problem_of(5, institutions=labels, conflicts=0)
    assert check(problem, assign(problem)) == []


def test_pairs_that_the_chair_fixed_stay():
    problem = problem_of(2, conflicts=0)
    free = assign(problem)
    kept = np.zeros(problem.affinity.shape, dtype=bool)
    unmade = next(pair for pair in itertools.product(range(12), range(8)) if pair not in free.pairs)
    kept[unmade] = True
    fixed = assign(problem_of(2, conflicts=0, kept=kept))
    assert unmade in fixed.pairs
    assert fixed.worst <= free.worst + 1e-9


def test_the_seed_breaks_ties_and_repeats():
    equal = Problem(np.ones((6, 4)), np.zeros((6, 4), dtype=bool), 2, Load(3, 3))
    assert assign(equal, seed=4).pairs == assign(equal, seed=4).pairs
    assert len({assign(equal, seed=seed).pairs for seed in range(8)}) > 1


def test_a_conflict_that_hurts_is_named_with_what_it_costs():
    fits = np.array([[0.9, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.1, 0.7]])
    forbidden = np.zeros((3, 3), dtype=bool)
    forbidden[0, 0] = True
    found = assign(Problem(fits, forbidden, 1, Load(0, 1)))
    assert found.conflict_costs[0][:2] == (0, 0)
    free = assign(Problem(fits, np.zeros((3, 3), dtype=bool), 1, Load(0, 1)))
    assert found.total + found.conflict_costs[0][2] >= free.total - 1e-6


def test_a_proposal_that_everybody_conflicts_with_is_named():
    forbidden = np.zeros((4, 5), dtype=bool)
    forbidden[2, :3] = True
    found = assign(Problem(np.ones((4, 5)), forbidden, 3, Load(0, 4)))
    assert found.too_few == ((2, 2),)
    assert found.sentences[0] == "Proposal 2 has 2 reviewers without a conflict and needs 3."


def anybody(load):
    return Problem(np.ones((6, 5)), np.zeros((6, 5), dtype=bool), 2, load)


def test_the_smallest_highest_load_is_told():
    found = assign(anybody(Load(0, 2)))
    assert (found.missing, found.load_needed) == (2, 3)
    assert "A highest load of 3 instead of 2 would do." in found.sentences


def test_the_greatest_least_load_is_told():
    found = assign(anybody(Load(5, 5)))
    assert (found.missing, found.low_possible) == (0, 2)
    assert "A least load of 2 instead of 5 would do." in found.sentences


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"affinity": np.full((2, 2), np.nan)}, "affinity_not_a_number"),
        ({"affinity": np.ones((0, 2)), "forbidden": np.ones((0, 2), dtype=bool)}, "no_pairs"),
        ({"forbidden": np.zeros((3, 2), dtype=bool)}, "shapes_differ"),
        ({"reviews": 0}, "limits_absurd"),
        ({"load": Load(3, 2)}, "limits_absurd"),
        ({"institutions": ("one",)}, "shapes_differ"),
        ({"kept": np.eye(2, dtype=bool), "forbidden": np.eye(2, dtype=bool)}, "kept_is_forbidden"),
        ({"kept": np.ones((2, 2), dtype=bool)}, "kept_too_many"),
    ],
)
def test_a_problem_that_cannot_be_meant_is_refused(change, code):
    plain = {
        "affinity": np.ones((2, 2)),
        "forbidden": np.zeros((2, 2), dtype=bool),
        "reviews": 1,
        "load": Load(0, 2),
    }
    with pytest.raises(Refused) as caught:
        Problem(**{**plain, **change})
    assert caught.value.refusal.code == code


def test_where_nobody_knows_the_field_candidates_are_spread_over_the_panel():
    """The best few of each proposal would otherwise be the same few reviewers."""
    problem = Problem(np.zeros((529, 160)), np.zeros((529, 160), bool), 3, Load(8, 12))
    start = likely_pairs(problem)
    assert nearest(start, None).program is start, "no further pair is needed"
    found = assign(problem, seed=3)
    assert check(problem, found) == []
