"""The invented economy: county sizes, specialisations, establishments and jobs, all by a seed.

Sizes fall like a Zipf law behind the central counties. A county's mix of industries is the
nation's, bent by the size of the county, by its area, by chance, and by the planted specialities.
Establishments are drawn one by one in expectation, so that small counties have the gaps and lumps
of real ones, and cells of fewer than three establishments are withheld as in the real file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mapping.sample.areas import Places, SampleAreas, SampleCounty
from mapping.sample.industries import StarterIndustry
from mapping.sample.places import CENTRES, GROWTH, LEANING, ORDINARY_GROWTH, SPECIALITIES

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SMALLEST_PUBLISHED = 3  # establishments; cells below do not exist in the file
BEST_KNOWN, PLANTED_IN_COUNTY, PLANTED_IN_AREA = 8.0, 5.0, 2.2
MEAN_WAGE = 58.0  # thousand USD
LARGEST_PLACE = 0.25  # of a county's jobs
STAYS = 0.95  # part of the places that were there a year before
WAGES_GROW = 0.03  # in a year


@dataclass(frozen=True, slots=True)
class SampleEconomy:
    """Establishments, jobs and payroll (1,000 USD) by county and industry, nothing withheld."""

    counties: tuple[SampleCounty, ...]
    industries: tuple[StarterIndustry, ...]
    areas: SampleAreas
    establishments: Ints
    jobs: Ints
    payroll: Ints


def invent(
    counties: Sequence[SampleCounty],
    industries: Sequence[StarterIndustry],
    areas: SampleAreas,
    *,
    seed: int,
) -> SampleEconomy:
    """Invent an economy; the same seed gives the same economy."""
    chance = np.random.default_rng(seed)
    sizes = county_sizes(counties, sum(industry.jobs for industry in industries), chance)
    expected = _expected_jobs(counties, industries, areas, sizes, chance)
    sizes_of_places = np.array([industry.jobs_per_place for industry in industries])
    per_place = np.minimum(
        sizes_of_places[None, :], np.maximum(2.0, LARGEST_PLACE * sizes[:, None])
    )
    establishments = chance.poisson(expected / per_place)
    spread = chance.normal(0.0, 0.35, expected.shape) / np.sqrt(np.maximum(establishments, 1))
    jobs = np.rint(establishments * per_place * np.exp(spread)).astype(np.int64)
    wage = MEAN_WAGE * np.exp(chance.normal(0.0, 0.3, len(industries)))[None, :]
    payroll = np.rint(jobs * wage * np.exp(chance.normal(0.0, 0.1, jobs.shape))).astype(np.int64)
    return SampleEconomy(
        tuple(counties), tuple(industries), areas, establishments.astype(np.int64), jobs, payroll
    )


def years_before(economy: SampleEconomy, years: int, *, seed: int) -> SampleEconomy:
    """Invent what the economy was like some years ago; most places of work were there already.

    Clusters differ by their named growth, and by chance from area to area.
    """
    chance = np.random.default_rng(seed)
    clusters = [industry.cluster_code for industry in economy.industries]
    names = sorted(set(clusters))
    area_codes = sorted(economy.areas.names)
    area_of = economy.areas.area_of
    area = np.array([area_codes.index(area_of[county.fips]) for county in economy.counties])
    growth = np.array([GROWTH.get(name, ORDINARY_GROWTH) for name in names])
    yearly = growth + chance.normal(0.0, 0.015, (len(area_codes), len(names)))
    column = np.array([names.index(code) for code in clusters])
    factor = np.exp(-years * yearly)[area][:, column]
    now = economy.establishments
    stayed = np.minimum(STAYS**years, factor)
    then = chance.binomial(now, stayed) + chance.poisson(now * (factor - stayed))
    jobs_per_place = economy.jobs / np.maximum(now, 1)
    drift = np.exp(chance.normal(0.0, 0.08, now.shape) / np.sqrt(np.maximum(then, 1)))
    jobs = np.rint(then * jobs_per_place * drift).astype(np.int64)
    wage = economy.payroll / np.maximum(economy.jobs, 1) * np.exp(-WAGES_GROW * years)
    return replace(
        economy,
        establishments=then.astype(np.int64),
        jobs=jobs,
        payroll=np.rint(jobs * wage).astype(np.int64),
    )


def county_sizes(
    counties: Sequence[SampleCounty], all_jobs: float, chance: np.random.Generator
) -> Floats:
    """Jobs of every county: centres first in their order, then by nearness to one and chance."""
    rank_of = {fips: rank for rank, fips in enumerate(CENTRES)}
    heads = [county for county in counties if county.fips in rank_of]
    places = Places(counties)
    near = np.zeros(len(counties))
    if heads:
        near = np.minimum.reduce([places.from_one(head) for head in heads])
    wish = np.minimum(near, 1e5) ** 0.25 + chance.normal(0.0, 1.1, len(counties))
    order = sorted(
        range(len(counties)),
        key=lambda at: (rank_of.get(counties[at].fips, len(CENTRES)), wish[at]),
    )
    place = np.empty(len(counties))
    place[order] = np.arange(len(counties))
    share = (place + 6.0) ** -1.05 * np.exp(-2.2 * (place / len(counties)) ** 2)
    jobs: Floats = np.maximum(60.0, all_jobs * share / share.sum())
    return jobs


def _expected_jobs(
    counties: Sequence[SampleCounty],
    industries: Sequence[StarterIndustry],
    areas: SampleAreas,
    sizes: Floats,
    chance: np.random.Generator,
) -> Floats:
    clusters = sorted({industry.cluster_code for industry in industries})
    column = np.array([clusters.index(industry.cluster_code) for industry in industries])
    is_local = np.array([code.startswith("L") for code in clusters])
    area_codes = sorted(areas.names)
    area = np.array([area_codes.index(areas.area_of[county.fips]) for county in counties])

    of_area = chance.normal(0.0, np.where(is_local, 0.05, 0.45), (len(area_codes), len(clusters)))
    of_county = chance.normal(0.0, np.where(is_local, 0.1, 0.55), (len(counties), len(clusters)))
    lean = np.array([LEANING.get(code, 0.0) for code in clusters])
    bend = of_area[area] + of_county + np.log(sizes / sizes.mean())[:, None] * lean
    bend += np.log(_planted(counties, clusters, area))
    of_industry = chance.normal(0.0, 0.25, (len(counties), len(industries)))
    nation = np.array([industry.jobs for industry in industries])
    mix: Floats = nation[None, :] * np.exp(bend[:, column] + of_industry)
    for _ in range(4):  # towards both the counties' sizes and the nation's mix
        mix *= (sizes / mix.sum(axis=1))[:, None]
        mix *= (nation / mix.sum(axis=0))[None, :]
    return mix


def _planted(counties: Sequence[SampleCounty], clusters: Sequence[str], area: Ints) -> Floats:
    factor = np.ones((len(counties), len(clusters)))
    at = {county.fips: index for index, county in enumerate(counties)}
    for number, cluster in enumerate(clusters):
        for fips in SPECIALITIES.get(cluster, ()):
            if fips not in at:
                continue
            same_area = area == area[at[fips]]
            factor[same_area, number] = np.maximum(factor[same_area, number], PLANTED_IN_AREA)
            is_first = fips == SPECIALITIES[cluster][0]
            factor[at[fips], number] = BEST_KNOWN if is_first else PLANTED_IN_COUNTY
    return factor
