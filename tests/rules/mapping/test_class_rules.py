"""Class rules against a slow oracle in exact fractions, and by example."""

from fractions import Fraction

import numpy as np
import pytest

from mapping.rules.class_rules import CLASS_RULES, Standing, class_texts
from mapping.rules.quotient_arrays import quotients
from tests.rules.mapping.areas_2021 import areas_2021
from tests.rules.mapping.real_data import needs_real_data

PORTAL = ("qualifying", "significant", "strong", "strong10")


def standing(lq, employment, establishments=None, **more):
    lq = np.asarray(lq, dtype=float)
    unknown = np.full(lq.shape, np.nan)
    return Standing(
        lq,
        np.asarray(employment),
        np.asarray(employment if establishments is None else establishments),
        more.get("wage", unknown),
        more.get("growth", unknown),
        more.get("band", np.zeros(len(lq), dtype=int)),
    )


def exact_quantile(values, share):
    """Type 7, by its textbook: h = (n - 1) p, then between the neighbours."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = place.numerator // place.denominator
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def oracle(jobs, bases, firms):
    """portal-2017 of one cluster, from whole numbers, one region at a time."""
    nation_jobs, nation_base = sum(jobs), sum(bases)
    quotient = [
        Fraction(e * nation_base, b * nation_jobs) if e else Fraction(0)
        for e, b in zip(jobs, bases, strict=True)
    ]
    inside = [i for i, e in enumerate(jobs) if e > 0]
    if not inside:
        return [frozenset()] * len(jobs)
    line = {
        share: exact_quantile([quotient[i] for i in inside], Fraction(share, 100))
        for share in (25, 50, 75, 90)
    }
    least_jobs = exact_quantile([Fraction(jobs[i]) for i in inside], Fraction(1, 4))
    least_firms = exact_quantile([Fraction(firms[i]) for i in inside], Fraction(1, 4))
    found = []
    for i, own in enumerate(quotient):
        classes = set()
        if i in inside and jobs[i] > least_jobs and firms[i] > least_firms:
            classes |= {"qualifying"} if own > line[25] else set()
            classes |= {"significant"} if own > line[50] else set()
            classes |= {"strong"} if own >= line[75] and own >= 1 else set()
            classes |= {"strong10"} if own >= line[90] and own >= 1 else set()
        found.append(frozenset(classes))
    return found


def compared(jobs, bases, firms):
    """Records whose classes were compared, all of them equal."""
    count = 0
    nation = jobs.sum(axis=0)
    for column in range(jobs.shape[1]):
        x = jobs[:, column].astype(float)
        y = bases[:, column] - x
        a = nation[column] - x
        b = bases[:, column].sum() - bases[:, column] - a
        flags = CLASS_RULES["portal-2017"].classify(
            standing(quotients(x, y, a, b), jobs[:, column], firms[:, column])
        )
        expected = oracle(*(part[:, column].tolist() for part in (jobs, bases, firms)))
        found = [frozenset(name for name in PORTAL if flags[name][row]) for row in range(len(jobs))]
        assert found == expected
        count += len(found)
    return count


def test_portal_2017_equals_the_oracle_with_ties_and_zeros():
    chance = np.random.default_rng(2017)
    count = 0
    for regions in (3, 4, 5, 8, 50, 179):
        jobs = chance.integers(0, 6, (regions, 40)) * chance.integers(0, 4, (regions, 40))
        jobs[:, 0] = 0
        bases = jobs.sum(axis=1, keepdims=True) + np.zeros_like(jobs) + 1
        count += compared(jobs, bases, chance.integers(0, 5, jobs.shape))
    assert count == 9_960


@needs_real_data
def test_portal_2017_equals_the_oracle_on_the_areas_of_2021():
    regions, _, traded = areas_2021()
    jobs = regions.employment[:, traded]
    assert (
        compared(jobs, jobs + regions.rest[:, traded], regions.establishments[:, traded]) == 7_339
    )


def test_stars_are_for_the_best_fifth_of_each_measure():
    lq = [0.2, 0.4, 0.6, 0.8, 1.5]
    found = CLASS_RULES["eu-stars-2019"].classify(
        standing(
            lq,
            [500, 10, 20, 30, 40],
            wage=np.array([1.0, 9.0, 3.0, np.nan, 2.0]),
            growth=np.array([np.nan] * 5),
        )
    )
    assert {name: flags.tolist().index(True) for name, flags in found.items() if flags.any()} == {
        "special": 4,
        "size": 0,
        "productive": 1,
    }


def test_star_for_specialization_needs_the_nations_share():
    found = CLASS_RULES["eu-stars-2019"].classify(standing([0.1, 0.2, 0.9], [1, 1, 1]))
    assert not found["special"].any()


def test_top_fifth_counts_regions_with_jobs_only():
    found = CLASS_RULES["top-20-percent"].classify(standing([9, 5, 4, 3, 2, 1], [0, 1, 1, 1, 1, 1]))
    assert found["top"].tolist() == [False, True, False, False, False, False]


def test_band_percentiles_compare_with_the_own_band():
    band = np.array([0, 0, 0, 1, 1, 1])
    found = CLASS_RULES["band-percentiles"].classify(
        standing([10, 20, 30, 1, 2, 3], [1, 1, 1, 1, 1, 1], band=band)
    )
    assert found["p50"].tolist() == [False, True, True, False, True, True]
    assert found["p90"].tolist() == [False, False, True, False, False, True]


@pytest.mark.parametrize("rule", CLASS_RULES)
def test_rule_is_explained_and_nobody_without_jobs_is_in_a_class(rule):
    assert CLASS_RULES[rule].explanation.endswith(".")
    assert CLASS_RULES[rule].source.endswith(".")
    lq = np.zeros((4, 1))
    numbers, texts = class_texts((rule,), standing(lq, np.zeros((4, 1), dtype=int)))
    assert {texts[number] for number in numbers[:, 0].tolist()} == {"{}"}
