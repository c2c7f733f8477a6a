"""One county year, from the official files to published measures of all region types.

Needs Django, a database to write into (`bench.place`) and the real files: `PORTAL_REAL_DATA` names
the folder that holds cbp/, geo/, naics/ and a definition sheet under clusters_gpl/.
"""

from __future__ import annotations

import os
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

from bench.verdicts import Bar, table
from mapping.actions.load_files import LoadWish, load_files
from mapping.models import Basis, Measure
from mapping.queries.basis import sources_of
from mapping.queries.panels import national_sums, plan_of, read_panel
from mapping.rules.assignment import assign
from mapping.rules.panel_quotients import panel_quotients
from mapping.rules.quotient_arrays import quotients
from mapping.rules.region_measures import measure_regions
from mapping.rules.standings import Before, change_since, standings
from trail.actors import SYSTEM
from trail.queries.clock import database_now

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("PORTAL_REAL_DATA") or ROOT.parent / "shared" / "data")
GROUND = ("naics/naics_2017.csv", "geo/bea_ea_2004_counties.csv", "geo/fips_changes_for_ea2004.csv",
          "geo/cbsa_delineation_2020.csv", "clusters_gpl/porter41_naics2017_derived.csv",
          "cbp/county_naics4_2021.csv.gz")  # fmt: skip
CELLS = "cbp/county_naics6_2021.csv.gz"
YEAR_BAR, COUNTIES_BAR, PANEL_BAR = 20.0, 0.25, 1.0
PANEL = (20, 3_143, 1_000)
ROUNDS = 5


def measure(seed: int) -> bool:
    """Print a table; whether every bar was held. Without the real files: the panel only."""
    bars = [_panel(seed)]
    if (FOLDER / CELLS).is_file():
        bars = [measure_county_year(), *_counties(), *bars]
    return table("One county year of real files; a panel of 20 years", bars)


def measure_county_year() -> Bar:
    """Load six-digit cells of one year beside what is there, and publish all measures."""
    _load(*GROUND)
    started = perf_counter()
    _load(CELLS)
    taken = perf_counter() - started
    if not Measure.objects.filter(basis__publication__isnull=False).exists():
        raise AssertionError("nothing was published")
    return Bar("county year, file to published measures", taken, YEAR_BAR)


def _load(*names: str) -> None:
    load_files(
        actor=SYSTEM,
        at=database_now(),
        wish=LoadWish(paths=[FOLDER / name for name in names], is_published=True),
        progress=lambda done, total, message: print(f"  [{done}/{total}] {message}"),
    )


def _counties() -> list[Bar]:
    """Quotients with growth and rank of all counties and clusters, arrays in memory.

    The bar is that of tools without bounds; the bounds on both bases are timed beside it.
    """
    sources = sources_of(Basis.objects.select_related("release", "totals_release")[0])
    sums = national_sums(sources)
    plan = plan_of(sources, sums)
    units = assign(read_panel(sources, sums.mean_size).panel, plan)
    nation = units.of_all()
    before = Before(sources.release.year - 1, units.employment, np.ones(len(units.total), bool))
    plain, bounded = [], []
    for _ in range(ROUNDS):
        started = perf_counter()
        x, y = (part.astype(np.float64) for part in (units.employment, units.rest))
        lq = quotients(x, y, nation.employment - x, nation.rest - y)
        standings(lq, units.employment)
        change_since(before, sources.release.year, units.employment)
        plain.append(perf_counter() - started)
        started = perf_counter()
        measure_regions(units, nation, plan)
        bounded.append(perf_counter() - started)
    return [
        Bar("all counties x clusters: LQ, growth, rank", median(plain), COUNTIES_BAR),
        Bar("the same: both quotients with their bounds", median(bounded), None),
    ]


def _panel(seed: int) -> Bar:
    """Location quotients of every county, industry and year."""
    chance = np.random.default_rng(seed)
    jobs = np.zeros(PANEL, dtype=np.int32)
    for year in jobs:
        shown = chance.random(year.shape) < 0.334
        year[shown] = chance.integers(1, 500, int(shown.sum()))
    taken = []
    for _ in range(ROUNDS):
        started = perf_counter()
        panel_quotients(jobs)
        taken.append(perf_counter() - started)
    return Bar("LQ of 3,143 x 1,000 x 20 years", median(taken), PANEL_BAR)
