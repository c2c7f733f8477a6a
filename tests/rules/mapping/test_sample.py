"""The sample economy: the same for the same seed, shaped like a real one, its gaps included."""

from __future__ import annotations

import csv
import io

import numpy as np

from mapping.sample.areas import SAMPLE_MARK, SampleCounty, sample_areas
from mapping.sample.economy import SampleEconomy, invent, years_before
from mapping.sample.files import SAMPLE_YEARS, YearFiles, sample_files, year_files
from mapping.sample.industries import NOT_COVERED, covered_industries
from mapping.sample.places import CENTRES


def counties() -> list[SampleCounty]:
    """Four hundred counties on a grid, some of them well-known centres, two on insets."""
    known = [*CENTRES[:60], "02020", "15003"]
    others = [f"48{number:03}" for number in range(1, 680, 2) if f"48{number:03}" not in known]
    return [
        SampleCounty(fips, f"County {fips}", (at % 20 * 10.0, at // 20 * 10.0))
        for at, fips in enumerate([*known, *others])
    ]


def economy(seed: int = 7) -> SampleEconomy:
    places = counties()
    return invent(places, covered_industries(), sample_areas(places, CENTRES), seed=seed)


def last_year(seed: int = 7) -> YearFiles:
    return year_files(economy(seed), SAMPLE_YEARS[-1])


def test_the_same_seed_gives_the_same_files():
    one, other = last_year(), last_year()
    assert one.cells.digest == other.cells.digest
    assert one.totals.digest == other.totals.digest
    assert last_year(seed=8).cells.digest != one.cells.digest


def test_small_cells_are_withheld_and_totals_are_at_least_their_parts():
    files = last_year()
    parts: dict[tuple[str, str], int] = {}
    for row in csv.DictReader(io.StringIO(files.cells.text)):
        assert int(row["est"]) >= 3
        key = row["fips"], row["naics"][:4]
        parts[key] = parts.get(key, 0) + int(row["emp"])
    totals = {
        (row["fips"], row["naics"]): int(row["emp"])
        for row in csv.DictReader(io.StringIO(files.totals.text))
    }
    assert all(totals[key] >= jobs for key, jobs in parts.items())
    assert sum(totals.values()) > sum(parts.values())


def test_sizes_fall_steeply_behind_the_centres():
    jobs = economy().jobs.sum(axis=1)
    ordered = np.sort(jobs)[::-1]
    assert ordered[0] > 5 * ordered[40]
    assert ordered[40] > 5 * ordered[-1]


def test_every_county_has_an_area_and_insets_keep_to_themselves():
    places = counties()
    areas = sample_areas(places, CENTRES)
    assert set(areas.area_of) == {county.fips for county in places}
    assert all(code.startswith(SAMPLE_MARK) and len(code) == 3 for code in areas.names)
    assert set(areas.area_of.values()) == set(areas.names)
    alone = [fips for fips, code in areas.area_of.items() if code == areas.area_of["02020"]]
    assert alone == ["02020"]


def test_planted_specialities_show():
    made = economy()
    codes = [industry.cluster_code for industry in made.industries]
    traded = np.array([industry.kind == "traded" for industry in made.industries])
    at = [county.fips for county in made.counties].index("53033")
    aircraft = np.array([code == "T02" for code in codes])
    here = made.jobs[at, aircraft].sum() / made.jobs[at, traded].sum()
    nation = made.jobs[:, aircraft].sum() / made.jobs[:, traded].sum()
    assert here > 1.5 * nation


def test_the_year_before_is_alike_and_clusters_grow_as_named():
    now = economy()
    before = years_before(now, 3, seed=5)
    again = years_before(now, 3, seed=5)
    assert (before.jobs == again.jobs).all()
    assert ((before.establishments == 0) <= (before.jobs == 0)).all()
    clusters = np.array([industry.cluster_code for industry in now.industries])

    def yearly(cluster: str) -> float:
        is_one = clusters == cluster
        return (now.jobs[:, is_one].sum() / before.jobs[:, is_one].sum()) ** (1 / 3) - 1

    assert yearly("T04") > 0.03
    assert yearly("T28") < -0.03
    shares = np.corrcoef(now.jobs.ravel(), before.jobs.ravel())
    assert shares[0, 1] > 0.95


def test_files_come_year_by_year_and_are_silent_where_the_real_ones_are():
    years = list(sample_files(economy()))
    assert [files.year for files in years] == list(SAMPLE_YEARS)
    for files in years:
        codes = {line.split(",")[1] for line in files.cells.text.splitlines()[1:]}
        assert not [code for code in codes if code.startswith(NOT_COVERED)]
        assert {len(code) for code in codes} == {6}
