"""The sample economy: the same for the same seed, shaped like a real one, its gaps included."""

from __future__ import annotations

import csv
import io

import numpy as np

from mapping.rules.states import STATES
from mapping.sample.areas import SAMPLE_MARK, SampleCounty, sample_areas
from mapping.sample.economy import SampleEconomy, invent
from mapping.sample.files import sample_files
from mapping.sample.industries import starter_industries
from mapping.sample.places import CENTRES, LEANING, SPECIALITIES
from tests.rules.mapping.real_data import needs_real_data, real_file


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
    return invent(places, starter_industries(), sample_areas(places, CENTRES), seed=seed)


def test_the_same_seed_gives_the_same_files():
    one, other = sample_files(economy()), sample_files(economy())
    assert one.cells.digest == other.cells.digest
    assert one.totals.digest == other.totals.digest
    assert sample_files(economy(seed=8)).cells.digest != one.cells.digest


def test_small_cells_are_withheld_and_totals_are_at_least_their_parts():
    files = sample_files(economy())
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


def test_the_starter_set_is_whole():
    industries = starter_industries()
    codes = [industry.code for industry in industries]
    assert len(codes) == len(set(codes))
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    kinds = {industry.cluster_code: industry.kind for industry in industries}
    assert sum(kind == "traded" for kind in kinds.values()) == 16
    assert set(kinds.values()) == {"traded", "local", "resource"}
    assert set(SPECIALITIES) | set(LEANING) <= set(kinds)
    assert all(fips[:2] in STATES and len(fips) == 5 for fips in CENTRES)


@needs_real_data
def test_every_code_of_the_starter_set_is_a_naics_2017_code():
    rows = csv.DictReader(io.StringIO(real_file("naics/naics_2017.csv").text))
    known = {row["code"] for row in rows}
    assert {industry.code for industry in starter_industries()} <= known
