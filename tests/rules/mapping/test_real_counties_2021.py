"""The county files of 2021: size bands, the count of strong pairs, bounds of every pair."""

import numpy as np
import pytest

from mapping.rules.bands import tercile_cuts
from mapping.rules.terms import Band
from tests.rules.mapping import areas_2021 as real
from tests.rules.mapping.real_data import needs_real_data

pytestmark = needs_real_data
LINES = {Band.SMALL: 1.5, Band.MEDIUM: 1.3, Band.LARGE: 1.2}


@pytest.fixture(scope="module")
def areas_2021():
    return real.areas_2021()


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


def sorted_at_1_2(measured, traded):
    low, high = measured.lq.certain[:, traded], measured.lq.high[:, traded]
    return (low >= 1.2).sum(), ((low < 1.2) & (high >= 1.2)).sum(), (high < 1.2).sum()


def test_establishments_tell_nothing_new_where_files_add_up(areas_2021):
    # In this file every parent without establishments left has no jobs left either.
    _, old, traded = real.areas_2021(engine=1)
    _, new, _ = areas_2021
    assert sorted_at_1_2(old, traded) == sorted_at_1_2(new, traded) == (457, 5_446, 1_436)


def test_hierarchical_reading_settles_a_few_more_pairs():
    _, measured, traded = real.areas_2021(is_hierarchical=True)
    assert sorted_at_1_2(measured, traded) == (473, 5_427, 1_439)
    assert (measured.lq.value[:, traded] >= 1.2).sum() == 1_754


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
